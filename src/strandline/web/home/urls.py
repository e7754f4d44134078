"""Addresses of the front page."""

from __future__ import annotations

from django.urls import path

from strandline.web.home import views

app_name = "home"
urlpatterns = [
    path("", views.index, name="index"),
    path("attention/", views.attention, name="attention"),
]
