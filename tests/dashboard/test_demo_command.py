"""Where the demo may be loaded, and what its words must be."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from dashboard.demo import texts
from tests import factories as make


@pytest.mark.django_db
def test_the_demo_stays_out_of_a_database_in_use():
    make.OfficeFactory()
    with pytest.raises(CommandError, match="只装入空的数据库"):
        call_command("demo")


def test_no_two_proposals_and_no_two_opinions_share_their_text():
    proposals = texts.read("proposals")["proposals"] + texts.read("last_year")["proposals"]
    opinions = texts.read("opinions")["opinions"] + texts.read("last_year")["opinions"]
    for rows in ([each["subject"] for each in proposals], [each["background"] for each in proposals],
                 [row[0] for row in opinions], [row[2] for row in opinions]):  # fmt: skip
        assert len(set(rows)) == len(rows)


def test_the_towns_plan_has_targets_and_the_eight_months():
    this = texts.read("town")["this"]
    assert set(range(2, 10)) <= {each["month"] for each in this["items"]}
    assert {each.get("type") for each in this["targets"]} >= {"study", "research", "inspection", "mediation"}
