"""A comparison as the clause of a sentence: `its last inspection (14 March 2012) was satisfactory`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from strandline.catalogue import FEATURES, Kind
from strandline.engine.demands import CONTRARY, MIRROR, THAN, when
from strandline.engine.evaluate import School
from strandline.engine.figures import GRADES, figure, is_grade, known_figure, listed, measure, results_year
from strandline.engine.reckonings import reckoning
from strandline.engine.resolve import ResolvedPack
from strandline.engine.trace import Operand, Trace, settling
from strandline.kernel.dates import long_date
from strandline.kernel.missing import MissingReason
from strandline.kernel.units import Unit
from strandline.strategy.model import Scalar
from strandline.strategy.names import Known, Role
from strandline.strategy.nodes import Among, Comparator, Comparison, IsMissing, Name, Within

_TRUTHS = {
    "special": ("it is a special school", "it is not a special school"),
    "academy": ("it is an academy", "it is not an academy"),
    "maintained": ("the authority maintains it", "the authority does not maintain it"),
    "state_funded": ("it is funded by the state", "it is not funded by the state"),
    "takes_ks2": ("it teaches to the end of key stage 2", "it does not teach to the end of key stage 2"),
    "takes_ks4": ("it teaches to the end of key stage 4", "it does not teach to the end of key stage 4"),
    "church_school": ("it has a religious character", "it has no religious character"),
    "safeguarding_effective": ("safeguarding was effective", "safeguarding was not effective"),
}
_JUDGED = {
    "quality_of_education_grade": "quality of education was",
    "behaviour_attitudes_grade": "behaviour and attitudes were",
    "personal_development_grade": "personal development was",
    "leadership_grade": "leadership and management were",
    "early_years_grade": "early years provision was",
    "sixth_form_grade": "sixth-form provision was",
}
_EVENTS = {
    "inspection_date": "graded inspection",
    "previous_inspection_date": "earlier graded inspection",
    "report_card_date": "report card",
}
_DATED = {
    "it had a graded inspection on ": "its last inspection (",
    "it had an earlier graded inspection on ": "the one before (",
}
"""That there was an inspection is no news beside what it found."""
FEW = 2


@dataclass(frozen=True, slots=True)
class Phrases:
    """Writes clauses about one school."""

    resolved: ResolvedPack
    school: School

    def because(self, trace: Trace) -> tuple[str, ...]:
        """Clauses that together give the truth that `trace` has; nothing for what goes without saying."""
        clauses = tuple(dict.fromkeys(clause for clause in self._supporting(trace) if clause))
        return tuple(clause for clause in clauses if not _goes_without_saying(clause, clauses))

    def _supporting(self, trace: Trace) -> list[str]:
        if trace.rule is not None:
            return self.rule(trace)
        if trace.is_leaf:
            return [self.leaf(trace)]
        return [clause for child in settling(trace) for clause in self._supporting(child)]

    def rule(self, trace: Trace) -> list[str]:
        """A named rule by what it rests on; by its name where that is more than a little."""
        rule = trace.rule
        if rule is None:
            return []
        called = f'"{rule.title}"'
        parts = settling(trace)
        if trace.truth and rule.applies_when is not None:
            parts = parts[1:]
        inside = list(dict.fromkeys(c for child in parts for c in self._supporting(child) if c))
        if trace.does_not_apply:
            reason = rule.none or listed(inside)
            return [f"{called} does not apply ({reason})" if reason else f"{called} does not apply"]
        if trace.truth is None:
            return [f"{called} cannot be judged"]
        if inside and len(inside) <= FEW:
            return inside
        outcome = f"{called} is {'met' if trace.truth else 'not met'}"
        return [f"{outcome} ({'; '.join(inside)})" if inside else outcome]

    def leaf(self, trace: Trace) -> str:
        """One comparison, as it came out for this school."""
        node, inputs = trace.node, [o for o in trace.operands if o.constant is None]
        if not inputs:
            return ""
        subject = inputs[0]
        if isinstance(node, IsMissing):
            return self.recorded(subject, lacking=bool(trace.truth))
        if special := self.special(subject):
            return special
        if isinstance(node, Name):
            return self.truth(subject)
        if isinstance(node, Comparison) and trace.truth is not None and len(inputs) == 1:
            return self.compared(node, subject, trace)
        if isinstance(node, Within) and isinstance(node.value, Name) and trace.truth is not None:
            ends = [known_figure(subject.known, side) for side in trace.sides[1:]]
            return f"{self.figured(subject)}, {'' if trace.truth else 'not '}between {ends[0]} and {ends[1]}"
        if isinstance(node, Among) or len(inputs) == 1:
            return self.figured(subject)
        return reckoning(trace, inputs, figured=self.figured, clocks=dict(self.resolved.clocks))

    def recorded(self, subject: Operand, *, lacking: bool) -> str:
        """Whether there is anything on record."""
        called = _EVENTS.get(subject.name)
        if lacking:
            if subject.missing is not None and subject.missing.reason is MissingReason.NOT_APPLICABLE:
                return ""
            return f"it has no {called} on record" if called else f"{self.subject(subject)} is not on record"
        if called and isinstance(subject.value, date):
            return f"it had {_article(called)} {called} on {long_date(subject.value)}"
        return self.special(subject) or self.figured(subject)

    def compared(self, node: Comparison, subject: Operand, trace: Trace) -> str:
        """`level 4 or above … was 58 % in 2011/12, below 60 % (the primary floor)`."""
        if subject.known.kind in (Kind.CODE, Kind.TEXT, Kind.BOOLEAN):
            return self.figured(subject)
        on_the_left = node.left == Name(subject.name)
        if not on_the_left and node.right != Name(subject.name):
            return reckoning(trace, [subject], figured=self.figured, clocks=dict(self.resolved.clocks))
        comparator = node.comparator if on_the_left else MIRROR.get(node.comparator, node.comparator)
        comparator = comparator if trace.truth else CONTRARY[comparator]
        threshold = trace.sides[1 if on_the_left else 0]
        if comparator is Comparator.EQUAL:
            return self.figured(subject)
        if subject.known.kind is Kind.DATE and isinstance(threshold, date | str):
            return f"{self.subject(subject)} was {when(comparator, threshold)}"
        return f"{self.figured(subject)}, {THAN[comparator]} {self.threshold(trace, subject, threshold)}"

    def threshold(self, trace: Trace, subject: Operand, value: Scalar | None) -> str:
        """A threshold in the unit of what it is compared with, and its name where the pack gives it one."""
        shown = figure(value, unit=subject.known.unit, kind=subject.known.kind)
        named = [o.constant for o in trace.operands if o.constant is not None and o.known.role is Role.PARAMETER]
        return f"{shown} ({_lowered(named[0].title)})" if len(named) == 1 and named[0].title else shown

    def figured(self, subject: Operand) -> str:
        """What is measured and the figure."""
        year = results_year(subject.name, dict(self.resolved.clocks))
        if subject.value is None:
            return f"{self.subject(subject)}{year} is not known"
        said, measured = self.value(subject.known, subject.value), self.subject(subject)
        if subject.known.unit is Unit.PUPILS and "pupils" in measured:
            return f"there were {said} {measured}{year}"
        return f"{measured} was {said}{year}"

    def value(self, known: Known, value: Scalar) -> str:
        """A value in words: a judged code by the pack's words."""
        judgement = self.resolved.pack.judgements.get(known.name)
        if judgement and isinstance(value, str):
            return judgement.values.get(value, value).lower()
        return known_figure(known, value)

    def shown(self, known: Known, value: Scalar) -> str:
        """A value as the table of criteria shows it: a grade with its word, `2 (good)`."""
        if not is_grade(known) or not isinstance(value, int | float):
            return self.value(known, value)
        word = self.grade_word("previous_" if known.name.startswith("previous_") else "", value)
        return f"{value:g}" if word == f"grade {value:g}" else f"{value:g} ({word})"

    def subject(self, subject: Operand) -> str:
        """What is measured."""
        if subject.known.role is Role.JUDGEMENT:
            return _lowered(self.resolved.pack.judgements[subject.name].meaning)
        rule = self.resolved.rules.get(subject.name)
        if rule is not None:
            return f'"{rule.title}"'
        return measure(subject.name) if subject.name in FEATURES else subject.name.replace("_", " ")

    def truth(self, subject: Operand) -> str:
        """A yes-or-no feature as a statement."""
        if subject.name in _TRUTHS and isinstance(subject.value, bool):
            return _TRUTHS[subject.name][not subject.value]
        return f"{self.subject(subject)}: {known_figure(subject.known, subject.value)}"

    def special(self, subject: Operand) -> str:
        """Inspections in the words that people use for them."""
        writers: Mapping[str, str] = {
            "inspection_grade": self.inspection("", "its last inspection"),
            "inspection_wording": self.inspection("", "its last inspection"),
            "inspection_date": self.inspection("", "its last inspection"),
            "previous_inspection_grade": self.inspection("previous_", "the one before"),
            "previous_inspection_wording": self.inspection("previous_", "the one before"),
            "direction_of_travel": self.inspection("previous_", "the one before", dated=False),
        }
        if subject.value is None:
            return ""
        if subject.name in ("inspection_framework", "previous_inspection_framework"):
            called = "its last graded inspection" if subject.name == "inspection_framework" else "the one before"
            return f"{called} was made under {known_figure(subject.known, subject.value)}"
        if subject.name in _JUDGED:
            return f"{_JUDGED[subject.name]} {self.grade_word('', subject.value)}"
        if subject.name == "category_of_concern":
            said = figure(subject.value, kind=Kind.CODE)
            return "it is in no category of concern" if said == "none" else f"it is in the category {said}"
        return writers.get(subject.name, "")

    def inspection(self, prefix: str, called: str, *, dated: bool = True) -> str:
        """`its last inspection (14 March 2012) was satisfactory`; nothing where the judgement is not known."""
        word = self.school.get(f"{prefix}inspection_wording")
        grade = self.school.get(f"{prefix}inspection_grade")
        on = self.school.get(f"{prefix}inspection_date")
        if isinstance(word, str):
            said = word.replace("_", " ")
        elif isinstance(grade, int | float):
            said = self.grade_word(prefix, grade)
        else:
            return ""
        day = f" ({long_date(on)})" if dated and isinstance(on, date) else ""
        return f"{called}{day} was {said}"

    def grade_word(self, prefix: str, grade: Scalar) -> str:
        """A grade in the word of its framework; 3 has had two, and without the framework it is called grade 3."""
        if not isinstance(grade, int | float):
            return str(grade)
        framework = self.school.get(f"{prefix}inspection_framework")
        third = {"R1": "satisfactory"}.get(str(framework), "requires improvement") if isinstance(framework, str) else ""
        return GRADES.get(int(grade)) or third or f"grade {int(grade)}"


def _goes_without_saying(clause: str, clauses: tuple[str, ...]) -> bool:
    """Whether another clause tells of the same inspection and more."""
    told = next((said for opening, said in _DATED.items() if clause.startswith(opening)), "")
    return bool(told) and any(other.startswith(told) for other in clauses)


def _article(words: str) -> str:
    return "an" if words[:1] in "aeiou" else "a"


def _lowered(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
