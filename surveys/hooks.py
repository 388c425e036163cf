"""What this app offers to the lower ones: navigation, to-dos, the dossier section."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from core.clock import Span
from core.navigation import Entry, register
from core.templatetags.ui import cn_date
from members import dossier
from members.models import Member
from notices.todos import Todo, sources
from organisation.selectors import grants
from surveys import selectors
from surveys.enums import SurveyState
from surveys.models import Seat, Survey

GROUP = "问卷和征集"


def sees_list(user: Any) -> bool:
    return grants(user).holds(Can.VIEW_SURVEYS)


def answers(user: Any) -> bool:
    return "member" in grants(user).roles


def todos(user: Any) -> list[Todo]:
    """Members: questionnaires to fill in. Staff: those whose time is over or that were never sent."""
    held = grants(user)
    found = []
    if "member" in held.roles:
        found.append(Todo("请您填写的问卷", selectors.waiting(user), reverse("survey_mine"), "ui-checks", urgent=True))
    return found + (for_staff(held.where(Can.EDIT_SURVEYS)) if held.holds(Can.EDIT_SURVEYS) else [])


def for_staff(offices: frozenset[int]) -> list[Todo]:
    rows, url = Survey.objects.filter(office_id__in=offices), reverse("survey_list")
    draft = rows.filter(state=SurveyState.DRAFT)
    over = rows.filter(state=SurveyState.OPEN, closes_at__lte=timezone.now())
    return [
        Todo("还没有发出的问卷", draft, f"{url}?state={SurveyState.DRAFT}", "ui-checks"),
        Todo("到期待结束的问卷", over, f"{url}?state={SurveyState.OPEN}", "clock-history"),
    ]


def dossier_content(member: Member, user: Any, year: int) -> dossier.Content:
    """Taking part only: what a member answered is in no file. One query."""
    offices = grants(user).where(Can.VIEW_SURVEYS)
    seats = Seat.objects.filter(member=member, survey__in=selectors.counted_anywhere(Span.year(year))).select_related(
        "survey__office"
    )
    if member.user_id != user.pk:
        seats = seats.filter(survey__office_id__in=offices)
    rows = list(seats.order_by("-survey__held_on", "-pk"))
    done = sum(row.answered for row in rows)
    return dossier.Content(
        figures=[dossier.Figure("填写问卷", done, "次")] if rows else [],
        records=[
            dossier.Record((row.survey.title, cn_date(row.survey.held_on), "已填写" if row.answered else "未填写"))
            for row in rows[: dossier.LATEST]
        ],
        all_url=reverse("survey_mine") if member.user_id == user.pk and rows else "",
    )


def connect() -> None:
    register(Entry("survey_mine", "我的问卷", "ui-checks", GROUP, answers, order=12))
    register(Entry("survey_list", "问卷调查", "ui-checks", GROUP, sees_list, order=40))
    sources.register("surveys", todos)
    dossier.register(
        dossier.DossierSection("surveys", "问卷调查", ("问卷", "日期", "情况"), dossier_content,
                               order=60, icon="ui-checks", empty="这一年没有需要填写的问卷。")
    )  # fmt: skip
