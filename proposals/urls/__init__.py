"""Addresses of proposals: writing and people, review."""

from proposals.urls import review, writing

urlpatterns = [*writing.urlpatterns, *review.urlpatterns]
