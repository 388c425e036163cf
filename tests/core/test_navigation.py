"""What the menu and the phone's bar offer to whom."""

import pytest

from core import navigation


def bar(user):
    return [item.label for item in navigation.menu(user, "/")[1]]


@pytest.mark.django_db
def test_a_member_has_writing_activities_and_the_own_record_first(world):
    """In large type only the first four have room."""
    assert bar(world.people["owner"])[:4] == ["写提案", "报民意", "活动", "履职"]


@pytest.mark.django_db
def test_the_menu_keeps_the_order_of_the_work(world):
    groups, _ = navigation.menu(world.people["staff"], "/")
    labels = [item.label for group in groups for item in group.items]
    assert labels.index("年度计划") < labels.index("活动")
