"""
Measures over facts: shares, inspection profiles, gaps, ranks and bands, trends, disclosure control.

Everything is a pure function of plain values: a figure in a paper, on a screen and in a test is one figure.
A measure always carries its base: what was counted, out of how many, and how many could not be counted.
"""
