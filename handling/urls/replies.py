"""Contacts, replies, opinions of co-handling units, satisfaction."""

from __future__ import annotations

from typing import Any

from django.urls import path

from handling.views import contacts, feedback, replies

urlpatterns: list[Any] = [
    path("replies/", replies.reply_list, name="reply_list"),
    path("replies/<int:pk>/", replies.reply_detail, name="reply_detail"),
    path("replies/<int:pk>/act/<slug:action>/", replies.reply_act, name="reply_act"),
    path("replies/<int:pk>/decide/<slug:decision>/", replies.reply_decide, name="reply_decide"),
    path("replies/<int:pk>/versions/", replies.reply_versions, name="reply_versions"),
    path("replies/<int:pk>/restore/", replies.reply_restore, name="reply_restore"),
    path("replies/<int:pk>/feedback/", feedback.feedback_give, name="feedback_give"),
    path("replies/<int:pk>/feedback/<int:proposer>/", feedback.feedback_paper, name="feedback_paper"),
    path("reply-files/<int:pk>/", replies.reply_file, name="reply_file"),
    path("assignments/<int:pk>/reply/", replies.reply_write, name="reply_write"),
    path("assignments/<int:pk>/contacts/", contacts.contact_list, name="contact_list"),
    path("contacts/<int:pk>/photo/", contacts.contact_photo, name="contact_photo"),
    path("contacts/<int:pk>/drop/", contacts.contact_drop, name="contact_drop"),
    path("feedback/mine/", feedback.feedback_mine, name="feedback_mine"),
    path("feedback/<int:pk>/sheet/", feedback.feedback_sheet, name="feedback_sheet"),
    path("f/<str:token>/", feedback.feedback_link, name="feedback_link"),
]
