"""Checks on a pack that can be read: cited? dated without gap? known? typed? possible? out of reach? adding up?"""

from __future__ import annotations

from strandline.strategy.checking.citing import citation_findings
from strandline.strategy.checking.dates import dated_findings
from strandline.strategy.checking.findings import Finding, Level
from strandline.strategy.checking.ranges import range_findings
from strandline.strategy.checking.reach import reach_findings
from strandline.strategy.checking.sections import section_findings
from strandline.strategy.checking.wording import rule_findings
from strandline.strategy.model import Pack

__all__ = ["Finding", "Level", "check"]


def check(pack: Pack) -> tuple[Finding, ...]:
    """Every finding, in the order of files and lines; empty for a pack in order."""
    findings = [
        *citation_findings(pack),
        *dated_findings(pack),
        *range_findings(pack),
        *rule_findings(pack),
        *section_findings(pack),
        *reach_findings(pack),
    ]
    once = dict.fromkeys(findings)
    return tuple(sorted(once, key=lambda finding: (finding.place, finding.level, finding.what)))
