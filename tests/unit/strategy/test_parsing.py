"""Rules are read by a whitelist: what belongs to the language comes through, and nothing else does."""

from __future__ import annotations

import pytest

from strandline.strategy.nodes import (
    Among,
    Arithmetic,
    Comparator,
    Comparison,
    IsMissing,
    Joined,
    Junction,
    Name,
    Negative,
    Not,
    Number,
    Operator,
    Text,
    Truth,
    Within,
    names,
)
from strandline.strategy.parsing import LONGEST, RuleRefused, parse_condition, parse_value
from strandline.strategy.printing import print_node

ATTACKS = {
    "a subquery": "urn IN (SELECT urn FROM facts)",
    "a scalar subquery": "ks2_cohort > (SELECT max(ks2_cohort) FROM facts)",
    "exists": "EXISTS (SELECT 1)",
    "a function": "length(school_name) > 3",
    "a function that reads files": "read_text('/etc/passwd') = 'x'",
    "a function without brackets": "opened_on = current_date",
    "a cast": "CAST(urn AS TEXT) = '1'",
    "a short cast": "urn::TEXT = '1'",
    "a typed literal": "inspection_date < DATE '2012-09-01'",
    "a union": "special UNION SELECT 1",
    "a second statement": "special; DROP TABLE facts",
    "a block": "BEGIN special END",
    "a comment to the end of the line": "special -- AND academy",
    "a comment inside": "special /* AND */ OR academy",
    "a qualified column": "facts.urn = 1",
    "a qualified column with spaces": "facts . urn = 1",
    "a quoted name": '"urn" = 1',
    "a backquoted name": "`urn` = 1",
    "a wildcard": "* = 1",
    "a counted wildcard": "count(*) > 1",
    "a window": "row_number() OVER () = 1",
    "a case": "CASE WHEN special THEN TRUE END",
    "a parameter": "urn = ?",
    "a numbered parameter": "urn = $1",
    "a variable": "urn = @x",
    "a null": "urn = NULL",
    "a pattern": "school_name LIKE '%a%'",
    "a regular expression": "school_name ~ 'a'",
    "a concatenation": "school_name || 'a' = 'b'",
    "an implicit concatenation": "school_name = 'a' 'b'",
    "an escaped text": "school_name = E'a'",
    "a hexadecimal text": "school_name = x'41'",
    "a dollar text": "school_name = $$a$$",
    "a backslash": "school_name = 'a\\'",
    "a text over two lines": "school_name = 'a\nb'",
    "an open text": "school_name = 'a",
    "a list": "urn = [1, 2]",
    "a struct": "urn = {'a': 1}",
    "an element": "urn[1] = 1",
    "a lambda": "x -> x > 1",
    "a power": "2 ** 3 = 8",
    "whole division": "urn // 2 = 1",
    "a remainder": "urn % 2 = 1",
    "bits": "urn & 1 = 1",
    "distinct from": "urn IS DISTINCT FROM 1",
    "is true": "special IS TRUE",
    "any": "urn = ANY(1)",
    "a symmetric range": "urn BETWEEN SYMMETRIC 1 AND 2",
    "an interval": "opened_on < INTERVAL 1 DAY",
    "a pair": "(urn, la) = (1, 2)",
    "an empty list": "urn IN ()",
    "a chain of comparisons": "1 < urn < 3",
    "a comparison of comparisons": "(urn = 1) = (la = 2)",
    "a number alone": "1",
    "a text alone": "'special'",
    "an alias": "special AS x",
    "two names": "special academy",
    "a capital name": "URN = 1",
    "a number with letters": "urn = 1x",
    "a hexadecimal number": "urn = 0x10",
    "a number with a gap": "urn = 1_000",
    "a number out of range": "urn = 1e999",
    "nothing": "   ",
    "a semicolon": ";",
    "a pragma": "PRAGMA database_list",
    "an attachment": "ATTACH 'x.db'",
    "a copy": "COPY facts TO 'x'",
    "a letter that looks like a quote": "school_name = ’a’",
    "a null byte": "special\x00",
    "a bracket too many": "(special))",
    "a bracket too few": "((special)",
}


@pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS.keys())
def test_what_does_not_belong_in_a_rule_is_refused_with_a_sentence(text):
    with pytest.raises(RuleRefused) as refused:
        parse_condition(text)
    assert str(refused.value).endswith(".")


def test_more_than_thirteen_attacks_are_tried():
    assert len(ATTACKS) > 13


def test_a_rule_longer_than_a_thousand_characters_is_refused():
    with pytest.raises(RuleRefused, match=str(LONGEST)):
        parse_condition("special OR " * 100 + "special")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 480 + "special" + ")" * 480,
        "NOT " * 240 + "special",
        "urn = " + "- " * 400 + "la",
        "urn = " + "urn + " * 150 + "urn",
        "urn = " + "(urn + " * 120 + "1" + ")" * 120,
    ],
)
def test_deep_nesting_is_refused_and_does_not_exhaust_the_stack(text):
    with pytest.raises(RuleRefused):
        parse_condition(text)


def test_a_long_chain_of_one_junction_is_flat_and_allowed():
    node = parse_condition(" OR ".join(["special"] * 80))
    assert isinstance(node, Joined)
    assert len(node.operands) == 80


def test_and_binds_closer_than_or_and_not_closer_than_and():
    node = parse_condition("special OR NOT academy AND maintained")
    inner = Joined(Junction.AND, (Not(Name("academy")), Name("maintained")))
    assert node == Joined(Junction.OR, (Name("special"), inner))


def test_brackets_that_say_nothing_leave_no_trace():
    assert parse_condition("((special) AND (academy AND maintained))") == parse_condition(
        "special AND academy AND maintained"
    )


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a <> 'it''s'", Comparison(Comparator.NOT_EQUAL, Name("a"), Text("it's"))),
        ("a != 1", Comparison(Comparator.NOT_EQUAL, Name("a"), Number(1.0))),
        ("a NOT IN (1, b)", Not(Among(Name("a"), (Number(1.0), Name("b"))))),
        ("a BETWEEN -1 AND .5", Within(Name("a"), Number(-1.0), Number(0.5))),
        ("a IS NULL", IsMissing(Name("a"))),
        ("a IS NOT NULL", Not(IsMissing(Name("a")))),
        ("TRUE", Truth(True)),
        ("-a < 1", Comparison(Comparator.LESS, Negative(Name("a")), Number(1.0))),
    ],
)
def test_each_part_of_the_language_becomes_its_node(text, node):
    assert parse_condition(text) == node


def test_a_formula_is_arithmetic():
    node = parse_value("(all_pupils - lowest) / all_pupils * 100")
    assert isinstance(node, Arithmetic)
    assert node.operator is Operator.TIMES
    assert names(node) == ("all_pupils", "lowest")


def test_the_refusal_says_where_and_what_to_do():
    with pytest.raises(RuleRefused) as refused:
        parse_condition("length(school_name) > 3")
    assert "length(school_name)" in str(refused.value)
    assert "comparisons" in refused.value.what_to_do


@pytest.mark.parametrize(
    "text",
    [
        "a < 1 AND b",
        "a NOT IN (1, 2) OR NOT b = 3 AND c",
        "-(a * b) / c - (d - e) < -5",
        "a NOT BETWEEN 1 AND 2 + 3",
        "NOT (a OR b) AND c",
        "a = '—'",
        "a IN (b, 'x')",
        "a < 1e+22",
    ],
)
def test_a_rule_prints_as_it_was_written(text):
    assert print_node(parse_condition(text)) == text
