"""What inspectors found, in the words and scale of the framework in force. Nothing is converted."""

from __future__ import annotations

from strandline.catalogue.feature import Feature, Group, Kind
from strandline.kernel.units import Unit

OFSTED = "Ofsted management information; inspection history"
FRAMEWORKS = ("R1", "R2", "R3", "R4", "R5", "R6")
WORDINGS = ("outstanding", "good", "satisfactory", "requires_improvement", "inadequate", "not_judged")
CATEGORIES_OF_CONCERN = (
    "none",
    "notice_to_improve",
    "serious_weaknesses",
    "special_measures",
    "requires_significant_improvement",
)
DIRECTIONS = ("improving", "stable", "declining")
REPORT_CARD_GRADES = (
    "exceptional",
    "strong_standard",
    "expected_standard",
    "needs_attention",
    "urgent_improvement",
)
REPORT_CARD_AREAS = {
    "rc_inclusion": "Inclusion",
    "rc_curriculum_teaching": "Curriculum and teaching",
    "rc_achievement": "Achievement",
    "rc_attendance_behaviour": "Attendance and behaviour",
    "rc_personal_development": "Personal development and well-being",
    "rc_leadership_governance": "Leadership and governance",
    "rc_early_years": "Early years, where applicable",
    "rc_post_16": "Post-16 provision, where applicable",
}
JUDGEMENTS = {
    "inspection_grade": "Overall effectiveness",
    "quality_of_education_grade": "Quality of education",
    "behaviour_attitudes_grade": "Behaviour and attitudes",
    "personal_development_grade": "Personal development",
    "leadership_grade": "Leadership and management",
    "early_years_grade": "Early years provision, where applicable",
    "sixth_form_grade": "Sixth-form provision, where applicable",
}


def _at(words: str, event: str) -> str:
    """`Early years on the latest report card, where applicable`."""
    name, comma, rest = words.partition(",")
    return f"{name} {event}{comma}{rest}"


def _of(group: Group, name: str, kind: Kind, meaning: str, values: tuple[str, ...] = ()) -> Feature:
    unit = Unit.GRADE if name.endswith("_grade") else Unit.NONE
    return Feature(name=name, kind=kind, group=group, meaning=meaning, source=OFSTED, values=values, unit=unit)


def _graded(group: Group, prefix: str, which: str) -> tuple[Feature, ...]:
    grades = tuple(
        _of(group, f"{prefix}{name}", Kind.INTEGER, f"{_at(words, f'at the {which} graded inspection')}, 1 (best) to 4")
        for name, words in JUDGEMENTS.items()
    )
    return (
        _of(group, f"{prefix}inspection_date", Kind.DATE, f"First day of the {which} graded inspection"),
        _of(group, f"{prefix}inspection_published", Kind.DATE, f"Date the {which} report was published"),
        _of(
            group, f"{prefix}inspection_framework", Kind.CODE, f"Framework of the {which} graded inspection", FRAMEWORKS
        ),
        _of(
            group,
            f"{prefix}inspection_wording",
            Kind.CODE,
            f"Overall judgement of the {which} graded inspection in its framework's word",
            WORDINGS,
        ),
        *grades,
        _of(
            group,
            f"{prefix}safeguarding_effective",
            Kind.BOOLEAN,
            f"Safeguarding effective at the {which} graded inspection",
        ),
        _of(
            group,
            f"{prefix}category_of_concern",
            Kind.CODE,
            f"Category of concern after the {which} inspection, graded or report card",
            CATEGORIES_OF_CONCERN,
        ),
    )


LATEST = (
    *_graded(Group.INSPECTION, "", "latest"),
    _of(
        Group.INSPECTION,
        "inspection_of_predecessor",
        Kind.BOOLEAN,
        "The latest graded inspection was of a predecessor school",
    ),
    _of(
        Group.INSPECTION,
        "direction_of_travel",
        Kind.CODE,
        "Overall effectiveness at the latest graded inspection against the one before",
        DIRECTIONS,
    ),
    _of(Group.INSPECTION, "graded_inspections", Kind.INTEGER, "Graded inspections on record up to the as-at date"),
)
PREVIOUS = _graded(Group.PREVIOUS_INSPECTION, "previous_", "previous")
UNGRADED = (
    _of(
        Group.UNGRADED_INSPECTION,
        "ungraded_inspection_date",
        Kind.DATE,
        "Date of the latest ungraded inspection since the graded one",
    ),
    _of(
        Group.UNGRADED_INSPECTION,
        "ungraded_outcome",
        Kind.TEXT,
        "Outcome of that inspection in the inspectorate's words",
    ),
)
REPORT_CARD = (
    _of(Group.REPORT_CARD, "report_card_date", Kind.DATE, "First day of the latest report-card inspection"),
    _of(Group.REPORT_CARD, "report_card_published", Kind.DATE, "Date the report card was published"),
    *(
        _of(Group.REPORT_CARD, name, Kind.CODE, _at(words, "on the latest report card"), REPORT_CARD_GRADES)
        for name, words in REPORT_CARD_AREAS.items()
    ),
    _of(
        Group.REPORT_CARD,
        "rc_safeguarding",
        Kind.CODE,
        "Safeguarding standards on the latest report card",
        ("met", "not_met"),
    ),
    _of(
        Group.REPORT_CARD,
        "rc_category_of_concern",
        Kind.CODE,
        "Category of concern after the latest report card",
        CATEGORIES_OF_CONCERN,
    ),
)

FEATURES = (*LATEST, *PREVIOUS, *UNGRADED, *REPORT_CARD)
