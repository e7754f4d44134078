"""How far a role reaches, in words."""

from __future__ import annotations

import pytest

from strandline.web.people import reach
from strandline.web.people.models import Assignment


@pytest.mark.parametrize(
    ("scope", "school", "cluster", "said"),
    [
        ("school", 100_001, "", "the school with URN 100001"),
        ("trust", None, "5001", "the trust with number 5001"),
        ("diocese", None, "Diocese of Highminster", "the Diocese of Highminster"),
        ("consortium", None, "Harbour", "the consortium Harbour"),
    ],
)
def test_a_reach_is_said_as_people_say_it(scope: str, school: int | None, cluster: str, said: str) -> None:
    assert reach.words(Assignment(scope=scope, school_urn=school, cluster=cluster)) == said
