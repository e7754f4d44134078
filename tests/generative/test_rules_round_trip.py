"""Whatever is printed is read back as it was; whatever is read is a rule or is refused with a sentence."""

from __future__ import annotations

import string

from hypothesis import example, given, settings
from hypothesis import strategies as st

from strandline.strategy.nodes import (
    Among,
    Arithmetic,
    Comparator,
    Comparison,
    IsMissing,
    Junction,
    Name,
    Negative,
    Not,
    Number,
    Operator,
    Text,
    Truth,
    Within,
    joined,
)
from strandline.strategy.parsing import RuleRefused, parse_condition, parse_value
from strandline.strategy.printing import print_node

NAMES = st.sampled_from(("special", "ks2_l4_em", "inspection_grade", "floor", "a", "b1", "la")).map(Name)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False).map(Number)
TEXTS = st.text(alphabet=st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="\\"), max_size=12).map(
    Text
)


def _negative(operand):
    return Number(-operand.value) if isinstance(operand, Number) else Negative(operand)


VALUES = st.recursive(
    NAMES | NUMBERS,
    lambda inner: st.builds(_negative, inner) | st.builds(Arithmetic, st.sampled_from(Operator), inner, inner),
    max_leaves=4,
)
ANY_VALUE = VALUES | TEXTS | st.booleans().map(Truth)
LEAVES = st.one_of(
    st.builds(Comparison, st.sampled_from(Comparator), ANY_VALUE, ANY_VALUE),
    st.builds(Among, ANY_VALUE, st.lists(ANY_VALUE, min_size=1, max_size=3).map(tuple)),
    st.builds(Within, VALUES, VALUES, VALUES),
    NAMES.map(IsMissing),
    st.booleans().map(Truth),
    NAMES,
)


def _joined(junction, parts):
    return joined(junction, *parts)


CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(Not, inner) | st.builds(_joined, st.sampled_from(Junction), st.lists(inner, min_size=2, max_size=4))
    ),
    max_leaves=6,
)
MARKS = [*list("()=<>,+-*/.'; \n%$\"`[]{}|&^~:?@!#\\\x00"), "--", "/*", "*/", "::", "$$", "E'", "x'41'", "f(", "’"]
WORDS = """AND OR NOT IN IS NULL BETWEEN SELECT CAST FROM CASE WHEN END special ks2_l4_em 1 0.5 1e9 'x' TRUE date
interval exists any all over élan""".split()
PIECES = st.sampled_from(MARKS + WORDS)


@settings(max_examples=600, deadline=None)
@given(CONDITIONS)
@example(Comparison(Comparator.EQUAL, Number(-0.0), Number(5e-324)))
@example(Not(Not(Within(Negative(Negative(Name("a"))), Number(-1.0), Number(1.0)))))
def test_a_printed_condition_is_read_back_as_it_was(node):
    text = print_node(node)
    if len(text) <= 1000:
        assert parse_condition(text) == node


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_a_printed_formula_is_read_back_as_it_was(node):
    assert parse_value(print_node(node)) == node


@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60))
def test_any_text_is_a_rule_or_is_refused(text):
    try:
        node = parse_condition(text)
    except RuleRefused as error:
        assert str(error)  # noqa: PT017
    else:
        assert parse_condition(print_node(node)) == node


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=string.ascii_lowercase + "_", min_size=1, max_size=12))
def test_any_lower_case_word_is_a_name_or_is_refused(word):
    try:
        node = parse_condition(word)
    except RuleRefused:
        return
    assert node in (Name(word), Truth(True), Truth(False))
