"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from strandline.web.people import views

app_name = "people"
urlpatterns = [
    path("", views.index, name="index"),
    path("invite/", views.invite, name="invite"),
    path("invitations/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("invitation/<str:token>/", views.accept, name="accept"),
    path("me/", views.me, name="me"),
    path("me/authority/", views.switch, name="switch"),
    path("kept/<uuid:pk>/", views.kept, name="kept"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/assign/", views.assign, name="assign"),
    path("<int:pk>/sign-in/", views.sign_in, name="sign_in"),
    path("assignments/<int:pk>/end/", views.end, name="end"),
]
