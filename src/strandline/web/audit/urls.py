"""Addresses of the audit."""

from __future__ import annotations

from django.urls import path

from strandline.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:subject_type>/<str:subject_id>/", views.record, name="record"),
]
