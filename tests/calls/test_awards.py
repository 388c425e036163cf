"""Points, prizes, publishing, and the figures made of them (domain.md R06, R11)."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from calls import selectors, services
from calls.measures import SUBMISSIONS
from calls.models import Call, Entry
from calls.services import Award
from core.clock import Span, today
from core.errors import Denied, DomainError
from members.dossier import sections
from notices.models import Notice
from plans.asking import Ask, ask
from plans.enums import Metric
from plans.measures import Window
from tests.calls.objects import call, entry

pytestmark = pytest.mark.django_db
THIS_YEAR = Span.year(today().year)


@pytest.fixture
def judging(world):
    return world["call.judging"]


@pytest.fixture
def entries(judging, world):
    """Three texts of three members."""
    return [entry(judging, world[f"member.{key}"], title=key) for key in ("owner", "colleague", "stranger")]


def told(person):
    return " ".join(Notice.objects.filter(recipient=person).values_list("text", flat=True))


def awards(**given):
    return {pk: Award(*each) for pk, each in given.items()}


def test_a_judge_gives_points_and_the_office_sees_the_average(sign_in, judging, entries, world):
    judging.judges.add(world.people["leader"])
    url = reverse("call_scores", args=[judging.pk])
    sign_in("head").post(url, {f"points_{entries[0].pk}": "90"})
    sign_in("leader").post(url, {f"points_{entries[0].pk}": "85", f"remark_{entries[0].pk}": "扎实"})
    page = sign_in("staff").get(reverse("call_awards", args=[judging.pk])).content.decode()
    assert "平均 87.5 分" in page
    assert "扎实" not in sign_in("head").get(url).content.decode().split("<main")[1]


def test_points_stay_within_the_rule(judging, entries, world):
    with pytest.raises(DomainError, match="0 到 100"):
        services.score(call=judging, points={entries[0].pk: (Decimal(101), "")}, by=world.people["head"])
    with pytest.raises(Denied, match="不是这次征集的评委"):
        services.score(call=judging, points={}, by=world.people["staff"])


def test_only_people_who_may_see_the_texts_can_judge(judging, world):
    with pytest.raises(DomainError, match="评委要从"):
        services.set_judges(call=judging, judges=[world.people["owner"]], by=world.people["staff"])


def test_prizes_stay_secret_until_they_are_published(sign_in, judging, entries, world):
    first, second, _ = entries
    data = {f"prize_{first.pk}": "first", f"presented_{first.pk}": "oral", f"prize_{second.pk}": "merit",
            "group_organisation": "第一联络组\n第三联络组"}  # fmt: skip
    sign_in("staff").post(reverse("call_awards", args=[judging.pk]), data)
    hidden = sign_in("owner").get(first.get_absolute_url()).content.decode()
    assert "一等奖" not in hidden and "口头发言" not in hidden and "已采用" not in hidden
    assert "一等奖" in sign_in("staff").get(judging.get_absolute_url()).content.decode()
    assert sign_in("owner").get(reverse("call_results", args=[judging.pk])).status_code == 403
    sign_in("staff").post(reverse("call_act", args=[judging.pk, "publish"]), {"rest": "reject"})
    page = sign_in("owner").get(reverse("call_results", args=[judging.pk])).content.decode()
    assert "一等奖" in page and "第三联络组" in page and "口头发言" in page
    assert "获得一等奖" in told(world.people["owner"]) and "没有入选" in told(world.people["stranger"])


def test_publishing_can_take_all_the_others_as_they_are(judging, entries, world):
    services.publish(call=judging, rest="accept", by=world.people["staff"])
    assert set(judging.entries.values_list("state", flat=True)) == {"accepted"}
    assert [level.label for level in selectors.levels(judging)] == []


def test_a_published_result_is_corrected_with_a_reason(sign_in, world):
    done = world["call.published"]
    url = reverse("call_act", args=[done.pk, "correct"])
    sign_in("staff").post(url, {})
    assert Call.objects.get(pk=done.pk).state == "published"
    sign_in("staff").post(url, {"reason": "名次登记有误"})
    assert Call.objects.get(pk=done.pk).state == "judging"
    services.award(call=done, awards={world["entry.prized"].pk: Award()}, groups={}, by=world.people["staff"])
    assert Entry.objects.get(pk=world["entry.prized"].pk).prize == ""


def test_a_reconsidered_text_has_no_prize(judging, entries, world):
    staff = world.people["staff"]
    services.decide(entry=entries[0], step="accept", by=staff)
    services.award(call=judging, awards={entries[0].pk: Award("first", "oral")}, groups={}, by=staff)
    services.decide(entry=entries[0], step="reconsider", by=staff)
    found = Entry.objects.get(pk=entries[0].pk)
    assert (found.state, found.prize, found.presented, found.decided_at) == ("submitted", "", "", None)


def test_an_unknown_prize_is_refused(judging, entries, world):
    with pytest.raises(DomainError, match="没有这个奖项"):
        services.award(call=judging, awards={entries[0].pk: Award("grand")}, groups={}, by=world.people["staff"])


def test_the_results_as_a_workbook(sign_in, world):
    response = sign_in("owner").get(reverse("call_results", args=[world["call.published"].pk]), {"export": "xlsx"})
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)
    assert rows[1][:3] == ("一等奖", "办好村级文化站", world["member.owner"].name)


# --- figures ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def year(judging, entries, world):
    """A contest with two prizes, a group prize and two presentations, published."""
    first, second, _ = entries
    given = {first.pk: Award("first", "oral"), second.pk: Award("merit", "written")}
    services.award(call=judging, awards=given, groups={"organisation": "第一联络组"}, by=world.people["staff"])
    services.publish(call=judging, rest="reject", by=world.people["staff"])
    Entry.objects.exclude(call=judging).delete()
    world["entry.judging"].delete()
    return world.offices["town"]


def test_figures_of_a_year(year):
    found = selectors.year_figures({year.pk}, THIS_YEAR)
    assert (found.entries, found.accepted, found.awarded) == (3, 2, 2)
    assert (found.oral, found.written, found.presented) == (1, 1, 2)
    assert [(each.label, each.total) for each in found.by_prize] == [("一等奖", 1), ("优秀奖", 1)]
    assert [(each.label, each.total) for each in found.by_group_prize] == [("组织奖", 1)]
    assert [(each.label, each.total, each.done) for each in found.by_kind] == [("征文", 3, 2)]


@pytest.mark.parametrize(
    ("filters", "count"),
    [((), 3), ((("stage", "awarded"),), 2), ((("stage", "awarded"), ("prize", "first")), 1),
     ((("stage", "accepted"), ("presented", "written")), 1), ((("kind", "plenary_speech"),), 0)],
)  # fmt: skip
def test_a_figure_leads_to_exactly_its_records(filters, count, year, sign_in):
    window = Window(frozenset({year.pk}), THIS_YEAR, filters)
    counted = set(SUBMISSIONS.records(window).values_list("pk", flat=True))
    shown = {row.record.pk for row in sign_in("staff").get(SUBMISSIONS.url(window)).context["table"].rows}
    assert shown == counted and len(counted) == SUBMISSIONS.parts(window).count() == count


def test_the_file_of_a_member(year, world):
    content = sections.get("calls").content(world["member.owner"], world.people["staff"], today().year)
    assert [(each.label, each.value) for each in content.figures] == [("提交稿件", 1), ("获奖", 1), ("会上交流", 1)]
    assert content.records[0].cells[3] == "一等奖，口头发言"


def test_lists_cost_the_same_with_more_rows(sign_in, world, django_assert_max_num_queries):
    for name, person in (
        ("call_list", "staff"),
        ("entry_list", "staff"),
        ("entry_mine", "owner"),
        ("call_list", "owner"),
    ):
        browser = sign_in(person)
        browser.get(reverse(name))
        with django_assert_max_num_queries(15) as few:
            browser.get(reverse(name))
        [entry(call(world.offices["town"]), world["member.owner"]) for _ in range(3)]
        with django_assert_max_num_queries(len(few)):
            browser.get(reverse(name))


def test_one_call_costs_the_same_with_more_texts(sign_in, world, judging, django_assert_max_num_queries):
    browser = sign_in("staff")
    paths = [reverse(name, args=[judging.pk]) for name in ("call_detail", "call_awards", "call_results")]
    for path in paths:
        browser.get(path)
        with django_assert_max_num_queries(25) as few:
            browser.get(path)
        [entry(judging, world["member.owner"], state="accepted", prize="merit") for _ in range(3)]
        with django_assert_max_num_queries(len(few)):
            browser.get(path)


def test_the_compilation_has_the_prized_texts_first(judging, entries, world, sign_in):
    _, second, third = entries
    given = {second.pk: Award("first"), third.pk: Award("merit")}
    services.award(call=judging, awards=given, groups={}, by=world.people["staff"])
    html = sign_in("staff").get(reverse("call_book", args=[judging.pk])).content.decode()
    assert html.index(">colleague<") < html.index(">stranger<") and ">owner<" not in html


def test_a_plan_counts_texts_authors_and_prizes(year):
    asked = [Ask("submissions"), Ask("submissions", Metric.MEMBERS)]
    asked += [Ask("submissions", filters={"stage": "awarded"}), Ask("submissions", filters={"presented": "oral"})]
    found = ask(asked, {year.pk}, THIS_YEAR)
    assert [(each.value, each.unit) for each in found] == [(3, "篇"), (3, "人"), (2, "篇"), (1, "篇")]


def test_the_second_clerk_who_awards_is_told(sign_in, judging, entries):
    url = reverse("call_awards", args=[judging.pk])
    sign_in("staff").post(url, {f"prize_{entries[0].pk}": "first", "version": "1"})
    second = sign_in("head").post(url, {f"prize_{entries[0].pk}": "third", "version": "1"})
    assert second.status_code == 409 and Entry.objects.get(pk=entries[0].pk).prize == "first"
