"""Addresses of officers, tasks and visits."""

from __future__ import annotations

from django.urls import path

from strandline.web.officers.views import activity, allocations, work

app_name = "officers"
urlpatterns = [
    path("", allocations.index, name="index"),
    path("without/", allocations.uncovered, name="uncovered"),
    path("caseloads/", allocations.caseloads, name="caseloads"),
    path("schools/<int:urn>/", allocations.school, name="school"),
    path("schools/<int:urn>/propose/", allocations.propose, name="propose"),
    path("schools/<int:urn>/tasks/add/", work.add_task, name="add_task"),
    path("schools/<int:urn>/inspection/", work.announce, name="announce"),
    path("schools/<int:urn>/visit/", work.visit, name="visit"),
    path("offers/", allocations.offers, name="offers"),
    path("offers/declare/", allocations.declare_several, name="declare_several"),
    path("offers/<int:pk>/", allocations.declare, name="declare"),
    path("allocations/<int:pk>/interest/", allocations.accept_interest, name="accept_interest"),
    path("allocations/<int:pk>/withdraw/", allocations.withdraw, name="withdraw"),
    path("allocations/<int:pk>/end/", allocations.end, name="end"),
    path("allocations/<int:pk>/reply/", allocations.reply, name="reply"),
    path("reallocate/", allocations.reallocate, name="reallocate"),
    path("reallocate/<int:pk>/", allocations.reallocation, name="reallocation"),
    path("reallocate/<int:pk>/confirm/", allocations.confirm_ready, name="confirm_ready"),
    path("tasks/", work.tasks, name="tasks"),
    path("tasks/<int:pk>/", work.settle_task, name="settle_task"),
    path("tasks/<int:pk>/classify/", activity.tag_task, name="tag_task"),
    path("visits/<int:pk>/classify/", activity.tag_visit, name="tag_visit"),
    path("activity/", activity.index, name="activity"),
    path("visits/", work.visits, name="visits"),
    path("special/", work.special, name="special"),
]
