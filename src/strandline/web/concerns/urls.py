"""Addresses of casework."""

from __future__ import annotations

from django.urls import path

from strandline.web.concerns.views import cases, notices

app_name = "concerns"
urlpatterns = [
    path("", cases.index, name="index"),
    path("reassign/", cases.reassign, name="reassign"),
    path("schools/<int:urn>/add/", cases.add, name="add"),
    path("<int:pk>/", cases.case, name="case"),
    path("<int:pk>/turn/", cases.turn, name="turn"),
    path("<int:pk>/narrative/", cases.narrative, name="narrative"),
    path("<int:pk>/narratives/", cases.narratives, name="narratives"),
    path("<int:pk>/steps/<slug:step>/", cases.step, name="step"),
    path("<int:pk>/close/", cases.close, name="close"),
    path("<int:pk>/delete/", cases.delete, name="delete"),
    path("<int:pk>/decide/", notices.decide, name="decide"),
    path("<int:pk>/notices/add/", notices.draft, name="draft"),
    path("decisions/<int:pk>/answer/", notices.answer, name="answer"),
    path("decisions/<int:pk>/take-back/", notices.take_back, name="take_back"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/conditions/add/", notices.add_condition, name="add_condition"),
    path("notices/<int:pk>/escalate/", notices.escalate, name="escalate"),
    path("notices/<int:pk>/move/<slug:to>/", notices.move, name="move"),
    path("conditions/<int:pk>/", notices.settle, name="settle"),
]
