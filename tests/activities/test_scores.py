"""Scores of units, which nothing ties to a member; supervised projects; types and what they need."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from activities import services, type_needs
from activities.models import Activity, ActivityType, ScoreBallot, SupervisedProject
from activities.pages import scores as pages
from activities.services import projects, scores, types
from audit.models import AuditEntry
from core.clock import today
from core.errors import Denied, DomainError
from tests.activities.test_pages import queries_of
from tests.factories import ActivityFactory, AttendanceFactory, OfficeFactory, PostingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def appraisal(office, clerk):
    held = ActivityFactory(office=office, state="held")
    scores.set_up_scores(
        by=clerk, activity=held, criteria=[("服务态度", 20), ("办事效率", 30)], units=["交通局", "水务局"]
    )
    return held


def points_of(activity, first, second):
    a, b = activity.criteria.all()
    return {a.pk: Decimal(first), b.pk: Decimal(second)}


def count(activity, clerk, sheets=4, first=70, second=100):
    unit = activity.scored_units.first()
    return scores.save_sheets(
        by=clerk, unit=unit, sheets=sheets, points=points_of(activity, first, second), opinions=""
    )


def results(user, activity):
    return [(row.unit.name, row.shown_total) for row in pages.results(user, activity)["rows"]]


def ballot(activity, member, first, second):
    a, b = activity.criteria.all()
    points = {(unit.pk, each.pk): Decimal(value) for unit in activity.scored_units.all()
              for each, value in ((a, first), (b, second))}  # fmt: skip
    scores.cast_ballot(by=member.user, activity=activity, member=member, points=points)


def test_averages_are_points_by_scorers(appraisal, clerk):
    count(appraisal, clerk)
    assert results(clerk, appraisal) == [("交通局", "42.50"), ("水务局", "—")]


def voted(activity, members, office, *points):
    """Members of the office who came, each with a ballot."""
    for member, (first, second) in zip(members(len(points)), points, strict=True):
        member.user = PostingFactory(office=office, role="member").user
        AttendanceFactory(activity=activity, member=member, state="present")
        ballot(activity, member, first, second)


def test_sheets_and_ballots_count_together_after_the_summary(appraisal, clerk, members, office):
    count(appraisal, clerk)
    voted(appraisal, members, office, (20, 30), (20, 30), (20, 30))
    assert results(clerk, appraisal) == [("交通局", "42.50"), ("水务局", "—")]
    Activity.objects.filter(pk=appraisal.pk).update(minutes="记录")
    services.step(by=clerk, activity=appraisal, action="summarise")
    assert results(clerk, appraisal) == [("交通局", "45.71"), ("水务局", "50.00")]


def test_too_few_ballots_are_never_shown(appraisal, clerk, members, office):
    voted(appraisal, members, office, (20, 30), (10, 10))
    Activity.objects.filter(pk=appraisal.pk).update(minutes="记录")
    services.step(by=clerk, activity=appraisal, action="summarise")
    assert results(clerk, appraisal) == [("交通局", "—"), ("水务局", "—")]
    assert "不足 3 人" in pages.results(clerk, appraisal)["hidden"]


def test_nothing_says_who_gave_what(appraisal, as_member):
    member, _ = as_member
    AttendanceFactory(activity=appraisal, member=member, state="present")
    ballot(appraisal, member, 20, 30)
    assert {field.name for field in ScoreBallot._meta.fields} == {"id", "activity", "member"}
    assert AuditEntry.objects.get(action="activity.ballot").detail == {}


def test_each_member_scores_once(appraisal, as_member):
    member, _ = as_member
    AttendanceFactory(activity=appraisal, member=member, state="present")
    ballot(appraisal, member, 20, 30)
    with pytest.raises(DomainError, match="每人一次"):
        ballot(appraisal, member, 0, 0)


def test_who_was_not_there_does_not_score(appraisal, as_member):
    member, _ = as_member
    AttendanceFactory(activity=appraisal, member=member, state="leave")
    with pytest.raises(Denied, match="到场"):
        ballot(appraisal, member, 20, 30)


def test_a_member_scores_on_the_page(appraisal, as_member, browser):
    member, user = as_member
    AttendanceFactory(activity=appraisal, member=member, state="late")
    assert "请您评议打分" in browser(user).get(appraisal.get_absolute_url()).content.decode()
    form = browser(user).get(reverse("activity_ballot", args=[appraisal.pk])).context["form"]
    data = dict.fromkeys(form.fields, "10")
    assert browser(user).post(reverse("activity_ballot", args=[appraisal.pk]), data).status_code == 302
    assert "请您评议打分" not in browser(user).get(appraisal.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("sheets", "first"), [(0, 1), (3, 61)])
def test_more_points_than_possible_are_refused(appraisal, clerk, sheets, first):
    with pytest.raises(DomainError, match="合计分太大"):
        count(appraisal, clerk, sheets, first, 0)


def test_what_has_scores_stays(appraisal, clerk):
    count(appraisal, clerk)
    with pytest.raises(DomainError, match="交通局已经有得分"):
        scores.set_up_scores(
            by=clerk, activity=appraisal, criteria=[("服务态度", 20), ("办事效率", 30)], units=["水务局"]
        )
    with pytest.raises(DomainError, match="不能再改满分"):
        scores.set_up_scores(by=clerk, activity=appraisal, criteria=[("服务态度", 50)], units=["交通局"])


def test_no_criterion_joins_once_there_are_scores(appraisal, clerk):
    count(appraisal, clerk)
    wanted = [("服务态度", 20), ("办事效率", 30), ("清正廉洁", 10)]
    with pytest.raises(DomainError, match="不能再增加评议项目"):
        scores.set_up_scores(by=clerk, activity=appraisal, criteria=wanted, units=["交通局", "水务局"])


def test_lines_of_the_form_become_criteria_and_units(appraisal, clerk, browser):
    url = reverse("scores_set_up", args=[appraisal.pk])
    browser(clerk).post(url, {"criteria": "依法办事（30分）\n服务态度 20\n清正廉洁", "units": "交通局\n\n教育局"})
    assert list(appraisal.criteria.values_list("label", "top")) == [
        ("依法办事", 30),
        ("服务态度", 20),
        ("清正廉洁", 100),
    ]
    assert list(appraisal.scored_units.values_list("name", flat=True)) == ["交通局", "教育局"]


def test_rectification_has_a_day_and_an_end(appraisal, clerk):
    unit = appraisal.scored_units.first()
    scores.save_rectification(
        by=clerk, unit=unit, rectify_by=today() - timedelta(1), rectified_on=None, rectification=""
    )
    assert pages.rectification(unit)[0] == "整改逾期"
    with pytest.raises(DomainError, match="整改情况"):
        scores.save_rectification(by=clerk, unit=unit, rectify_by=None, rectified_on=today(), rectification="")


# --- supervised projects -----------------------------------------------------------------------------------------
@pytest.fixture
def project(office, clerk):
    values = {"name": "老旧小区改造", "year": 2026, "unit_name": "县住建局", "goal": "", "due_on": None}
    return projects.save_project(by=clerk, office=office, values=values)


def entry(project, clerk, percent, days_ago, **more):
    values = {"on": today() - timedelta(days_ago), "percent": percent, "condition": "going", "text": ""}
    return projects.add_entry(by=clerk, project=project, values={**values, **more})


def test_a_project_goes_on_over_several_activities(project, clerk, office):
    first, second = (ActivityFactory(office=office, state="held") for _ in range(2))
    values = {"on": today(), "percent": 40, "condition": "going", "text": ""}
    projects.add_entry(by=clerk, project=project, values=values, activity=first)
    projects.add_entry(by=clerk, project=project, values={**values, "percent": 70}, activity=second)
    project.refresh_from_db()
    assert project.percent == 70 and [each.activity for each in project.entries.all()] == [second, first]


def test_an_older_entry_does_not_set_the_project_back(project, clerk):
    entry(project, clerk, 70, 0)
    entry(project, clerk, 40, 30)
    project.refresh_from_db()
    assert project.percent == 70


def test_done_means_all_of_it(project, clerk):
    with pytest.raises(DomainError, match="100%"):
        entry(project, clerk, 90, 0, condition="done")


def test_the_list_of_projects_costs_the_same_with_more_rows(office, clerk, browser):
    signed_in, counts = browser(clerk), []
    signed_in.get(reverse("project_list"))
    for name in "甲乙丙":
        SupervisedProject.objects.create(office=office, year=2026, name=name)
        counts.append(queries_of(signed_in, reverse("project_list")))
    assert counts[0] == counts[2] <= 15


# --- types -------------------------------------------------------------------------------------------------------
@pytest.fixture
def keeper(db):
    """Staff of the committee's own office."""
    return PostingFactory(office=OfficeFactory(parent=None), role="staff").user


