"""Synthetic people and records with readable defaults."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from activities.enums import ActivityState
from activities.models import Activity, ActivityType, Attendance
from members.models import Member
from opinions.enums import OpinionState
from opinions.models import OpinionAuthor, OpinionReport
from organisation.models import HandlingUnit, LiaisonGroup, Office, Posting, Sector, Session, Term
from plans.enums import PlanState
from plans.models import AnnualPlan, PlanSection, ScheduledItem, Target
from proposals.enums import ProposalState
from proposals.models import Proposal, Proposer

YEAR = 2026
PASSWORD = "green-bamboo-hill-7"


def moment(month: int, day: int, hour: int = 9, year: int = YEAR) -> datetime:
    return timezone.make_aware(datetime(year, month, day, hour))


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = Office

    code = factory.Sequence(lambda n: f"F{n:03}")
    name = factory.LazyAttribute(lambda office: f"政协青川县委员会{office.short_name}")
    short_name = factory.Sequence(lambda n: f"第{n}联络处")
    kind = Office.Kind.TOWNSHIP
    phone = "0800-1234567"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"用户{n}")
    must_change_password = False
    password = factory.PostGenerationMethodCall("set_password", PASSWORD)

    @classmethod
    def _after_postgeneration(cls, instance: User, create: bool, results: Any = None) -> None:
        if create:
            instance.save()


class PostingFactory(DjangoModelFactory):
    class Meta:
        model = Posting

    user = factory.SubFactory(UserFactory)
    office = factory.SubFactory(OfficeFactory)
    role = "staff"
    starts = date(2020, 1, 1)


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term
        django_get_or_create = ("office", "number")

    office = factory.SubFactory(OfficeFactory, kind=Office.Kind.COUNTY)
    number = 10
    name = "第十届"
    starts = date(2022, 1, 1)


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session

    term = factory.SubFactory(TermFactory)
    number = 5
    name = "十届五次会议"
    starts = date(YEAR, 1, 1)
    plenary_starts = date(YEAR, 1, 12)
    plenary_ends = date(YEAR, 1, 15)


class SectorFactory(DjangoModelFactory):
    class Meta:
        model = Sector

    office = factory.SubFactory(OfficeFactory)
    name = factory.Sequence(lambda n: f"界别{n}")


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = LiaisonGroup

    office = factory.SubFactory(OfficeFactory)
    name = factory.Sequence(lambda n: f"第{n}联络组")


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = HandlingUnit

    office = factory.SubFactory(OfficeFactory)
    name = factory.Sequence(lambda n: f"县第{n}局")


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = Member

    office = factory.SubFactory(OfficeFactory)
    term = factory.SubFactory(TermFactory)
    member_no = factory.Sequence(lambda n: f"M{n:05}")
    name = factory.Sequence(lambda n: f"委员{n}")
    gender = "female"
    phone = factory.Sequence(lambda n: f"139{n:08}")
    joined_on = date(2022, 1, 1)


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = AnnualPlan

    office = factory.SubFactory(OfficeFactory)
    year = YEAR
    title = factory.LazyAttribute(lambda plan: f"{plan.office.short_name}{plan.year}年工作计划")
    state = PlanState.APPROVED


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = PlanSection

    plan = factory.SubFactory(PlanFactory)
    order = factory.Sequence(lambda n: n)
    title = "学习培训"
    body = "按季度安排学习，形成笔记。"


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = Target

    plan = factory.SubFactory(PlanFactory)
    order = factory.Sequence(lambda n: n)
    text = "组织视察不少于2次"
    measure = "activities"
    filters = factory.LazyFunction(lambda: {"type": "inspection"})
    amount = 2


class ItemFactory(DjangoModelFactory):
    class Meta:
        model = ScheduledItem

    plan = factory.SubFactory(PlanFactory)
    order = factory.Sequence(lambda n: n)
    month = 4
    kind = "inspection"
    topic = "视察乡村道路养护"


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = Activity

    office = factory.SubFactory(OfficeFactory)
    type = factory.LazyFunction(lambda: activity_type("inspection"))
    title = factory.Sequence(lambda n: f"视察活动{n}")
    starts_at = factory.LazyFunction(lambda: moment(4, 10))
    place = "文化站"
    responsible = "李站长"
    content = "查看现场，听取情况介绍。"
    state = ActivityState.HELD


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    activity = factory.SubFactory(ActivityFactory)
    member = factory.SubFactory(MemberFactory)
    state = "present"


def activity_type(code: str) -> ActivityType:
    return ActivityType.objects.get_or_create(code=code, defaults={"label": code})[0]


class ProposalFactory(DjangoModelFactory):
    """`ProposalFactory(member=…)` gives it a lead proposer; the office is the root of the member's tree."""

    class Meta:
        model = Proposal
        skip_postgeneration_save = True

    class Params:
        lead = None

    office = factory.SubFactory(OfficeFactory)
    home_office = factory.SelfAttribute("office")
    session = factory.SubFactory(SessionFactory)
    subject = factory.Sequence(lambda n: f"关于增设公交站点的提案{n}")
    background = "部分村组距离站点较远。"
    analysis = "线路多年未调整。"
    suggestions = "建议增设三处站点。"
    state = ProposalState.SUBMITTED
    submitted_at = factory.LazyFunction(lambda: moment(3, 3))

    @factory.post_generation
    def member(self, create: bool, member: Member | None, **kwargs: Any) -> None:
        if create and member:
            Proposer.objects.create(proposal=self, member=member, order=1)


class OpinionFactory(DjangoModelFactory):
    class Meta:
        model = OpinionReport
        skip_postgeneration_save = True

    office = factory.SubFactory(OfficeFactory)
    title = factory.Sequence(lambda n: f"农贸市场排水问题{n}")
    situation = "雨天积水较深。"
    suggestions = "建议疏通排水沟。"
    state = OpinionState.SUBMITTED
    submitted_at = factory.LazyFunction(lambda: moment(5, 5))

    @factory.post_generation
    def member(self, create: bool, member: Member | None, **kwargs: Any) -> None:
        if create and member:
            OpinionAuthor.objects.create(opinion=self, member=member)
