"""Findings: every step by the workflow, instructions for few eyes, overdue ones found, figures equal to their lists."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.enums import FindingState
from activities.models import Finding, ReportDuty
from activities.services import findings as act
from activities.todos import followup as todos_records
from activities.workflow.findings import FLOW
from core.clock import Span, today
from core.errors import Denied, DomainError, StateChanged
from plans.measures import Window, measures
from tests.activities.test_pages import queries_of
from tests.factories import ActivityFactory, PostingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(office):
    return ActivityFactory(office=office, state="held", title="视察河道治理")


@pytest.fixture
def note(held, clerk):
    """`note()` → a new finding of today."""

    def make(text="桥面破损", **more):
        values = {"kind": "problem", "text": text, "proposed": "尽快修复", "unit_name": "县交通局",
                  "noted_on": today()}  # fmt: skip
        return act.add_finding(by=clerk, activity=more.pop("activity", held), values={**values, **more})

    return make


INSTRUCTION = {"leader": "陈明", "duty": "副县长", "text": "请交通局限期整改。", "restricted": True}


def take(finding, name, by):
    """The transition with the least it asks for."""
    extra = {
        "send_up": {"sent_to": "党委、政府", "sent_on": today()},
        "instruct": {"values": {**INSTRUCTION, "on": today()}},
        "hand_over": {"unit_name": "县交通局", "due_on": today()},
        "implement": {"resolved_on": today(), "result": "已修复"},
    }
    if name in extra:
        return getattr(act, name)(by=by, finding=finding, **extra[name])
    return act.step_finding(by=by, finding=finding, action=name, reason="情况如此")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(FLOW.transitions)), max_size=7))
def test_no_sequence_leaves_the_table(note, clerk, names):
    finding = note()
    for name in names:
        legal = finding.state in FLOW.transitions[name].sources
        try:
            take(finding, name, clerk)
            assert legal and finding.state == FLOW.transitions[name].target
        except StateChanged:
            assert not legal
    assert finding.state in FindingState.values


def test_the_whole_way(note, clerk):
    finding = note()
    for name in ("send_up", "instruct", "hand_over", "implement", "close"):
        take(finding, name, clerk)
    finding.refresh_from_db()
    assert (finding.state, finding.sent_to, finding.result) == ("closed", "党委、政府", "已修复")
    assert finding.noted_on == finding.sent_on == finding.instructed_on == finding.resolved_on == today()


def test_the_wording_is_fixed_once_it_is_sent(note, clerk):
    finding = note()
    take(finding, "send_up", clerk)
    with pytest.raises(Denied, match="不能再修改"):
        act.update_finding(by=clerk, finding=finding, version=None, values={})


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [("send_up", {"sent_to": "党委", "sent_on": today() + timedelta(1)}, "不能晚于今天"),
     ("send_up", {"sent_to": "党委", "sent_on": today() - timedelta(400)}, "不能早于提出日期"),
     ("hand_over", {"unit_name": "县交通局", "due_on": today() - timedelta(1)}, "不能早于今天")],
)  # fmt: skip
def test_impossible_days_are_refused(note, clerk, name, values, words):
    with pytest.raises(DomainError, match=words):
        getattr(act, name)(by=clerk, finding=note(), **values)


def test_another_office_cannot_step(note):
    stranger = PostingFactory(role="staff").user
    with pytest.raises(Denied):
        take(note(), "send_up", stranger)


# --- instructions ------------------------------------------------------------------------------------------------
def page(browser, user, finding):
    return browser(user).get(finding.get_absolute_url()).content.decode()


def test_a_restricted_instruction_is_for_the_office_and_leaders(note, clerk, office, browser):
    finding = note()
    take(finding, "instruct", clerk)
    office.parent = parent = PostingFactory(role="staff").office
    office.save()
    above = PostingFactory(office=parent, role="staff").user
    leader = PostingFactory(office=parent, role="leader").user
    assert ["请交通局限期整改" in page(browser, user, finding) for user in (clerk, above, leader)] == [
        True,
        False,
        True,
    ]
    assert "限阅" in page(browser, above, finding)


def test_a_report_that_was_sent_takes_its_instruction(held, clerk, browser):
    duty = ReportDuty.objects.create(activity=held, addressee="党委、政府", due_on=today(), sent_on=today())
    url = f"{reverse('finding_create', args=[held.pk])}?duty={duty.pk}"
    assert "视察河道治理报告" in browser(clerk).get(url).context["form"]["text"].value()
    browser(clerk).post(url, {"kind": "suggestion", "text": "《视察河道治理报告》所提意见建议。"})
    finding = held.findings.get()
    assert (finding.state, finding.sent_to, finding.sent_on) == ("sent_up", "党委、政府", today())
    take(finding, "instruct", clerk)
    assert finding.state == "instructed"


def test_a_later_instruction_keeps_the_day_of_the_first(note, clerk):
    finding = note(noted_on=today() - timedelta(9))
    act.instruct(by=clerk, finding=finding, values={**INSTRUCTION, "on": today() - timedelta(5)})
    act.add_instruction(by=clerk, finding=finding, values={**INSTRUCTION, "on": today()})
    finding.refresh_from_db()
    assert finding.instructed_on == today() - timedelta(5) and finding.instructions.count() == 2


# --- follow-up ---------------------------------------------------------------------------------------------------
def handed_over(note, clerk, days):
    finding = note()
    take(finding, "hand_over", clerk)
    Finding.objects.filter(pk=finding.pk).update(due_on=today() + timedelta(days))
    return finding


def test_overdue_ones_wait_in_the_list_and_for_staff(note, clerk, browser):
    late, _ = handed_over(note, clerk, -1), handed_over(note, clerk, 1)
    todo = todos_records.waiting(clerk)[0]
    answer = browser(clerk).get(todo.url)
    assert todo.count.count() == 1 and [row.record for row in answer.context["table"].rows] == [late]
    assert "逾期未办结" in answer.content.decode()


def test_progress_is_written_only_while_it_is_followed(note, clerk):
    finding = handed_over(note, clerk, 9)
    act.follow_up(by=clerk, finding=finding, on=today(), progress="stuck", text="资金没有落实")
    take(finding, "fail", clerk)
    act.follow_up(by=clerk, finding=finding, on=today(), progress="going", text="已列入明年预算")
    take(finding, "shelve", clerk)
    with pytest.raises(Denied, match="不能再写进展"):
        act.follow_up(by=clerk, finding=finding, on=today(), progress="done", text="完成")


def test_what_was_acted_on_is_not_deleted(note, clerk):
    finding = note()
    take(finding, "instruct", clerk)
    take(finding, "shelve", clerk)
    take(finding, "reopen", clerk)
    with pytest.raises(DomainError, match="不能删除"):
        act.delete_finding(by=clerk, finding=finding, reason="登记错了")


# --- figures -----------------------------------------------------------------------------------------------------
def test_each_figure_is_the_list_its_link_opens(note, clerk, office, browser):
    for names in ((), ("send_up",), ("send_up", "instruct"), ("hand_over", "implement")):
        finding = note()
        for name in names:
            take(finding, name, clerk)
    act.record_adoption(by=clerk, finding=finding, adoption="adopted", on=today())
    note(activity=ActivityFactory(office=office, state="held"), kind="suggestion")
    got = {stage: counted(browser, clerk, office, stage=stage) for stage in
           ("noted", "sent_up", "instructed", "resolved", "adopted")}  # fmt: skip
    assert got == {"noted": 5, "sent_up": 2, "instructed": 1, "resolved": 1, "adopted": 1}
    assert counted(browser, clerk, office, stage="noted", kind="suggestion") == 1


def counted(browser, clerk, office, **filters):
    """The figure, after it was found equal to the number of rows behind its link."""
    measure = measures.find("findings")
    window = Window(frozenset({office.pk}), Span.year(today().year), tuple(filters.items()))
    figure = measure.records(window).count()
    assert len(browser(clerk).get(measure.url(window)).context["table"].rows) == figure
    return figure


def test_a_finding_of_a_cancelled_activity_counts_for_nothing(note, office):
    note(activity=ActivityFactory(office=office, state="summarised"))
    window = Window(frozenset({office.pk}), Span.year(today().year))
    held = measures.find("findings").records(window)
    assert held.count() == 1 and not held.filter(activity__state="cancelled").exists()


def test_several_are_entered_one_after_the_other(held, clerk, browser):
    url = reverse("finding_create", args=[held.pk])
    answer = browser(clerk).post(url, {"kind": "opinion", "text": "路灯不亮", "another": "1"})
    assert answer.url == url and held.findings.get().noted_on == held.starts_at.date()


def test_the_list_of_one_unit(note, clerk, browser):
    wanted, _ = note(unit_name="县交通局"), note(unit_name="县水务局")
    table = browser(clerk).get(reverse("finding_list"), {"unit": "县交通局"}).context["table"]
    assert [row.record for row in table.rows] == [wanted]


def test_the_list_costs_the_same_with_one_row_and_with_three(note, clerk, browser):
    signed_in, counts = browser(clerk), []
    signed_in.get(reverse("finding_list"))
    for _ in range(3):
        note(unit_name="某单位")
        counts.append(queries_of(signed_in, reverse("finding_list")))
    assert counts[0] == counts[2] <= 15
