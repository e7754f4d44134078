"""Reads across decisions, each from a scoped queryset."""
