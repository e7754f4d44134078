"""Which page a role sees first, and what it is printed from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from strandline.web.audit import presenters as audit_presenters
from strandline.web.audit import queries as audited
from strandline.web.decisions.queries import queue
from strandline.web.decisions.queries.counts import counts
from strandline.web.design.parts import Action, EmptyState, Tab
from strandline.web.home.presenters import reasons, schools
from strandline.web.home.queries import attention, changes, totals
from strandline.web.home.queries import schools as asked
from strandline.web.officers import queries as officers
from strandline.web.people.roles import Module, Role
from strandline.web.people.scope import Actor
from strandline.web.strategies import presenters as strategies
from strandline.web.strategies import queries as strategy_queries

ROWS = 5
TASKS = 8
CALM = EmptyState(
    title="No school wants attention now",
    text="Nothing is overdue, no trigger waits, and no published category is one of most concern.",
    action=Action(text="See every school", href="/schools/"),
)
Page = tuple[str, dict[str, Any]]


def page_of(actor: Actor, role: Role | None, *, on: date) -> Page:
    """The template and what it prints, for one role of a person."""
    if role is None:
        return "home/nobody.html", {}
    narrowed = replace(actor, assignments=tuple(held for held in actor.assignments if held.role is role))
    template, context = PAGES[role](narrowed, on)
    return template, {"role": role.words, "on": on, "roles": _roles(actor, role), **context}


def everything(actor: Actor, *, on: date) -> dict[str, Any]:
    """The whole list behind the first page."""
    rows = attention.attention(actor, on=on)
    table = reasons.attention_table(rows, on=on, caption="Schools that want attention, and why", empty=CALM)
    return {"table": table, "on": on, "found": len(rows)}


def _head(actor: Actor, on: date) -> Page:
    """Head of service: which schools worry us, why, who is on it, what is overdue, what changed since last week."""
    rows = attention.attention(actor, on=on)
    found, news = totals.totals(actor, on=on), changes.changes(actor, on=on)
    return "home/service.html", {
        "table": reasons.attention_table(rows, on=on, caption="Schools that want attention", most=ROWS, empty=CALM),
        "more": max(len(rows) - ROWS, 0),
        "overdue": reasons.overdue(found, actor=actor, on=on),
        "waits": reasons.waits(found, actor=actor),
        "changed": reasons.changed(news),
        "since": news.since,
        "run": reasons.run_words(news),
        "acknowledged": reasons.acknowledged(found),
    }


def _manager(actor: Actor, on: date) -> Page:
    """Service manager: the same, with what waits for approval and the caseloads of the officers."""
    _, context = _head(actor, on)
    caseloads = reasons.caseload_table(totals.caseloads(actor, on=on))
    return "home/service.html", context | {"caseloads": caseloads}


def _officer(actor: Actor, on: date) -> Page:
    """Officer: my schools and my tasks."""
    urns = officers.caseload_urns(user_id=actor.user.pk, authority=actor.authority, on=on)
    mine = {each.urn: each for each in attention.schools_of(actor, urns, on=on)}
    wanting = attention.attention(actor, on=on, urns=urns)
    calm = [
        each for urn, each in sorted(mine.items(), key=lambda pair: pair[1].name) if urn not in {w.urn for w in wanting}
    ]
    tasks = officers.tasks(by=actor, mine=True)[:TASKS]
    found = totals.totals(actor, on=on)
    return "home/officer.html", {
        "table": reasons.own_schools((*wanting, *calm), on=on),
        "schools": len(mine),
        "tasks": reasons.due(tasks, on=on),
        "totals": found.tasks,
        "waits": reasons.waits(found, actor=actor),
        "offers": officers.offered_to(actor.user, authority=actor.authority).count(),
    }


def _analyst(actor: Actor, on: date) -> Page:
    """Analyst: the latest run, what it leaves open, what changed."""
    found = asked.undecided(actor)
    news = changes.changes(actor, on=on)
    return "home/analyst.html", {
        "run": schools.run_words(found),
        "table": schools.undecided_table(found),
        "changed": reasons.changed(news),
        "since": news.since,
    }


def _school(actor: Actor, on: date) -> Page:
    """Head teacher, chair, governor: my school."""
    found = asked.own_school(actor, on=on)
    page = schools.school_page(found, actor=actor, on=on) if found else None
    return "home/school.html", {"page": page, "acts": actor.can(Module.LETTERS)}


def _cluster(actor: Actor, on: date) -> Page:
    """Consortium lead, board, diocese, trust: their schools with published categories."""
    rows = asked.cluster(actor, on=on)
    held = actor.assignments[0]
    named = rows[0].school.trust_name if rows and held.scope.value == "trust" else held.cluster
    return "home/cluster.html", {
        "cluster": named or actor.organisation,
        "words": schools.cluster_words(rows),
        "table": schools.cluster_table(rows, caption="Schools"),
        "strategy": strategy_queries.published(actor),
    }


def _member(actor: Actor, on: date) -> Page:
    """Elected member: totals, no school."""
    return "home/member.html", {
        "table": schools.counts_table(counts(actor, on=on), on=on),
        "strategy": strategy_queries.published(actor),
    }


def _provider(actor: Actor, on: date) -> Page:
    """External provider: the schools that they support."""
    rows = asked.cluster(actor, on=on)
    return "home/provider.html", {"schools": [(each.school.name, each.school.urn) for each in rows]}


def _auditor(actor: Actor, _on: date) -> Page:
    """Auditor: what was done lately, and how many decisions depart from the rules."""
    rows = list(audited.rows(by=actor, asked=audited.Asked())[:10])
    names = audited.school_names(row.school_urn for row in rows)
    lines = [audit_presenters.line(row, reader=actor, schools=names) for row in rows]
    share = strategy_queries.acknowledged_share(actor)
    return "home/auditor.html", {
        "table": schools.done_table(lines),
        "overrides": queue.overrides(actor).count(),
        "share": strategies.percent(share) if share else "",
    }


def _roles(actor: Actor, here: Role) -> tuple[Tab, ...]:
    """The other roles of the person: each has its page."""
    if len(actor.roles) < 2:
        return ()
    return tuple(Tab(label=each.words, href=f"/?role={each.value}", current=each is here) for each in actor.roles)


PAGES: Mapping[Role, Callable[[Actor, date], Page]] = {
    Role.HEAD_OF_SERVICE: _head,
    Role.SERVICE_MANAGER: _manager,
    Role.OFFICER: _officer,
    Role.ANALYST: _analyst,
    Role.CONSORTIUM_LEAD: _cluster,
    Role.BOARD_MEMBER: _cluster,
    Role.HEAD_TEACHER: _school,
    Role.CHAIR_OF_GOVERNORS: _school,
    Role.GOVERNOR: _school,
    Role.ELECTED_MEMBER: _member,
    Role.DIOCESE: _cluster,
    Role.TRUST: _cluster,
    Role.EXTERNAL_PROVIDER: _provider,
    Role.AUDITOR: _auditor,
}
