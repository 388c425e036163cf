"""Minutes: each saving is a version, two are compared, an old one comes back as a new one; outlines of the types."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from activities import services, type_needs
from activities.models import TypeNeeds
from core import textversions
from core.errors import Conflict
from core.textdiff import pieces
from tests.factories import ActivityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(office):
    return ActivityFactory(office=office, state="held", minutes="")


def written(minutes="", outcome="", **more):
    empty = dict.fromkeys(("hours", "households", "copies", "amount"))
    return {**empty, "minutes": minutes, "outcome": outcome, **more}


@pytest.fixture
def save(held, clerk):
    """`save("text")` writes the minutes."""
    return lambda text, **more: services.save_results(
        by=clerk, activity=held, version=None, values=written(text, **more)
    )


def test_each_saving_with_a_change_is_a_version(held, save, clerk):
    save("九时集合。")
    save("九时集合。")
    save("九时集合，查看河道。")
    versions = list(textversions.of(held))
    assert [each.number for each in versions] == [2, 1]
    assert versions[0].texts == {"minutes": "九时集合，查看河道。", "outcome": ""}
    assert versions[0].author == clerk


def test_what_was_written_before_versions_is_not_lost(office, clerk):
    old = ActivityFactory(office=office, state="held", minutes="旧记录")
    services.save_results(by=clerk, activity=old, version=None, values=written("新记录"))
    assert [each.texts["minutes"] for each in textversions.of(old)] == ["新记录", "旧记录"]


def test_the_page_shows_what_went_and_what_came(held, save, clerk, browser):
    save("九时集合。")
    save("十时集合。")
    page = browser(clerk).get(reverse("minutes_versions", args=[held.pk])).content.decode()
    assert '<del><span class="visually-hidden">删去：</span>九</del>' in page and "增加：</span>十</ins>" in page


def test_an_old_version_comes_back_as_the_newest(held, save, clerk, browser):
    save("第一稿", copies=3)
    save("第二稿", copies=3)
    held.refresh_from_db()
    url = reverse("minutes_restore", args=[held.pk])
    browser(clerk).post(url, {"number": "1", "version": str(held.version)})
    held.refresh_from_db()
    newest = textversions.of(held).first()
    assert (held.minutes, held.copies) == ("第一稿", 3)
    assert (newest.number, newest.note) == (3, "恢复第 1 版")


def test_restoring_over_what_somebody_just_saved_is_a_conflict(held, save, clerk):
    save("第一稿")
    save("第二稿")
    with pytest.raises(Conflict):
        services.restore_texts(by=clerk, activity=held, number=1, version=1)


def test_versions_are_append_only(held, save):
    save("第一稿")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        textversions.of(held).update(note="改过")


def test_pieces_put_together_are_the_two_texts():
    before, after = "一、议题\n二、发言\n" * 400, "一、议题\n二、主要发言\n" * 400
    woven = pieces(before, after)
    assert "".join(text for how, text in woven if how != "ins") == before
    assert "".join(text for how, text in woven if how != "del") == after


# --- outline and results -----------------------------------------------------------------------------------------
def set_skeleton(kind, text):
    TypeNeeds.objects.update_or_create(type=kind, defaults={"skeleton": text, "evidence": ["minutes"]})


def test_the_outline_of_the_type_is_offered_and_alone_it_is_no_record(held, clerk, browser):
    set_skeleton(held.type, "一、协商议题\n\n二、发言摘要\n")
    url = reverse("activity_minutes", args=[held.pk])
    page = browser(clerk).get(url)
    assert "二、发言摘要" in page.context["form"]["minutes"].value()
    browser(clerk).post(url, {"minutes": "一、协商议题\r\n\r\n二、发言摘要", "version": page.context["form_version"]})
    held.refresh_from_db()
    assert held.minutes == ""


def test_shipped_types_have_their_outline(db):
    consultation = TypeNeeds.objects.get(type__code="consultation")
    assert "领导回应" in consultation.skeleton and consultation.report_days == 7
    type_needs.install()
    assert TypeNeeds.objects.filter(type__code="consultation").count() == 1


def test_further_results_are_saved_and_shown(held, clerk, browser):
    url = reverse("activity_minutes", args=[held.pk])
    browser(clerk).post(url, {"minutes": "记录", "kind_0": "pairs", "value_0": "13"})
    assert held.quantities.get().value == 13
    page = browser(clerk).get(held.get_absolute_url()).content.decode()
    assert "结成帮扶对子（对）" in page and "13" in page


def test_a_result_without_its_number_is_asked_for(held, clerk, browser):
    answer = browser(clerk).post(reverse("activity_minutes", args=[held.pk]), {"kind_0": "pairs"})
    assert answer.status_code == 422 and "请填写数量" in answer.content.decode()
