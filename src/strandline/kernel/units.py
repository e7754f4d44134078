"""What a number counts. A percentage always says of what; see the feature's meaning."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """The units that features, parameters and figures are measured in."""

    NONE = "none"
    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage_points"
    SCALED_POINTS = "scaled_points"
    PROGRESS_POINTS = "progress_points"
    ATTAINMENT_POINTS = "attainment_points"
    GRADE = "grade"
    PUPILS = "pupils"
    SCHOOLS = "schools"
    YEARS = "years"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    WEEKS = "weeks"
    VISITS = "visits"
    VOTES = "votes"
    RANK = "rank"
    POUNDS = "pounds"
    POUNDS_PER_PUPIL = "pounds_per_pupil"
    METRES = "metres"
    QUINTILE = "quintile"

    @property
    def suffix(self) -> str:
        """What is printed behind the number: "62 %", "18 pp", "£20" has none."""
        return {"percent": " %", "percentage_points": " pp"}.get(self.value, "")
