from __future__ import annotations

from typing import Any

from django.urls import path

from supervision.views import elections, exchange, key_cases, lookback, publication

KEY_CASES = [
    path("key-proposals/", key_cases.key_case_list, name="key_case_list"),
    path("key-proposals/of/<int:pk>/", key_cases.key_case_new, name="key_case_new"),
    path("key-proposals/<int:pk>/", key_cases.key_case, name="key_case"),
    path("key-proposals/<int:pk>/edit/", key_cases.key_case_edit, name="key_case_edit"),
    path("key-proposals/<int:pk>/records/new/", key_cases.key_record_new, name="key_record_new"),
    path("key-proposals/<int:pk>/tasks/new/", key_cases.key_task_new, name="key_task_new"),
    path("key-proposals/<int:pk>/act/<slug:action>/", key_cases.key_case_act, name="key_case_act"),
    path("key-proposals/tasks/<int:pk>/<slug:action>/", key_cases.key_task_act, name="key_task_act"),
    path("key-proposals/files/<int:pk>/", key_cases.key_file, name="key_file"),
]
LOOK_BACK = [
    path("look-backs/", lookback.look_back_list, name="look_back_list"),
    path("look-backs/cases/", lookback.look_back_cases, name="look_back_cases"),
    path("look-backs/new/", lookback.look_back_new, name="look_back_new"),
    path("look-backs/<int:pk>/", lookback.look_back, name="look_back"),
    path("look-backs/<int:pk>/edit/", lookback.look_back_edit, name="look_back_edit"),
    path("look-backs/<int:pk>/add/", lookback.look_back_add, name="look_back_add"),
    path("look-backs/<int:pk>/act/<slug:action>/", lookback.look_back_act, name="look_back_act"),
    path("look-backs/cases/<int:pk>/", lookback.look_back_finding, name="look_back_finding"),
    path("look-backs/cases/<int:pk>/remove/", lookback.look_back_remove, name="look_back_remove"),
    path("look-backs/cases/<int:pk>/file/", lookback.look_back_file, name="look_back_file"),
]
ELECTIONS = [
    path("elections/", elections.election_list, name="election_list"),
    path("elections/new/", elections.election_new, name="election_new"),
    path("elections/<int:pk>/", elections.election, name="election"),
    path("elections/<int:pk>/edit/", elections.election_edit, name="election_edit"),
    path("elections/<int:pk>/nominate/", elections.election_nominate, name="election_nominate"),
    path("elections/<int:pk>/vote/", elections.election_vote, name="election_vote"),
    path("elections/<int:pk>/count/", elections.election_count, name="election_count"),
    path("elections/<int:pk>/act/<slug:action>/", elections.election_act, name="election_act"),
    path("elections/nominations/<int:pk>/retract/", elections.election_retract, name="election_retract"),
]
PUBLICATION = [
    path("publication/", publication.publication_list, name="publication_list"),
    path("publication/clear/", publication.publication_clear, name="publication_clear"),
    path("publication/<int:pk>/", publication.publication_edit, name="publication_edit"),
    path("public/proposals/", publication.public_proposals, name="public_proposals"),
    path("public/proposals/<int:pk>/", publication.public_proposal, name="public_proposal"),
]
EXCHANGE = [
    path("exchange/", exchange.exchange_list, name="exchange_list"),
    path("exchange/export/", exchange.exchange_export, name="exchange_export"),
    path("exchange/import/", exchange.exchange_import, name="exchange_import"),
    path("exchange/<int:pk>/", exchange.exchange_detail, name="exchange_detail"),
    path("exchange/<int:pk>/apply/", exchange.exchange_apply, name="exchange_apply"),
    path("exchange/<int:pk>/file/", exchange.exchange_file, name="exchange_file"),
]

urlpatterns: list[Any] = [*KEY_CASES, *LOOK_BACK, *ELECTIONS, *PUBLICATION, *EXCHANGE]
