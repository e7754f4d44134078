"""Which statutory powers exist over a school, by its legal form and the day; what can be done where none does."""

from strandline.web.triggers.powers.table import (
    Answer,
    Cite,
    FormRow,
    Power,
    PowerVersion,
    Standing,
    Step,
    law,
    powers_of,
    powers_of_form,
)

__all__ = [
    "Answer",
    "Cite",
    "FormRow",
    "Power",
    "PowerVersion",
    "Standing",
    "Step",
    "law",
    "powers_of",
    "powers_of_form",
]
