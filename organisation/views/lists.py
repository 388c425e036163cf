"""The overview of basic data, code lists and rules."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import Can
from core.clock import today
from core.listing import render_list
from core.pages import FormPage, Link, Page
from organisation import permissions, services
from organisation.filters import CodeFilter, kind_choices
from organisation.forms.basics import CodeForm, NewCodeForm, RuleForm
from organisation.lists import code_list, pages, rule_name, shown
from organisation.models import Code, Office, Rule
from organisation.parts import KINDS
from organisation.selectors import can, grants, home_office, line_up, offices_for
from organisation.tables import CodeTable
from organisation.views.offices import BASICS


@require_GET
def basics(request: HttpRequest) -> HttpResponse:
    """Where everything an office sets up for itself is found."""
    can(request.user, Can.MANAGE_OFFICE).require()
    cards = [
        ("机构", "政协机关和下级联络处", reverse("office_list"), "building-gear"),
        ("届次", "届、次和全体会议日期", reverse("term_list"), "calendar3"),
        *((kind.label, kind.lead, reverse(f"{kind.key}_list"), kind.icon) for kind in KINDS.values()),
        ("工作日历", "放假和调休上班的日子，计算期限要用", reverse("days_list"), "calendar2-week"),
        ("码表", "提案类别、活动类型等可以选择的条目", reverse("code_list"), "list-ol"),
        ("规则", "期限、名额等取值，按生效日期执行", reverse("rule_list"), "sliders"),
        *((each.label, each.note, reverse(each.url_name), each.icon) for each in pages),
    ]
    page = Page("基础资料", lead="本单位自己维护的机构、名单、条目和规则。停用而不删除，原有记录不受影响。")
    return render(request, "organisation/basics.html", {"page": page, "cards": cards})


# --- code lists --------------------------------------------------------------------------------------------------
def codes_seen(request: HttpRequest) -> QuerySet[Code]:
    """The shipped entries, those of the offices above, and those of the offices the user manages."""
    home = home_office(request.user)
    offices = {*(line_up(home) if home else []), *grants(request.user).where(Can.MANAGE_OFFICE)}
    return Code.objects.filter(Q(office=None) | Q(office_id__in=offices)).select_related("office")


@require_GET
def code_table(request: HttpRequest) -> HttpResponse:
    can(request.user, Can.MANAGE_OFFICE).require()
    new = Link("新增条目", reverse("code_new"), "primary", "plus-lg")
    lead = "填表时可以选择的条目。不再使用的填写最后使用日期，已有的记录不变。"
    rights = {
        "manage": grants(request.user).where(Can.MANAGE_OFFICE),
        "shipped": bool(permissions.can_change_shipped(request.user)),
    }
    return render_list(
        request, page=Page("码表", lead=lead, breadcrumbs=[BASICS, ("码表", "")], actions=[new]),
        queryset=codes_seen(request), table_class=CodeTable, filter_class=CodeFilter, table_kwargs=rights,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def code_new(request: HttpRequest) -> HttpResponse:
    can(request.user, Can.MANAGE_OFFICE).require()
    can(request.user, Can.MANAGE_OFFICE, home_office(request.user)).require()
    back = reverse("code_list")

    def save(form: NewCodeForm, version: int | None) -> str:
        data = form.cleaned_data
        services.add_code(office=home_office(request.user), by=request.user, **data)
        return f"{back}?kind={data['kind']}"

    page = Page("新增条目", breadcrumbs=[BASICS, ("码表", back), ("新增", "")])
    form_page = FormPage(
        request, NewCodeForm, key="codes.new", page=page, autosave=False, cancel_url=back,
        form_kwargs={"kinds": kind_choices(), "kind": request.GET.get("kind", "")},
    )  # fmt: skip
    return form_page.respond(save)


@require_http_methods(["GET", "POST"])
def code_edit(request: HttpRequest, pk: int) -> HttpResponse:
    can(request.user, Can.MANAGE_OFFICE).require()
    code = get_object_or_404(codes_seen(request), pk=pk)
    permissions.can_change_code(request.user, code).require()
    back = f"{reverse('code_list')}?kind={code.kind}"

    def save(form: CodeForm, version: int | None) -> str:
        services.update_code(code=code, by=request.user, **form.cleaned_data)
        return back

    page = Page(
        f"修改条目：{code.label}", lead=code_list(code.kind).label, breadcrumbs=[BASICS, ("码表", back), ("修改", "")]
    )
    form_page = FormPage(
        request, CodeForm, key=f"codes.edit:{pk}", page=page, autosave=False, cancel_url=back,
        form_kwargs={"code": code}, instance=code,
    )  # fmt: skip
    return form_page.respond(save)


# --- rules -------------------------------------------------------------------------------------------------------
def rules_seen(request: HttpRequest) -> QuerySet[Rule]:
    home = home_office(request.user)
    offices = {*(line_up(home) if home else []), *grants(request.user).where(Can.MANAGE_OFFICE)}
    return Rule.objects.filter(Q(office=None) | Q(office_id__in=offices)).select_related("office")


def in_force(rows: list[Rule], line: list[int]) -> Rule | None:
    """Of one key's rows the one that counts today for the line of offices: own before upper before shipped."""
    begun = sorted((row for row in rows if row.starts <= today()), key=lambda row: row.starts)
    newest = {row.office_id: row for row in begun}
    return next((newest[office] for office in [*line, None] if office in newest), None)


