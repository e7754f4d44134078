"""Authorities: their codes and regions, statistical neighbours, measures over the years, boundaries."""
