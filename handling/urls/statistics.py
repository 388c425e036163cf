"""Figures of proposals."""

from __future__ import annotations

from django.urls import path

from handling.views.statistics import proposal_statistics

urlpatterns = [path("proposals/statistics/", proposal_statistics, name="proposal_statistics")]
