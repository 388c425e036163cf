"""Addresses of the proposers' side, and the list and page of proposals."""

from django.urls import path

from proposals import views

urlpatterns = [
    path("proposals/", views.proposal_list, name="proposal_list"),
    path("proposals/mine/", views.proposal_mine, name="proposal_mine"),
    path("proposals/new/", views.proposal_new, name="proposal_new"),
    path("proposals/<int:pk>/", views.proposal_detail, name="proposal_detail"),
    path("proposals/<int:pk>/edit/", views.proposal_edit, name="proposal_edit"),
    path("proposals/<int:pk>/receipt/", views.proposal_receipt, name="proposal_receipt"),
    path("proposals/<int:pk>/discard/", views.proposal_discard, name="proposal_discard"),
    path("proposals/<int:pk>/act/<slug:action>/", views.proposal_act, name="proposal_act"),
]
