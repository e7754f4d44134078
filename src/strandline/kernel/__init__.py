"""What every room trusts: errors, dates, identifiers, units, citations. Standard library only."""
