"""
The same rules as SQL: one query, one row per school, with the truth of every leaf, rule and category.

The query is a ladder of nested selects (inputs, leaves, rules, categories, what is missing), so that each leaf is
computed once and travels on as a boolean. SQL's own three-valued AND, OR and NOT do the rest. It holds no text from a
rule: only columns of the catalogue, literals and operators written by us. The generative tests hold it equal to
`evaluate`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from strandline.engine.absence import absence_layers
from strandline.engine.dialects import dialect as dialect_called
from strandline.engine.expressions import Expressions
from strandline.engine.resolve import ResolvedPack, ResolvedRule
from strandline.strategy.names import Known, Role
from strandline.strategy.nodes import Condition, Joined, Leaf, Name, Not, names
from strandline.strategy.printing import print_node


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledLeaf:
    """A comparison, the column that holds its truth, and how the rule writes it."""

    column: str
    text: str
    node: Leaf


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledSql:
    """
    A query.

    Shape: one row per row of the table → `key`, `category`, `state`, `missing` (names joined by commas, empty when
    decided) and, with details, one boolean per leaf (`leaf_001`) and per rule (`rule__<name>`); with trials one per
    category (`category_01`, in order of decision).
    """

    sql: str
    key: str
    leaves: tuple[CompiledLeaf, ...]
    rules: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]
    inputs: tuple[str, ...]


def compile_categories(
    resolved: ResolvedPack,
    *,
    dialect: str = "duckdb",
    table: str = "facts",
    key: str = "urn",
    supplied: Collection[str] = (),
    details: bool = True,
    trials: bool = True,
    narrow: bool = False,
) -> CompiledSql:
    """
    The query that categorises every row of `table`, whose whole-number features stand in integer columns.

    `supplied` names the judgements that the table holds as columns; the others are unknown for every school. Without
    `details` only category, state and missing come out; without `trials` not every category's own truth. `narrow`
    gives category and state as enumerations, which DuckDB writes faster than text. Raises: UnknownDialect.
    """
    writing = Expressions(resolved, dialect_called(dialect), narrow=narrow)
    plan = _Plan(resolved, every_rule=details)
    columns = {leaf: writing.dialect.identifier(name) for leaf, name in plan.leaves.items()}
    codes = {f"category_{n:02d}": c.category.code for n, c in enumerate(resolved.categories, start=1)}
    sql = _inputs(writing, plan, table=table, key=key, supplied=frozenset(supplied))
    for layer in _layers(writing, plan, columns, codes):
        sql = _onto(sql, layer)
    chosen = [key, "category", "state", "missing"]
    if details:
        chosen += [*plan.leaves.values(), *(f"rule__{rule.name}" for rule in plan.rules)]
    if details and trials:
        chosen += codes
    shown = ", ".join(writing.dialect.identifier(name) for name in chosen)
    return CompiledSql(
        sql=f"SELECT {shown}\nFROM ({sql}) AS decided",
        key=key,
        leaves=tuple(CompiledLeaf(column=name, text=print_node(leaf), node=leaf) for leaf, name in plan.leaves.items()),
        rules=tuple(rule.name for rule in plan.rules),
        categories=tuple(codes.items()),
        inputs=tuple(known.name for known in plan.inputs),
    )


class _Plan:
    """Which rules, leaves and inputs the query needs, each once, in order of first mention."""

    def __init__(self, resolved: ResolvedPack, *, every_rule: bool) -> None:
        self.resolved = resolved
        self.tops = tuple(category.condition for category in resolved.categories)
        self.scope = resolved.scope
        self.rules = tuple(resolved.rules.values()) if every_rule else self._used_rules()
        every = [c for c in (self.scope, *self.tops) if c] + [c for rule in self.rules for c in parts(rule)]
        found = dict.fromkeys(leaf for condition in every for leaf in leaves_of(condition, resolved))
        self.leaves: dict[Leaf, str] = {leaf: f"leaf_{n:03d}" for n, leaf in enumerate(found, start=1)}
        used = dict.fromkeys(name for leaf in self.leaves for name in names(leaf))
        known = (resolved.known[name] for name in used)
        self.inputs: tuple[Known, ...] = tuple(k for k in known if k.role in (Role.FEATURE, Role.JUDGEMENT))

    def _used_rules(self) -> tuple[ResolvedRule, ...]:
        wanted = {name for condition in (self.scope, *self.tops) if condition for name in names(condition)}
        for rule in reversed(tuple(self.resolved.rules.values())):
            if rule.name in wanted:
                wanted.update(name for part in parts(rule) for name in names(part))
        return tuple(rule for rule in self.resolved.rules.values() if rule.name in wanted)

    def levels(self) -> Iterator[tuple[ResolvedRule, ...]]:
        """Rules in steps: each step uses only the steps before it."""
        depth: dict[str, int] = {}
        for rule in self.rules:
            used = (depth[name] for part in parts(rule) for name in names(part) if name in depth)
            depth[rule.name] = 1 + max(used, default=-1)
        for level in range(max(depth.values(), default=-1) + 1):
            yield tuple(rule for rule in self.rules if depth[rule.name] == level)


def parts(rule: ResolvedRule) -> tuple[Condition, ...]:
    """The conditions of a rule."""
    return tuple(part for part in (rule.applies_when, rule.condition) if part is not None)


def leaves_of(condition: Condition, resolved: ResolvedPack) -> Iterator[Leaf]:
    """The comparisons of a condition, rules left closed."""
    match condition:
        case Joined(_, operands):
            for operand in operands:
                yield from leaves_of(operand, resolved)
        case Not(operand):
            yield from leaves_of(operand, resolved)
        case Name(name) if name in resolved.rules:
            return
        case _:
            yield condition


def _inputs(writing: Expressions, plan: _Plan, *, table: str, key: str, supplied: frozenset[str]) -> str:
    columns = [writing.dialect.identifier(key)]
    for known in plan.inputs:
        there = known.role is Role.FEATURE or known.name in supplied
        columns.append(f"{writing.cleaned(known, there=there)} AS {writing.column(known.name)}")
    return f"SELECT {', '.join(columns)}\nFROM {writing.dialect.table(table)}"


def _layers(
    writing: Expressions, plan: _Plan, columns: dict[Leaf, str], codes: dict[str, str]
) -> Iterator[dict[str, str]]:
    """Each step of the ladder: column → expression over the step below."""
    leaf = columns.__getitem__
    yield {column: writing.leaf(node) for node, column in columns.items()}
    for level in plan.levels():
        yield {writing.rule_column(rule.name): _rule(writing, rule, columns) for rule in level}
    tops = dict(zip(codes, plan.tops, strict=True))
    scope = writing.condition(plan.scope, leaf) if plan.scope else "TRUE"
    yield {name: writing.condition(condition, leaf) for name, condition in tops.items()} | {"in_scope": scope}
    yield {"category": _category(writing, codes)}
    yield from absence_layers(writing, rules=plan.rules, tops=tops, scope=plan.scope, columns=columns)


def _onto(sql: str, layer: dict[str, str]) -> str:
    if not layer:
        return sql
    added = ",\n  ".join(f"{expression} AS {column}" for column, expression in layer.items())
    return f"SELECT *,\n  {added}\nFROM ({sql}) AS below"


def _rule(writing: Expressions, rule: ResolvedRule, columns: dict[Leaf, str]) -> str:
    if rule.none:
        return "FALSE"
    leaf = columns.__getitem__
    condition = writing.bracketed(rule.condition, leaf) if rule.condition else "CAST(NULL AS BOOLEAN)"
    return f"{writing.bracketed(rule.applies_when, leaf)} AND {condition}" if rule.applies_when else condition


def _category(writing: Expressions, codes: dict[str, str]) -> str:
    """The first true one; an unknown before it ends the search with nothing."""
    if not codes:
        return f"CAST(NULL AS {writing.dialect.text_type})"
    tries = " ".join(
        f"WHEN {column} THEN {writing.word(code, codes.values())} WHEN {column} IS NULL THEN NULL"
        for column, code in codes.items()
    )
    return f"CASE WHEN in_scope THEN CASE {tries} END END"
