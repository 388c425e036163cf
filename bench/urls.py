"""All addresses of the portal and the floor to compare them with."""

from django.urls import include, path

from bench.floor import floor

urlpatterns = [path("floor/", floor, name="floor"), path("", include("liaison.urls"))]

handler403 = "core.views.forbidden"
handler404 = "core.views.not_found"
handler500 = "core.views.server_error"
