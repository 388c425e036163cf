"""Accounts, for system administrators; security administrators see the same pages and grant roles."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import services
from accounts.models import User
from core.clock import today
from core.errors import DomainError
from core.listing import render_list
from core.pages import FormPage, Link, Page
from core.permissions import Permission
from core.templatetags.ui import cn_datetime
from organisation import permissions
from organisation.account_actions import ACTIONS, offered
from organisation.filters import AccountFilter
from organisation.forms.accounts import AccountForm
from organisation.models import Posting
from organisation.selectors import account_for, accounts_for, postings_of
from organisation.tables import AccountTable

#: Session key of the initial password on its way to the page that shows it once.
ISSUED = "issued_password"
CRUMB = ("账号与角色", "/accounts/")


@require_GET
def account_list(request: HttpRequest) -> HttpResponse:
    permissions.can_see_accounts(request.user).require()
    live = Posting.objects.live(today()).select_related("office")
    accounts = accounts_for(request.user).prefetch_related(Prefetch("postings", live, to_attr="live_postings"))
    new = Link("开通账号", reverse("account_new"), "primary", "person-plus")
    links = [new] if permissions.can_create_account(request.user) else []
    page = Page("账号与角色", lead="本机构及下级机构人员的账号。", actions=links)
    return render_list(
        request, page=page, queryset=accounts, table_class=AccountTable, filter_class=AccountFilter
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def account_new(request: HttpRequest) -> HttpResponse:
    permissions.can_create_account(request.user).require()
    page = Page(
        "开通账号", lead="保存后显示一次初始密码，请当面或书面交给本人。", breadcrumbs=[CRUMB, ("开通账号", "")]
    )

    def save(form: AccountForm, version: int | None) -> str:
        account, password = services.create_account(**form.cleaned_data, by=request.user)
        return keep_once(request, account, password)

    form_page = FormPage(
        request, AccountForm, key="accounts.new", page=page, autosave=False, submit_label="开通",
        cancel_url=reverse("account_list"), done="",
    )  # fmt: skip
    return form_page.respond(save)


def keep_once(request: HttpRequest, account: User, password: str) -> str:
    """Carries the password to the page that shows it; it is gone from the session once shown."""
    request.session[ISSUED] = {"account": account.pk, "password": password}
    return reverse("account_issued", args=[account.pk])


@require_GET
def account_issued(request: HttpRequest, pk: int) -> HttpResponse:
    """The initial password, exactly once."""
    account = account_for(request.user, pk)
    permissions.can_manage_account(request.user, account).require()
    issued = request.session.pop(ISSUED, None) or {}
    password = issued.get("password", "") if issued.get("account") == account.pk else ""
    page = Page("初始密码", breadcrumbs=[CRUMB, (account.name, reverse("account_detail", args=[pk])), ("初始密码", "")])
    return render(
        request, "accounts/issued.html", {"page": page, "account": account, "password": password}
    )  # fmt: skip


@require_GET
def account_detail(request: HttpRequest, pk: int) -> HttpResponse:
    account = account_for(request.user, pk)
    changeable = permissions.can_manage_account(request.user, account)
    context = {
        "page": account_page(request, account, changeable),
        "account": account,
        "actions": offered(request.user, account, lambda name: reverse("account_act", args=[pk, name])),
        "pairs": facts(account),
        "rows": posting_rows(request, account),
        "granting": permissions.can_grant(request.user, account),
    }
    return render(request, "accounts/detail.html", context)


def facts(account: User) -> list[tuple[str, str]]:
    first = "（还没有改过初始密码）" if account.must_change_password else ""
    return [
        ("用户名", account.username),
        ("手机", account.phone),
        ("状态", ("启用" if account.is_active else "已停用") + first),
        ("最近登录", cn_datetime(account.last_login) or "从未登录"),
    ]


def account_page(request: HttpRequest, account: User, changeable: Permission) -> Page:
    edit = Link("修改资料", reverse("account_edit", args=[account.pk]), icon="pencil", denied_reason=changeable.reason)
    links = [edit] if permissions.can_create_account(request.user) else []
    return Page(account.name, breadcrumbs=[CRUMB, (account.name, "")], actions=links)


def posting_rows(request: HttpRequest, account: User) -> list[dict[str, object]]:
    """Each posting with its state in words and whether it can be ended here."""
    return [
        {"posting": each, "state": state_of(each), "end": permissions.can_end_posting(request.user, each)}
        for each in postings_of(account)
    ]


def state_of(posting: Posting) -> tuple[str, str]:
    """(words, tone) of a posting today."""
    if posting.taken_back:
        return "已收回", "neutral"
    if posting.ends and posting.ends < today():
        return "已结束", "neutral"
    if posting.starts > today():
        return "尚未开始", "info"
    return "有效", "success"


@require_http_methods(["GET", "POST"])
def account_edit(request: HttpRequest, pk: int) -> HttpResponse:
    account = account_for(request.user, pk)
    permissions.can_manage_account(request.user, account).require()
    back = reverse("account_detail", args=[pk])
    page = Page("修改账号资料", breadcrumbs=[CRUMB, (account.name, back), ("修改", "")])

    def save(form: AccountForm, version: int | None) -> str:
        services.update_account(user=account, by=request.user, **form.cleaned_data)
        return back

    form_page = FormPage(
        request, AccountForm, key=f"accounts.edit:{pk}", page=page, autosave=False, cancel_url=back,
        form_kwargs={"account": account}, instance=account,
    )  # fmt: skip
    return form_page.respond(save)


@require_POST
def account_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """One of ACTIONS; a new initial password goes to the page that shows it once."""
    account = account_for(request.user, pk)
    if action not in ACTIONS or not ACTIONS[action].fits(account):
        raise Http404
    permissions.can_change_access(request.user, account).require()
    reason = request.POST.get("reason", "").strip()[:500]
    if ACTIONS[action].needs_reason and not reason:
        raise DomainError("请填写原因。", field="reason")
    password = ACTIONS[action].run(account, request.user, reason)
    messages.success(request, ACTIONS[action].done)
    return redirect(keep_once(request, account, password) if password else reverse("account_detail", args=[pk]))
