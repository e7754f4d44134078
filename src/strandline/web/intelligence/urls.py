"""Addresses of local intelligence."""

from __future__ import annotations

from django.urls import path

from strandline.web.intelligence import views

app_name = "intelligence"
urlpatterns = [
    path("", views.index, name="index"),
    path("export/", views.export, name="export"),
    path("findings/", views.findings, name="findings"),
    path("schools/<int:urn>/add/", views.add, name="add"),
    path("<int:pk>/", views.item, name="item"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/review/", views.review, name="review"),
]
