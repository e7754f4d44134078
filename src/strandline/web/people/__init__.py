"""Who may see and do what: people, organisations, dated assignments, permits, and the scope beneath every list."""
