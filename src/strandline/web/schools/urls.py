"""The addresses of schools."""

from __future__ import annotations

from django.urls import path

from strandline.web.schools.views import forward, keeping, listing, record, similar

app_name = "schools"
urlpatterns = [
    path("", listing.index, name="index"),
    path("export.<str:form>", listing.export, name="export"),
    path("early-warning/", forward.early_warning, name="early_warning"),
    path("map/", listing.on_map, name="map"),
    path("map/places.geojson", listing.geojson, name="places"),
    path("lists/save/", listing.save, name="save_list"),
    path("lists/<int:pk>/remove/", listing.forget, name="forget_list"),
    path("<int:urn>/", record.overview, name="school"),
    path("<int:urn>/trail/", record.trail, name="trail"),
    path("<int:urn>/watch/", keeping.watch, name="watch"),
    path("<int:urn>/consortium/", keeping.consortium, name="consortium"),
    path("<int:urn>/sharing/", keeping.sharing, name="sharing"),
    path("<int:urn>/contacts/add/", keeping.add_contact, name="add_contact"),
    path("<int:urn>/contacts/<int:pk>/", keeping.contact, name="contact"),
    path("<int:urn>/contacts/<int:pk>/end/", keeping.end_contact, name="end_contact"),
    path("<int:urn>/documents/add/", keeping.add_document, name="add_document"),
    path("<int:urn>/documents/<int:pk>/", keeping.document, name="document"),
    path("<int:urn>/documents/<int:pk>/withdraw/", keeping.withdraw_document, name="withdraw_document"),
    path("<int:urn>/forward/add/", forward.add, name="give_figure"),
    path("<int:urn>/forward/<int:pk>/", forward.revise, name="revise_figure"),
    path("<int:urn>/forward/<int:pk>/withdraw/", forward.withdraw, name="withdraw_figure"),
    path("<int:urn>/similar/", similar.similar, name="similar"),
    path("<int:urn>/<slug:section>/", record.section, name="section"),
]
