"""Addresses of decisions."""

from __future__ import annotations

from django.urls import path

from strandline.web.decisions.views import copies, deciding, lists, reports, running, schemes, schools

app_name = "decisions"
urlpatterns = [
    path("", lists.index, name="index"),
    path("queue/", lists.queue, name="queue"),
    path("queue/agree/", lists.agree, name="agree_all"),
    path("publish/", lists.publish, name="publish"),
    path("overrides/", lists.overrides, name="overrides"),
    path("proposals/<int:pk>/", deciding.proposal, name="proposal"),
    path("proposals/<int:pk>/agree/", deciding.agree, name="agree"),
    path("proposals/<int:pk>/settle/", deciding.settle, name="override"),
    path("<int:pk>/", deciding.decision, name="decision"),
    path("<int:pk>/approve/", deciding.approve, name="approve"),
    path("<int:pk>/return/", deciding.send_back, name="return"),
    path("<int:pk>/withdraw/", deciding.withdraw, name="withdraw"),
    path("schools/<int:urn>/", schools.category, name="category"),
    path("schools/<int:urn>/reply/", schools.reply, name="reply"),
    path("schools/<int:urn>/challenge/", schools.challenge, name="challenge"),
    path("schools/<int:urn>/risk/", schools.risk, name="risk"),
    path("replies/<int:pk>/", schools.answer, name="answer"),
    path("challenges/<int:pk>/", schools.settle, name="settle"),
    path("letters/<int:pk>/<str:format_>/", schools.letter, name="letter"),
    path("both/", reports.both, name="both"),
    path("counts/", reports.counts, name="counts"),
    path("appendix/", reports.appendix, name="appendix"),
    path("appendix/schools.csv", reports.appendix_file, name="appendix_file"),
    path("fairness/", reports.fairness, name="fairness"),
    path("schemes/", schemes.index, name="schemes"),
    path("schemes/draft/", schemes.draft, name="draft"),
    path("schemes/<int:pk>/", schemes.scheme, name="scheme"),
    path("schemes/<int:pk>/adopt/", schemes.adopt, name="adopt"),
    path("schemes/<int:pk>/renew/", schemes.renew, name="renew"),
    path("schemes/<int:pk>/change/", schemes.change, name="change"),
    path("schemes/<int:pk>/clone/", copies.clone, name="clone"),
    path("schemes/<int:pk>/values/", copies.values, name="values"),
    path("schemes/<int:pk>/values/<str:name>/", copies.amend, name="amend"),
    path("schemes/<int:pk>/try/", schemes.trial, name="trial"),
    path("trials/<int:pk>/", schemes.tried, name="tried"),
    path("runs/", running.runs, name="runs"),
    path("runs/make/", running.make, name="make_run"),
    path("runs/orders/<int:pk>/", running.order, name="order"),
    path("runs/take/", running.take, name="take"),
]
