"""The register and the single file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from core import printing
from core.clock import chinese_date, today
from core.components import Link, Page
from core.listing import render_list
from core.pages import FormPage
from members import dossier, permissions, selectors, services
from members.enums import MemberState
from members.filters import MemberFilter
from members.forms import LeaveForm, MemberForm
from members.models import Member
from members.tables import MemberTable
from organisation.selectors import grants, home_office

HOME = ("首页", "/")
EARLIEST = 5  # years offered on a file, the current one included


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [HOME, ("委员名册", reverse("member_list") if more else ""), *more]


@require_GET
def member_list(request: HttpRequest) -> HttpResponse:
    permissions.can_list(request.user).require()
    where = grants(request.user).where(Can.VIEW_MEMBERS)
    queryset = Member.objects.filter(office_id__in=where).select_related("office", "sector", "group")
    if request.GET.get("export") == "xlsx":
        services.note_export(
            by=request.user, office=home_office(request.user), what="委员名册", query=request.GET.urlencode()
        )
    return render_list(
        request,
        page=Page("委员名册", breadcrumbs=crumbs(), actions=list_actions(request.user)),
        queryset=queryset,
        table_class=MemberTable,
        filter_class=MemberFilter,
        table_kwargs={"exclude": ("party",) if len(where) > 1 else ("office",)},
    )


def list_actions(user: Any) -> list[Link]:
    papers = [Link("通讯录", reverse("member_address_book"), icon="journal-text")]
    if permissions.can_see_birthdays(user):
        papers.append(Link("生日名册", reverse("member_birthdays"), icon="cake2"))
    if not permissions.can_add(user):
        return papers
    return [
        Link("登记委员", reverse("member_create"), icon="person-plus", tone="primary"),
        Link("导入表格", reverse("member_import"), icon="file-earmark-arrow-up"),
        *papers,
    ]


# --- one file --------------------------------------------------------------------------------------------------
@require_GET
def member_detail(request: HttpRequest, pk: int) -> HttpResponse:
    member = selectors.get_for(request.user, pk)
    return file_page(request, member, full=permissions.is_self(request.user, member))


@require_POST
def member_private(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with full contact data. A POST, because it is written into the audit trail."""
    member = selectors.get_for(request.user, pk)
    permissions.can_see_private(request.user, member).require()
    services.note_private_shown(member=member, by=request.user, where="detail")
    return file_page(request, member, full=True)


def file_page(request: HttpRequest, member: Member, *, full: bool) -> HttpResponse:
    year = chosen_year(request)
    left = member.state == MemberState.LEFT
    page = Page(
        member.name,
        lead=" · ".join(part for part in (str(member.term), member.employer) if part),
        breadcrumbs=crumbs((member.name, "")) if permissions.can_list(request.user) else [HOME, (member.name, "")],
        actions=file_actions(request.user, member),
        badge="已离任" if left else ("常委" if member.is_standing_member else ""),
        badge_tone="neutral" if left else "info",
    )
    context = {
        "page": page,
        "member": member,
        "basics": basics(member, with_account=bool(permissions.can_edit(request.user, member))),
        "contact": contact_pairs(member, full=full),
        "can_reveal": not full and bool(permissions.can_see_private(request.user, member)),
        "can_edit": bool(permissions.can_edit(request.user, member)),
        "revealed": full and not permissions.is_self(request.user, member),
        "chapters": dossier.chapters(member, request.user, year),
        "papers": printing.panels(request.user, "member", (member, year)),
        **year_switch(year),
    }
    return render(request, "members/member_detail.html", context)


def file_actions(user: Any, member: Member) -> list[Link]:
    """Only what this person can do now; who merely looks sees no buttons."""
    edit, account, leave, back = (
        reverse(name, args=[member.pk])
        for name in ("member_edit", "member_account", "member_leave", "member_reinstate")
    )
    offers = (
        (permissions.can_edit, Link("修改资料", edit, icon="pencil", tone="primary")),
        (permissions.can_open_account, Link("开通账号", account, icon="key", post=True)),
        (permissions.can_reissue, Link("重发初始密码", account, icon="key", post=True)),
        (permissions.can_leave, Link("登记离任", leave, icon="box-arrow-right")),
        (permissions.can_reinstate, Link("恢复在任", back, icon="arrow-counterclockwise", post=True)),
    )
    return [link for allowed, link in offers if allowed(user, member)]


