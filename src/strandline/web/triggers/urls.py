"""Addresses of the register and of the powers."""

from __future__ import annotations

from django.urls import path

from strandline.web.triggers.views import powers, register

app_name = "triggers"
urlpatterns = [
    path("", register.index, name="index"),
    path("about/", register.about, name="about"),
    path("export/", register.export, name="export"),
    path("waiting/", register.waiting, name="waiting"),
    path("waiting/approve/", register.approve_several, name="approve_several"),
    path("decide/", register.decide_several, name="decide_several"),
    path("powers/", powers.index, name="powers"),
    path("powers/<int:urn>/", powers.school, name="school_powers"),
    path("<int:pk>/", register.entry, name="entry"),
    path("<int:pk>/decide/", register.decide, name="decide"),
    path("decisions/<int:pk>/approve/", register.approve, name="approve"),
    path("decisions/<int:pk>/return/", register.give_back, name="give_back"),
]