def values(**more):
    empty = dict.fromkeys(("report_days", "invitees_min", "invitees_max", "notice_days"))
    return {**empty, "label": "界别活动", "unit": "次", "order": 9, "is_active": True, "is_record": False,
            "evidence": ["photos"], "parts": [], "skeleton": "", "report_to": "", **more}  # fmt: skip


def test_the_committee_adds_a_type_with_what_it_needs(keeper):
    kind = types.save_type(by=keeper, values=values(report_to="上级政协", report_days=7))
    needs = type_needs.needs_of(kind)
    assert kind.code.startswith("own_") and (needs.evidence, needs.report_days) == (["photos"], 7)


def test_a_report_needs_its_days_and_its_addressee(keeper):
    with pytest.raises(DomainError, match="要么都填"):
        types.save_type(by=keeper, values=values(report_days=7))


def test_two_types_cannot_share_a_name(keeper):
    with pytest.raises(DomainError, match="已有名为“视察”"):
        types.save_type(by=keeper, values=values(label="视察"))


def test_what_an_office_changed_stays(keeper):
    kind = ActivityType.objects.get(code="inspection")
    types.save_type(by=keeper, values=values(label="视察"), kind=kind)
    type_needs.install()
    assert type_needs.needs_of(kind).evidence == ["photos"]