def basics(member: Member, *, with_account: bool) -> list[tuple[str, Any]]:
    return [
        ("委员编号", member.member_no), ("届别", member.term), ("联络处", member.office.short_name),
        ("性别", member.get_gender_display()), ("民族", member.ethnicity), ("党派", member.party_affiliation),
        ("界别", member.sector), ("专门委员会", member.committee), ("联络组", member.group),
        ("委员级别", member.get_level_display()), ("任职日期", spelled(member.joined_on)),
        *([("账号", account_state(member))] if with_account else []),
        *([("离任日期", spelled(member.left_on))] if member.left_on else []),
    ]  # fmt: skip


def spelled(day: Any) -> str:
    return chinese_date(day) if day else ""


def account_state(member: Member) -> str:
    if member.user is None:
        return "未开通"
    if not member.user.is_active:
        return f"{member.user.username}（已停用）"
    return f"{member.user.username}（{'还没有登录过' if member.user.must_change_password else '使用中'}）"


def contact_pairs(member: Member, *, full: bool) -> list[tuple[str, str]]:
    shown = selectors.contact(member, full=full)
    return [
        ("手机", shown["phone"]),
        ("邮箱", shown["email"]),
        ("通讯地址", shown["address"]),
        ("出生日期", shown["birth_date"]),
    ]


# --- years -----------------------------------------------------------------------------------------------------
def chosen_year(request: HttpRequest) -> int:
    """`?year=`, the current year when it is missing or out of range."""
    text = request.GET.get("year", "")
    return int(text) if text.isdecimal() and int(text) in offered_years() else today().year


def offered_years() -> list[int]:
    return [today().year - back for back in range(EARLIEST)]


def year_switch(year: int) -> dict[str, Any]:
    return {"year": year, "years": [(each, each == year) for each in offered_years()]}


# --- writing ---------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def member_create(request: HttpRequest) -> HttpResponse:
    permissions.can_add(request.user).require()
    office = selectors.office_to_edit(request.user)
    form_page = FormPage(
        request,
        MemberForm,
        key="members.create",
        page=Page("登记委员", lead=f"登记到{office.name}", breadcrumbs=crumbs(("登记委员", ""))),
        form_kwargs={"office": office},
        cancel_url=reverse("member_list"),
        done="委员已登记。",
    )
    return form_page.respond(
        lambda form, version: services.create_member(office=office, by=request.user, **form.cleaned_data)
    )


@require_http_methods(["GET", "POST"])
def member_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form shows full contact data, so opening it is written down like showing them."""
    member = selectors.get_for(request.user, pk)
    permissions.can_edit(request.user, member).require()
    if request.method == "GET":
        services.note_private_shown(member=member, by=request.user, where="form")
    form_page = FormPage(
        request,
        MemberForm,
        key=f"members.edit:{member.pk}",
        page=Page(
            f"修改资料：{member.name}", breadcrumbs=crumbs((member.name, member.get_absolute_url()), ("修改资料", ""))
        ),
        instance=member,
        form_kwargs={"office": member.office, "instance": member},
        cancel_url=member.get_absolute_url(),
    )
    return form_page.respond(
        lambda form, version: services.update_member(
            member=member, version=version, by=request.user, **form.cleaned_data
        )
    )


@require_http_methods(["GET", "POST"])
def member_leave(request: HttpRequest, pk: int) -> HttpResponse:
    member = selectors.get_for(request.user, pk)
    permissions.can_leave(request.user, member).require()
    lead = "登记后，档案和履职记录保留，联系方式不再出现在名册中，账号不能再以委员身份提交提案和社情民意。"
    form_page = FormPage(
        request,
        LeaveForm,
        key=f"members.leave:{member.pk}",
        page=Page(f"登记离任：{member.name}", lead=lead,
                  breadcrumbs=crumbs((member.name, member.get_absolute_url()), ("登记离任", ""))),
        instance=member,
        submit_label="登记离任",
        cancel_url=member.get_absolute_url(),
        done=f"{member.name}已登记离任。登记错了可以“恢复在任”。",
        autosave=False,
    )  # fmt: skip
    return form_page.respond(
        lambda form, version: services.mark_left(member=member, version=version, by=request.user, **form.cleaned_data)
    )


@require_POST
def member_reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    member = selectors.get_for(request.user, pk)
    permissions.can_reinstate(request.user, member).require()
    services.reinstate(member=member, by=request.user)
    messages.success(request, f"{member.name}已恢复在任。")
    return redirect(member)
