"""All addresses of the portal: each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("core.urls")),
    path("", include("accounts.urls")),
    path("", include("organisation.urls")),
    path("", include("audit.urls")),
    path("", include("notices.urls")),
    path("", include("members.urls")),
    path("", include("plans.urls")),
    path("", include("activities.urls")),
    path("", include("proposals.urls")),
    path("", include("opinions.urls")),
    path("", include("surveys.urls")),
    path("", include("calls.urls")),
    path("", include("similar.urls")),
    path("", include("handling.urls")),
    path("", include("supervision.urls")),
    path("", include("reports.urls")),
    path("", include("dashboard.urls")),
]

handler403 = "core.views.forbidden"
handler404 = "core.views.not_found"
handler500 = "core.views.server_error"
