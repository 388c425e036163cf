"""Addresses of the review, and of what is done to many proposals at once."""

from django.urls import path

from proposals import views

urlpatterns = [
    path("proposals/bulk/", views.proposal_bulk, name="proposal_bulk"),
    path("proposals/bulk/<int:pk>/", views.proposal_bulk_run, name="proposal_bulk_run"),
    path("proposals/<int:pk>/checks/", views.proposal_check, name="proposal_check"),
    path("proposals/<int:pk>/recommend/", views.proposal_recommend, name="proposal_recommend"),
    path("proposals/<int:pk>/become/", views.proposal_become, name="proposal_become"),
]
