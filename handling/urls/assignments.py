"""Planning, dispatching, signing for, deadlines, reminders."""

from __future__ import annotations

from typing import Any

from django.urls import path

from handling.views import assignments, clocks

urlpatterns: list[Any] = [
    path("handling/", assignments.assignment_list, name="assignment_list"),
    path("handling/board/", assignments.assignment_board, name="assignment_board"),
    path("handling/sign/", assignments.assignment_sign_all, name="assignment_sign_all"),
    path("handling/<int:pk>/", assignments.assignment_detail, name="assignment_detail"),
    path("handling/<int:pk>/act/<slug:action>/", assignments.assignment_act, name="assignment_act"),
    path("handling/<int:pk>/phones/", assignments.assignment_phones, name="assignment_phones"),
    path("proposals/<int:pk>/units/", assignments.assignment_plan, name="assignment_plan"),
    path("proposals/<int:pk>/dispatch/", assignments.assignment_dispatch, name="assignment_dispatch"),
    path("handling/clocks/<int:pk>/extension/", clocks.clock_extension, name="clock_extension"),
    path("handling/clocks/<int:pk>/pause/", clocks.clock_pause, name="clock_pause"),
    path("handling/clocks/<int:pk>/resume/", clocks.clock_resume, name="clock_resume"),
    path("handling/clocks/<int:pk>/remind/", clocks.clock_remind, name="clock_remind"),
    path("handling/extensions/<int:pk>/", clocks.extension_decide, name="extension_decide"),
]
