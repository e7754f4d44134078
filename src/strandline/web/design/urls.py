"""Addresses of the component pages."""

from __future__ import annotations

from django.urls import path

from strandline.web.design import views

app_name = "design"
urlpatterns = [
    path("", views.index, name="index"),
    path("list", views.listing, name="list"),
    path("form", views.form, name="form"),
    path("table", views.table, name="table"),
    path("map", views.area, name="map"),
    path("map/places", views.places, name="places"),
    path("letter", views.letter, name="letter"),
]
