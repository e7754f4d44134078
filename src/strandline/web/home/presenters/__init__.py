"""The front pages as they are printed."""
