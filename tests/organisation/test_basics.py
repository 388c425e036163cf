"""Offices, terms, named lists, code lists and rules."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from audit.models import AuditEntry
from core.errors import DomainError
from organisation import services
from organisation.models import Code, LiaisonGroup, Office, Rule, Sector, Session
from organisation.parts import KINDS
from organisation.selectors import codes, current_session, rule
from tests.factories import OfficeFactory, SessionFactory, TermFactory

pytestmark = pytest.mark.django_db
OFFICE = {"name": "北河乡联络处", "short_name": "北河乡", "kind": "township", "phone": "", "address": ""}


@pytest.fixture
def county(world):
    return world.offices["county"]


@pytest.fixture
def town(world):
    return world.offices["town"]


@pytest.fixture
def clerk(world):
    return world.people["county_staff"]


# --- offices -----------------------------------------------------------------------------------------------------
def test_codes_of_offices_follow_the_tree(clerk):
    root = services.create_office(parent=None, by=clerk, **OFFICE)
    below = [services.create_office(parent=root, by=clerk, **{**OFFICE, "name": f"第{n}处"}) for n in range(2)]
    assert [office.code for office in [root, *below]] == ["01", "0101", "0102"]


def test_two_offices_under_one_roof_differ_in_name(county, clerk):
    services.create_office(parent=county, by=clerk, **OFFICE)
    with pytest.raises(DomainError, match="同名"):
        services.create_office(parent=county, by=clerk, **OFFICE)


def test_an_office_is_closed_from_the_leaves(county, town, clerk):
    studio = OfficeFactory(parent=town)
    with pytest.raises(DomainError, match="下级"):
        services.set_office_active(office=town, active=False, by=clerk)
    services.set_office_active(office=studio, active=False, by=clerk)
    services.set_office_active(office=town, active=False, by=clerk)
    assert Office.objects.filter(is_active=True).count() == 2


def test_the_tree_page_shows_depth_and_costs_the_same_for_more_offices(sign_in, town, django_assert_max_num_queries):
    browser = sign_in("county_staff")
    with django_assert_max_num_queries(15) as few:
        browser.get(reverse("office_list"))
    OfficeFactory.create_batch(5, parent=town)
    with django_assert_max_num_queries(len(few)):
        page = browser.get(reverse("office_list"))
    assert [row["depth"] for row in page.context["rows"]] == [0, 1, 2, 2, 2, 2, 2, 1]


def test_a_new_office_hangs_below_ones_own_only(sign_in, county, town):
    browser = sign_in("staff")
    assert browser.post(reverse("office_new"), {**OFFICE, "parent": county.pk}).status_code == 422
    assert browser.post(reverse("office_new"), {**OFFICE, "parent": town.pk}).status_code == 302
    assert Office.objects.get(name=OFFICE["name"]).parent == town


def test_editing_an_office_shows_in_the_trail(sign_in, town):
    sign_in("staff").post(reverse("office_edit", args=[town.pk]), {**OFFICE, "phone": "0800-7654321"})
    entry = AuditEntry.objects.filter(action="office.update").first()
    assert entry.detail["phone"] == ["0800-1234567", "0800-7654321"] and entry.office == town.code


# --- terms and sessions ------------------------------------------------------------------------------------------
def days(starts, ends=None, plenary=None, number=1):
    opens = plenary or starts
    return {
        "number": number,
        "name": "",
        "starts": starts,
        "ends": ends,
        "plenary_starts": opens,
        "plenary_ends": opens,
    }


@pytest.fixture
def term(clerk):
    return TermFactory(
        office=OfficeFactory(), number=9, name="第九届", starts=date(2020, 1, 1), ends=date(2024, 12, 31)
    )


def test_names_are_written_from_the_numbers(term, clerk):
    assert services.save_session(term=term, values=days(date(2020, 1, 5)), by=clerk).name == "九届一次会议"
    values = {"number": 10, "name": "", "starts": date(2025, 1, 1), "ends": None}
    assert services.save_term(office=term.office, values=values, by=clerk).name == "第十届"


def test_a_new_session_ends_the_open_one_before(term, clerk):
    first = services.save_session(term=term, values=days(date(2020, 1, 5)), by=clerk)
    services.save_session(term=term, values=days(date(2021, 1, 5), number=2), by=clerk)
    first.refresh_from_db()
    assert first.ends == date(2021, 1, 4)
    assert current_session(term.office, date(2021, 1, 4)) == first


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (date(2020, 12, 31), date(2021, 3, 1)),
        (date(2020, 3, 1), date(2020, 4, 1)),
        (date(2020, 1, 1), date(2020, 1, 5)),
        (date(2020, 1, 1), None),
        (date(2020, 1, 1), date(2021, 6, 1)),
    ],
    ids=["last day", "inside", "first day", "open end", "around"],
)
def test_sessions_do_not_overlap(term, clerk, starts, ends):
    services.save_session(term=term, values=days(date(2020, 1, 5), date(2020, 12, 31)), by=clerk)
    with pytest.raises(DomainError, match="重叠") as refused:
        services.save_session(term=term, values=days(starts, ends, number=2), by=clerk)
    assert refused.value.field == "starts" and Session.objects.filter(term=term).count() == 1


def test_sessions_of_two_terms_of_one_committee_do_not_overlap_either(term, clerk):
    services.save_session(term=term, values=days(date(2024, 1, 5), date(2024, 12, 31)), by=clerk)
    later = TermFactory(office=term.office, number=10, starts=date(2024, 6, 1))
    with pytest.raises(DomainError, match="重叠"):
        services.save_session(term=later, values=days(date(2024, 12, 1)), by=clerk)
    other = TermFactory(office=OfficeFactory(), number=10, starts=date(2024, 6, 1))
    assert services.save_session(term=other, values=days(date(2024, 12, 1)), by=clerk)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (days(date(2019, 12, 31)), "超出了第九届"),
        (days(date(2024, 5, 1), date(2025, 1, 1)), "超出了第九届"),
        (days(date(2020, 2, 1), plenary=date(2020, 1, 15)), "全会日期要在"),
        (days(date(2020, 2, 1), date(2020, 3, 1), plenary=date(2020, 4, 1)), "全会日期要在"),
        ({**days(date(2020, 2, 1)), "plenary_ends": date(2020, 1, 1)}, "闭幕日期"),
        (days(date(2020, 2, 1), date(2020, 1, 20)), "截止日期不能早于|全会日期"),
    ],
)
def test_dates_must_make_sense(term, clerk, values, sentence):
    with pytest.raises(DomainError, match=sentence):
        services.save_session(term=term, values=values, by=clerk)


def test_numbers_are_used_once(term, clerk):
    services.save_session(term=term, values=days(date(2020, 1, 5), date(2020, 12, 31)), by=clerk)
    with pytest.raises(DomainError, match="已经有了"):
        services.save_session(term=term, values=days(date(2021, 1, 5)), by=clerk)


def test_a_session_may_be_corrected_in_place(term, clerk):
    first = services.save_session(term=term, values=days(date(2020, 1, 5), date(2020, 12, 31)), by=clerk)
    services.save_session(term=term, values=days(date(2020, 1, 6), date(2020, 12, 30)), by=clerk, session=first)
    assert Session.objects.get(term=term).starts == date(2020, 1, 6)


def test_the_page_tells_an_overlap_at_its_field(sign_in, world):
    SessionFactory(term=world["term"], number=4, starts=date(2025, 1, 1), ends=date(2025, 12, 31),
                   plenary_starts=date(2025, 1, 5), plenary_ends=date(2025, 1, 8))  # fmt: skip
    values = {name: str(value or "") for name, value in days(date(2025, 6, 1), date(2025, 7, 1), number=6).items()}
    page = sign_in("county_staff").post(reverse("session_new", args=[world["term"].pk]), values)
    assert page.status_code == 409 and "重叠" in page.content.decode()


# --- named lists -------------------------------------------------------------------------------------------------
def test_a_name_stands_once_in_a_list(county, clerk):
    with pytest.raises(DomainError, match="已有名为“经济界”"):
        services.save_part(kind=KINDS["sector"], office=county, values={"name": "经济界", "order": 2}, by=clerk)


def test_entries_are_switched_off_not_deleted(sign_in, world):
    sign_in("county_staff").post(reverse("sector_toggle", args=[world["sector"].pk]))
    assert not Sector.objects.get(pk=world["sector"].pk).is_active
    assert AuditEntry.objects.filter(action="sector.deactivate").exists()


def test_township_staff_keep_their_groups_and_read_the_rest(sign_in, world, town):
    browser = sign_in("staff")
    browser.post(reverse("group_new"), {"name": "第二组", "order": "2", "office": town.pk})
    assert LiaisonGroup.objects.filter(office=town, name="第二组").exists()
    page = browser.get(reverse("sector_list")).content.decode()
    assert "经济界" in page and "由县政协维护" in page and "toggle" not in page


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_named_list_costs_the_same_for_more_rows(sign_in, county, kind, django_assert_max_num_queries):
    browser, model = sign_in("county_staff"), KINDS[kind].model
    model.objects.create(office=county, name="甲", order=1)
    with django_assert_max_num_queries(15) as few:
        browser.get(reverse(f"{kind}_list"))
    model.objects.bulk_create(model(office=county, name=f"乙{n}", order=n) for n in range(5))
    with django_assert_max_num_queries(len(few)):
        assert "乙4" in browser.get(reverse(f"{kind}_list")).content.decode()


# --- code lists --------------------------------------------------------------------------------------------------
def labels(office=None, on=None):
    return [code.label for code in codes("test_kind", office, on)]


def test_an_office_sees_the_shipped_entries_those_above_and_its_own(world, county, town):
    Code.objects.create(kind="test_kind", code="c", label="县里的", starts=date(2020, 1, 1), office=county)
    assert set(labels(town)) == {"预设条目", "自定条目", "县里的"}
    assert set(labels(world.offices["street"])) == {"预设条目", "县里的"}
    assert labels() == ["预设条目"]


def test_entries_hold_between_their_days(world, town, clerk):
    code = world["code.own"]
    services.update_code(code=code, label="自定条目", order=1, ends=date(2026, 6, 30), by=clerk)
    assert "自定条目" in labels(town, date(2026, 6, 30))
    assert "自定条目" not in labels(town, date(2026, 7, 1))
    assert "自定条目" not in labels(town, date(2025, 12, 31))


def test_a_code_is_made_up_when_none_is_given(county, clerk):
    made = [
        services.add_code(kind="test_kind", office=county, label=f"新{n}", starts=date(2026, 1, 1), by=clerk)
        for n in range(3)
    ]
    assert len({code.code for code in made}) == 3 and made[0].order < made[1].order < made[2].order


@pytest.mark.parametrize(("label", "code", "field"), [("自定条目", "", "label"), ("别的", "b", "code")])
def test_an_entry_stands_once_in_a_list(world, town, clerk, label, code, field):
    with pytest.raises(DomainError) as refused:
        services.add_code(kind="test_kind", office=town, label=label, code=code, starts=date(2026, 2, 1), by=clerk)
    assert refused.value.field == field


def test_ending_before_the_start_is_refused(world, clerk):
    with pytest.raises(DomainError, match="不能早于"):
        services.update_code(code=world["code.own"], label="x", order=1, ends=date(2025, 1, 1), by=clerk)


# --- rules -------------------------------------------------------------------------------------------------------
def put(value, starts, office=None):
    return Rule.objects.create(key="test.days", value=value, starts=starts, office=office)


def test_the_newest_value_that_has_begun_counts(world):
    put(15, date(2026, 3, 1))
    put(20, date(2099, 1, 1))
    assert rule("test.days", on=date(2026, 2, 28)) == 10
    assert rule("test.days", on=date(2026, 3, 1)) == 15
    assert rule("test.days", on=date(2099, 1, 1)) == 20


def test_the_own_value_beats_the_upper_one_and_that_the_shipped_one(world, county, town):
    put(12, date(2026, 1, 1), county)
    assert rule("test.days", town, date(2026, 2, 1)) == 12
    put(8, date(2025, 1, 1), town)
    assert rule("test.days", town, date(2026, 2, 1)) == 8, "even when the upper value is newer"
    assert rule("test.days", world.offices["street"], date(2026, 2, 1)) == 12
    assert rule("test.days", town, date(2024, 1, 1)) == 10


def test_an_unknown_rule_is_a_programming_error(world):
    with pytest.raises(KeyError, match=r"no\.such"):
        rule("no.such")


def test_a_value_of_the_same_day_is_corrected_with_the_old_one_in_the_trail(county, clerk):
    for value in (7, 9):
        services.set_rule(key="test.days", office=county, value=value, starts=date(2026, 1, 1), note="通知", by=clerk)
    assert Rule.objects.get(key="test.days", office=county).value == 9
    assert AuditEntry.objects.get(action="rule.update").detail["value"] == ["7", "9"]


@pytest.mark.parametrize("value", ["9", True, [9]])
def test_a_value_of_another_type_is_refused(county, clerk, value):
    with pytest.raises(DomainError, match="形式"):
        services.set_rule(key="test.days", office=county, value=value, starts=date(2026, 1, 1), note="", by=clerk)


def test_the_rule_page_shows_the_history_and_takes_the_next_value(sign_in, town):
    browser, url = sign_in("staff"), reverse("rule_detail", args=["test.days"])
    assert "今天有效" in browser.get(url).content.decode()
    values = {"value": "6", "office": town.pk, "starts": "2026-01-01", "note": "镇办通知"}
    assert browser.post(url, values).status_code == 302
    assert rule("test.days", town, date(2026, 1, 1)) == 6
    assert browser.post(url, {**values, "value": "六"}).status_code == 422


@pytest.mark.parametrize("value", [True, 2.5, "文字", ["甲", "乙"], {"常委": [2]}])
def test_rules_of_every_type_can_be_edited(sign_in, county, value):
    Rule.objects.create(key="test.kind", value=value, starts=date(2000, 1, 1))
    browser, url = sign_in("county_staff"), reverse("rule_detail", args=["test.kind"])
    shown = browser.get(url).context["form"]["value"].value()
    answer = browser.post(url, {"value": shown, "office": county.pk, "starts": "2026-01-01", "note": "不变"})
    assert answer.status_code == 302 and rule("test.kind", county) == value


def test_a_table_is_edited_field_by_field_under_its_chinese_names(sign_in, county):
    browser, url = sign_in("county_staff"), reverse("rule_detail", args=["proposal.min_chars"])
    fields = browser.get(url).context["form"].fields
    assert fields["value_background"].label == "背景（字）"
    values = {"value_background": 30, "value_analysis": 40, "value_suggestions": 50}
    browser.post(url, {**values, "office": county.pk, "starts": "2026-01-01", "note": "通知"})
    assert rule("proposal.min_chars", county) == {"background": 30, "analysis": 40, "suggestions": 50}
    assert "背景 30 字" in browser.get(reverse("rule_list")).content.decode()


def test_new_entries_continue_the_numbers(sign_in, world):
    browser = sign_in("county_staff")
    session = browser.get(reverse("session_new", args=[world["term"].pk])).context["form"]
    assert session["number"].value() == 6
    assert browser.get(reverse("sector_new")).context["form"]["order"].value() == 1
