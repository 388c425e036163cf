from django.urls import path

from calls.views import calls, entries, judging

urlpatterns = [
    path("calls/", calls.call_list, name="call_list"),
    path("calls/new/", calls.call_new, name="call_new"),
    path("calls/<int:pk>/", calls.call_detail, name="call_detail"),
    path("calls/<int:pk>/edit/", calls.call_edit, name="call_edit"),
    path("calls/<int:pk>/discard/", calls.call_discard, name="call_discard"),
    path("calls/<int:pk>/act/<slug:action>/", calls.call_act, name="call_act"),
    path("calls/<int:pk>/results/", calls.call_results, name="call_results"),
    path("calls/<int:pk>/book/", calls.call_book, name="call_book"),
    path("calls/<int:pk>/judges/", judging.call_judges, name="call_judges"),
    path("calls/<int:pk>/scores/", judging.call_scores, name="call_scores"),
    path("calls/<int:pk>/awards/", judging.call_awards, name="call_awards"),
    path("calls/<int:pk>/write/", entries.entry_new, name="entry_new"),
    path("entries/", entries.entry_list, name="entry_list"),
    path("entries/mine/", entries.entry_mine, name="entry_mine"),
    path("entries/<int:pk>/", entries.entry_detail, name="entry_detail"),
    path("entries/<int:pk>/edit/", entries.entry_edit, name="entry_edit"),
    path("entries/<int:pk>/receipt/", entries.entry_receipt, name="entry_receipt"),
    path("entries/<int:pk>/file/", entries.entry_file, name="entry_file"),
    path("entries/<int:pk>/discard/", entries.entry_discard, name="entry_discard"),
    path("entries/<int:pk>/act/<slug:action>/", entries.entry_act, name="entry_act"),
    path("entries/<int:pk>/hand-over/<slug:receiver>/", entries.entry_hand_over, name="entry_hand_over"),
]
