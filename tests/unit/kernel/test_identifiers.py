"""The numbers that name a school or an authority."""

from __future__ import annotations

import pytest

from strandline.kernel.identifiers import LaCode, Laestab, NotAnIdentifier, Ukprn, Urn


def test_identifiers_are_parsed_once_and_print_in_the_usual_form() -> None:
    assert str(Urn.parse(" 100000 ")) == "100000"
    assert str(Laestab.parse("9372001")) == "937/2001"
    assert Laestab.parse("937/2001").la == LaCode(937)
    assert str(LaCode.parse(937)) == "937"
    assert str(Ukprn.parse("10079319")) == "10079319"


@pytest.mark.parametrize("kind", [Urn, LaCode, Laestab, Ukprn])
@pytest.mark.parametrize("text", ["", "abc", "12", "1e5", "-937", "9372001000", "٩٣٧"])
def test_a_text_without_the_form_is_refused_with_an_example(kind: type[Urn], text: str) -> None:
    with pytest.raises(NotAnIdentifier, match="Write it like"):
        kind.parse(text)
