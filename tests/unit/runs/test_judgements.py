from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from strandline.runs.judgements import JudgementsRefused, read

AS_AT = date(2013, 4, 30)
HEADER = "urn,name,value,reason,by-role,date\n"


@dataclass(frozen=True)
class Asked:
    kind: str
    values: dict[str, str] = field(default_factory=dict)


DECLARED = {
    "capacity_to_improve": Asked("code", {"high": "High", "low": "Low"}),
    "nle": Asked("boolean"),
    "days_agreed": Asked("number"),
}


def written(folder: Path, rows: str) -> Path:
    path = folder / "judgements.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


def test_the_newest_judgement_on_or_before_the_day_counts(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "125500,capacity_to_improve,low,new head,SIP,2012-09-01\n"
        "125500,capacity_to_improve,high,strong year,SIP,2013-04-01\n"
        "125500,capacity_to_improve,low,after the day,SIP,2013-05-01\n",
    )
    found = read(path, declared=DECLARED, as_at=AS_AT)
    assert found.of(125500) == {"capacity_to_improve": "high"}
    assert (found.given, len(found.used)) == (3, 1)
    assert found.used[0].reason == "strong year"


def test_values_take_the_kind_that_the_pack_declares(tmp_path: Path) -> None:
    path = written(tmp_path, "125500,nle,yes,designated,LA,2013-01-01\n125500,days_agreed,2,range,LA,2013-01-01\n")
    assert read(path, declared=DECLARED, as_at=AS_AT).of(125500) == {"nle": True, "days_agreed": 2.0}


def test_every_fault_of_the_file_is_reported_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "12,capacity_to_improve,low,why,SIP,2012-09-01\n"
        "125500,capacity_to_imprve,low,why,SIP,2012-09-01\n"
        "125500,capacity_to_improve,medium,why,SIP,2012-09-01\n"
        "125500,nle,maybe,,SIP,1 May\n",
    )
    with pytest.raises(JudgementsRefused) as refused:
        read(path, declared=DECLARED, as_at=AS_AT)
    places = [(problem.row, problem.column) for problem in refused.value.problems]
    assert places == [(2, "urn"), (3, "name"), (4, "value"), (5, "reason"), (5, "date"), (5, "value")]
    assert "capacity_to_improve" in str(refused.value.problems[1])
    assert "high, low" in str(refused.value.problems[2])


def test_two_values_for_one_school_on_one_day_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "125500,nle,yes,a,LA,2013-01-01\n125500,nle,no,b,LA,2013-01-01\n")
    with pytest.raises(JudgementsRefused, match="Row 2 says True"):
        read(path, declared=DECLARED, as_at=AS_AT)


def test_a_file_without_its_columns_is_refused_naming_each(tmp_path: Path) -> None:
    path = tmp_path / "j.csv"
    path.write_text("urn,name\n1,2\n", encoding="utf-8")
    with pytest.raises(JudgementsRefused) as refused:
        read(path, declared=DECLARED, as_at=AS_AT)
    assert [problem.column for problem in refused.value.problems] == ["value", "reason", "by-role", "date"]


def test_the_order_of_the_rows_does_not_change_the_fingerprint(tmp_path: Path) -> None:
    rows = ["125500,nle,yes,a,LA,2013-01-01\n", "125501,nle,no,b,LA,2013-01-01\n"]
    one = read(written(tmp_path, "".join(rows)), declared=DECLARED, as_at=AS_AT).fingerprint
    two = read(written(tmp_path, "".join(reversed(rows))), declared=DECLARED, as_at=AS_AT).fingerprint
    assert one == two
    assert one is not None
