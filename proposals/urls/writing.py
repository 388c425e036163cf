"""Addresses of the proposers' side, and the list and page of proposals."""

from django.urls import path

from proposals import views

urlpatterns = [
    path("proposals/", views.proposal_list, name="proposal_list"),
    path("proposals/mine/", views.proposal_mine, name="proposal_mine"),
    path("proposals/new/", views.proposal_new, name="proposal_new"),
    path("proposals/new/word/", views.proposal_from_word, name="proposal_from_word"),
    path("proposals/<int:pk>/", views.proposal_detail, name="proposal_detail"),
    path("proposals/<int:pk>/edit/", views.proposal_edit, name="proposal_edit"),
    path("proposals/<int:pk>/people/", views.proposal_people, name="proposal_people"),
    path("proposals/<int:pk>/answer/", views.proposal_answer, name="proposal_answer"),
    path("proposals/<int:pk>/versions/", views.proposal_versions, name="proposal_versions"),
    path("proposals/<int:pk>/restore/", views.proposal_restore, name="proposal_restore"),
    path("proposals/<int:pk>/receipt/", views.proposal_receipt, name="proposal_receipt"),
    path("proposals/<int:pk>/discard/", views.proposal_discard, name="proposal_discard"),
    path("proposals/<int:pk>/ask/<slug:kind>/", views.proposal_ask, name="proposal_ask"),
    path("proposals/<int:pk>/act/<slug:action>/", views.proposal_act, name="proposal_act"),
    path("proposals/attachments/<int:pk>/", views.proposal_attachment, name="proposal_attachment"),
    path("proposals/requests/<int:pk>/", views.request_detail, name="request_detail"),
    path("proposals/batches/", views.batch_list, name="batch_list"),
    path("proposals/batches/new/", views.batch_new, name="batch_new"),
    path("proposals/batches/<int:pk>/", views.batch_detail, name="batch_detail"),
    path("proposals/batches/<int:pk>/edit/", views.batch_edit, name="batch_edit"),
]
