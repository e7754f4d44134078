"""Registers: establishments, links between them, groups, types, and two lists of schools made from them."""
