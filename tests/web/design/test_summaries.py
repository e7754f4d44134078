"""Summary lists: a reason only where there is no value, lines kept, everything escaped."""

from __future__ import annotations

from strandline.web.design.parts import SummaryRow
from strandline.web.design.summaries import rows_html


def test_a_reason_stands_only_where_there_is_no_value() -> None:
    assert "Not written yet" not in rows_html([SummaryRow(label="Issue", value="Staff", missing="Not written yet")])
    without = rows_html([SummaryRow(label="Issue", missing="Not written yet")])
    assert '<span class="desk-missing">Not written yet</span>' in without


def test_lines_stay_one_below_the_other_and_signs_are_words() -> None:
    assert "First<br>&lt;b&gt;second" in rows_html([SummaryRow(label="Issue", value="First\n<b>second")])
