"""Addresses of the register and of the powers."""

from __future__ import annotations

from django.urls import path

from strandline.web.triggers.views import powers, referrals, register

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
    path("powers/<int:urn>/notify/", referrals.write, name="write_referral"),
    path("referrals/", referrals.index, name="referrals"),
    path("referrals/<int:pk>/", referrals.referral, name="referral"),
    path("referrals/<int:pk>/sent/", referrals.sent, name="referral_sent"),
    path("referrals/<int:pk>/answer/", referrals.answer, name="referral_answer"),
    path("referrals/<int:pk>/letter.<str:format_>", referrals.letter, name="referral_letter"),
    path("<int:pk>/", register.entry, name="entry"),
    path("<int:pk>/decide/", register.decide, name="decide"),
    path("decisions/<int:pk>/approve/", register.approve, name="approve"),
    path("decisions/<int:pk>/return/", register.give_back, name="give_back"),
]