@require_GET
def rule_list(request: HttpRequest) -> HttpResponse:
    """Each rule with the value that counts for the user's own office today; two queries."""
    can(request.user, Can.MANAGE_OFFICE).require()
    home = home_office(request.user)
    line = line_up(home) if home else []
    by_key: dict[str, list[Rule]] = {}
    for row in rules_seen(request):
        by_key.setdefault(row.key, []).append(row)
    rows = [rule_row(key, in_force(group, line)) for key, group in by_key.items()]
    lead = "对本机构今天有效的取值。修改按生效日期执行，以前的记录仍按当时的规则。"
    page = Page("规则", lead=lead, breadcrumbs=[BASICS, ("规则", "")])
    return render(request, "organisation/rule_list.html", {"page": page, "rows": rows})


def rule_row(key: str, rule: Rule | None) -> dict[str, Any]:
    name = rule_name(key)
    return {"key": key, "name": name, "rule": rule, "shown": shown(rule.value, name) if rule else ""}


@require_http_methods(["GET", "POST"])
def rule_detail(request: HttpRequest, key: str) -> HttpResponse:
    """The history of one rule and a form for its next value."""
    can(request.user, Can.MANAGE_OFFICE).require()
    rows, home = list(rules_seen(request).filter(key=key)), home_office(request.user)
    if not rows or home is None:
        raise Http404
    current = in_force(rows, line_up(home)) or rows[0]

    def save(form: RuleForm, version: int | None) -> str:
        services.set_rule(key=key, by=request.user, **form.values)
        return reverse("rule_detail", args=[key])

    form_page = FormPage(
        request, RuleForm, key="rules.edit", page=rule_page(key), autosave=False, cancel_url=reverse("rule_list"),
        template="organisation/rule_detail.html",
        context={"rows": [rule_row(key, row) for row in rows], "current": current},
        form_kwargs={"sample": current.value, "name": rule_name(key), "offices": own_first(request, home)},
        submit_label="保存新的取值",
    )  # fmt: skip
    return form_page.respond(save)


def own_first(request: HttpRequest, home: Office) -> QuerySet[Office]:
    """The offices whose rules the user may set, his own on top of the list."""
    own = Case(When(pk=home.pk, then=Value(0)), default=Value(1), output_field=IntegerField())
    return offices_for(request.user, Can.MANAGE_OFFICE).order_by(own, "code")


def rule_page(key: str) -> Page:
    name: Any = rule_name(key)
    crumbs = [BASICS, ("规则", reverse("rule_list")), (name.label, "")]
    return Page(name.label, lead=name.note, breadcrumbs=crumbs)
