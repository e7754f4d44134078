"""Addresses of strategies."""

from __future__ import annotations

from django.urls import path

from strandline.web.strategies.views import keeping, reading, receiving

app_name = "strategies"
urlpatterns = [
    path("", reading.index, name="index"),
    path("draft/", keeping.draft, name="draft"),
    path("compare/", reading.compare, name="compare"),
    path("<int:pk>/", reading.version, name="version"),
    path("<int:pk>/rules/", reading.rules, name="rules"),
    path("<int:pk>/offer/", reading.offer, name="offer"),
    path("<int:pk>/role/", reading.role, name="role"),
    path("<int:pk>/lists/", reading.lists, name="lists"),
    path("<int:pk>/consultation/", reading.consultation, name="consultation"),
    path("<int:pk>/change/", keeping.change, name="change"),
    path("<int:pk>/pack/", keeping.take_again, name="take_again"),
    path("<int:pk>/plans/add/", keeping.link, name="link"),
    path("<int:pk>/approve/", keeping.approve, name="approve"),
    path("<int:pk>/send-back/", keeping.send_back, name="send_back"),
    path("<int:pk>/publish/", keeping.publish, name="publish"),
    path("<int:pk>/consultation/add/", keeping.comment, name="comment"),
    path("<int:pk>/receipts/", receiving.receipts, name="receipts"),
    path("plans/<int:pk>/remove/", keeping.unlink, name="unlink"),
    path("comments/<int:pk>/answer/", keeping.answer, name="answer"),
    path("receipts/<int:pk>/acknowledge/", receiving.acknowledge, name="acknowledge"),
]
