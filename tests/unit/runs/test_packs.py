"""Packs as a person handles them: listed, shown, checked, compared, begun."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.shire import PACK

from strandline.runs import pack_list, packs
from strandline.strategy.reading import PackNotFound, read_pack


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home" / "packs" / "shire-2012"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    return tmp_path / "home"


def test_packs_of_the_home_are_listed_beside_the_shipped_ones(home: Path) -> None:
    found = {line.id: line for line in packs.list_packs(home)}
    assert (found["shire-2012"].categories, found["shire-2012"].flagged) == (4, 2)
    assert found["england-national"].library
    assert {"sefton-2010", "walsall-2011", "warwickshire-2013", "halton-2014", "cambridgeshire-2014"} <= set(found)


def test_the_list_is_kept_with_the_home_until_a_file_changes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = packs.list_packs(home)
    packs._lines.cache_clear()  # as in another process

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a pack was read")

    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(packs, "_line", never)
        assert packs.list_packs(home) == first
    sheet = home / "packs" / "shire-2012" / "pack.yaml"
    sheet.write_text(PACK.replace("Every School a Good School", "Every School Well Known"), encoding="utf-8")
    assert {line.title for line in packs.list_packs(home)} - {line.title for line in first} == {
        "Every School Well Known"
    }
    for damaged in ("", "[]", '{"key": 1}', '{"lines": {}}'):
        (home / pack_list.FILE).write_text(damaged, encoding="utf-8")
        packs._lines.cache_clear()
        with monkeypatch.context() as elsewhere:
            elsewhere.setattr(packs, "_line", lambda _, name: next(one for one in first if one.id == name))
            assert packs.list_packs(home) == first, "read again"


def test_a_pack_is_read_once_while_no_file_changes(home: Path) -> None:
    first = packs.read(home, which="shire-2012")
    assert packs.read(home, which="shire-2012") is first
    sheet = home / "packs" / "shire-2012" / "pack.yaml"
    sheet.write_text(PACK.replace("Every School a Good School", "Every School Well Known"), encoding="utf-8")
    assert packs.read(home, which="shire-2012").title == "Every School Well Known"


def test_a_pack_that_cannot_be_read_is_listed_as_such_and_checked(home: Path) -> None:
    (home / "packs" / "shire-2012" / "pack.yaml").write_text(
        PACK.replace("title: Small", "titel: Small"), encoding="utf-8"
    )
    line = next(line for line in packs.list_packs(home) if line.id == "shire-2012")
    assert line.title.startswith("cannot be read")
    findings = packs.check(home, which="shire-2012")
    assert packs.has_errors(findings)
    assert "pack.yaml:" in str(findings[0])


def test_every_shipped_pack_has_nothing_said_against_it(tmp_path: Path) -> None:
    assert {name: packs.check(tmp_path, which=name) for name in packs.ids(tmp_path)} == dict.fromkeys(
        packs.ids(tmp_path), ()
    )


def test_a_pack_is_shown_in_tables_with_citations(home: Path) -> None:
    shown = packs.view(packs.read(home, which="shire-2012"))
    tables = {section.title: section for section in shown.sections}
    assert tables["Categories, in order of decision"].rows[0] == (
        "4", "Causing concern", "inspection_grade = 4", "Every School a Good School, 2",
    )  # fmt: skip
    assert [row[1:3] for row in tables["Parameters"].rows] == [
        ("2012-09-01 to 2013-08-31", "60 pupils"),
        ("from 2013-09-01", "120 pupils"),
    ]
    assert tables["Officer days"].rows[1][:3] == ("4", "any", "3 more")


def test_values_not_read_in_the_source_are_listed_with_their_place(home: Path) -> None:
    found = packs.flagged(packs.read(home, which="shire-2012"))
    assert [(each.what, each.status) for each in found] == [
        ("setting small_schools", "U"),
        ("parameter version from 2013-09-01", "S"),
    ]
    assert found[0].place.startswith("shire-2012/pack.yaml:")


def test_imported_values_are_shown_only_when_asked_for(tmp_path: Path) -> None:
    pack = packs.read(tmp_path, which="walsall-2011")
    own, every = (
        {section.title: section.rows for section in packs.view(pack, imported=imported).sections}
        for imported in (False, True)
    )
    assert len(every["Rules"]) > len(own["Rules"]) > 0


def test_a_new_pack_is_a_readable_copy_under_its_own_name(home: Path, tmp_path: Path) -> None:
    folder = packs.new(home, name="ourshire-2026", like="shire-2012", into=tmp_path)
    assert read_pack(folder).id == "ourshire-2026"
    assert packs.compare(home, one="shire-2012", other=str(folder)) == ()
    with pytest.raises(packs.PackThere):
        packs.new(home, name="ourshire-2026", like="shire-2012", into=tmp_path)


@pytest.mark.parametrize("name", ["Ourshire", "our shire", "../evil", "", "2026"])
def test_a_name_that_cannot_be_a_folder_is_refused(home: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(packs.NotAPackName):
        packs.new(home, name=name, like="shire-2012", into=tmp_path)


def test_a_pack_like_none_that_exists_is_refused(home: Path, tmp_path: Path) -> None:
    with pytest.raises(PackNotFound):
        packs.new(home, name="ourshire-2026", like="nowhere-1999", into=tmp_path)


def test_two_packs_are_compared_value_by_value(home: Path) -> None:
    folder = home / "packs" / "shire-2013"
    folder.mkdir()
    text = PACK.replace("id: shire-2012", "id: shire-2013").replace("value: 120", "value: 150")
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    (change,) = packs.compare(home, one="shire-2012", other="shire-2013")
    assert (change.section, change.before, change.after) == ("parameters", "120", "150")
