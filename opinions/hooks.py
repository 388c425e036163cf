"""What this app offers to the lower ones: navigation, to-dos, the dossier section."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.roles import Can
from core import drafts
from core.clock import Span
from core.errors import DomainError
from core.handover import HandedText, Receiver, receivers
from core.navigation import Entry, register
from core.templatetags.ui import cn_date
from members import dossier
from members.models import Member
from notices.todos import Todo, sources
from opinions import similar
from opinions.enums import OpinionState
from opinions.models import OpinionReport
from opinions.permissions import can_write
from opinions.selectors import received_in
from opinions.services import receive
from organisation.selectors import grants

GROUP = "建言"


def sees_list(user: Any) -> bool:
    return grants(user).holds(Can.VIEW_OPINIONS)


def writes(user: Any) -> bool:
    return bool(can_write(user))


def todos(user: Any) -> list[Todo]:
    """Staff of a liaison office: what to read, urgent reports apart."""
    offices = grants(user).where(Can.SCREEN_OPINIONS)
    if not offices:
        return []
    rows = OpinionReport.objects.filter(office_id__in=offices, state=OpinionState.SUBMITTED)
    url = f"{reverse('opinion_list')}?state={OpinionState.SUBMITTED}"
    return [
        Todo(
            "待审看的社情民意急报",
            rows.filter(is_urgent=True),
            f"{url}&is_urgent=true",
            "exclamation-triangle",
            urgent=True,
        ),
        Todo("待审看的社情民意", rows.filter(is_urgent=False), f"{url}&is_urgent=false", "chat-left-text"),
    ]


def dossier_content(member: Member, user: Any, year: int) -> dossier.Content:
    """Submitted in the year, and accepted among them, as far as `user` may see them; what a proposal was turned into
    stands apart and is no submission.
    """
    visible = OpinionReport.objects.visible_to(user).filter(authors__member=member)
    rows = list(received_in(visible, Span.year(year)).order_by("-submitted_at"))
    own, converted = [row for row in rows if not row.is_converted], [row for row in rows if row.is_converted]
    return dossier.Content(
        figures=[
            dossier.Figure("报送社情民意", len(own), "条"), dossier.Figure("其中采用", accepted(own), "条"),
            *([dossier.Figure("提案转来", len(converted), "条"),
               dossier.Figure("转来的采用", accepted(converted), "条")] if converted else []),
        ],
        records=[
            dossier.Record((str(row), cn_date(row.submitted_at), row.state_label), url=row.get_absolute_url())
            for row in rows[: dossier.LATEST]
        ],
        all_url=reverse("opinion_mine") if member.user_id == user.pk else "",
    )  # fmt: skip


def accepted(rows: list[OpinionReport]) -> int:
    return sum(row.state == OpinionState.ACCEPTED for row in rows)


def take_over(text: HandedText, user: Any) -> str:
    """What an office hands over for its authors is received at once. An unused text of the user's own goes onto the
    writing page, as an unsent draft. Raises DomainError when another one is still there: nothing typed is lost.
    """
    if text.authors:
        return receive(text=text, by=user).get_absolute_url()
    can_write(user).require()
    if drafts.find(owner=user, key="opinions.write"):
        raise DomainError("“报社情民意”页面里还有您没写完的内容，请先处理完再转。")
    drafts.keep(owner=user, key="opinions.write", values={"title": text.title[:80], "situation": text.body})
    return reverse("opinion_new")


def connect() -> None:
    register(
        Entry("opinion_new", "报社情民意", "chat-square-text", GROUP, writes, order=6, tab=True, tab_label="报民意")
    )
    register(Entry("opinion_mine", "我的社情民意", "chat-left-text", GROUP, writes, order=8))
    register(Entry("opinion_list", "社情民意", "chat-left-dots", GROUP, sees_list, order=36))
    sources.register("opinions", todos)
    similar.connect()
    receivers.register("opinions", Receiver("转成社情民意", take_over))
    dossier.register(
        dossier.DossierSection("opinions", "社情民意", ("标题", "报送时间", "状态"), dossier_content,
                               order=40, icon="chat-left-text", empty="这一年没有报送社情民意。")
    )  # fmt: skip
