"""What became of promises."""

from __future__ import annotations

from typing import Any

from django.urls import path

from handling.views import tracking

urlpatterns: list[Any] = [
    path("promises/", tracking.promise_list, name="promise_list"),
    path("promises/<int:pk>/", tracking.promise_detail, name="promise_detail"),
    path("promises/<int:pk>/report/", tracking.promise_report, name="promise_report"),
    path("promises/reports/<int:pk>/file/", tracking.promise_file, name="promise_file"),
    path("promises/reports/<int:pk>/<slug:action>/", tracking.promise_decide, name="promise_decide"),
]
