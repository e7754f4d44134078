"""Performance tables: what key stage 2 and key stage 4 files hold in each year, and which field holds which measure."""
