"""The office's pages: list, making, the flow, results."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Can
from core import spreadsheet
from core.errors import DomainError
from core.filters import IdListFilter
from core.listing import render_list
from core.pages import FormPage, Link, Page
from core.steps import FormStep, perform
from organisation.selectors import can, code_labels, offices_for, scope_note
from plans.grids import GridPage
from surveys import audience, pages, permissions, results, selectors, services
from surveys.defaults import GRADE, PURPOSE
from surveys.filters import SurveyFilter
from surveys.forms import Builder, CreateForm, ExtendForm, PaperForm, SheetForm
from surveys.models import Survey
from surveys.sheets import grades, questions
from surveys.tables import SurveyTable
from surveys.workflow import FLOW


def viewed(user: Any, pk: int) -> Survey:
    """The survey for the office's side. Raises Http404, or Denied for those who only answer it."""
    survey = selectors.get_for(user, pk)
    permissions.can_view(user, survey).require()
    return survey


@require_GET
def survey_list(request: HttpRequest) -> HttpResponse:
    can(request.user, Can.VIEW_SURVEYS).require()
    make, may_make = Link("新建问卷", reverse("survey_new"), "primary", "plus-lg"), permissions.can_create(request.user)
    return render_list(
        request,
        page=Page("问卷调查", lead="征求意见、了解情况和满意度测评。", actions=[make] if may_make else []),
        queryset=selectors.listed(request.user),
        table_class=SurveyTable,
        filter_class=SurveyFilter,
        table_kwargs={"purposes": code_labels(PURPOSE)},
        context={"list_help": scope_note(request.GET.get("offices", ""))},
    )


@require_http_methods(["GET", "POST"])
def survey_new(request: HttpRequest) -> HttpResponse:
    """From nothing, a template or an earlier survey. `?members=3,5` names whom to ask, `?title=` suggests a title."""
    permissions.can_create(request.user).require()
    offices = offices_for(request.user, Can.EDIT_SURVEYS)
    templates = selectors.templates_for([office.pk for office in offices])
    earlier = selectors.listed(request.user)[:20]
    sources = [(f"t{each.pk}", f"模板：{each}") for each in templates]
    sources += [(f"s{each.pk}", f"复制以前的问卷：{each}") for each in earlier]
    chosen = audience.named_by(request.user, IdListFilter.ids(request.GET.get("members", "")))

    def save(form: CreateForm, version: int | None) -> str:
        picked = form.cleaned_data["source"]
        survey = services.create(
            office=form.cleaned_data["office"], title=form.cleaned_data["title"], by=request.user, chosen=chosen,
            template=next((each for each in templates if picked == f"t{each.pk}"), None),
            copy_of=next((each for each in earlier if picked == f"s{each.pk}"), None),
        )  # fmt: skip
        return reverse("survey_edit", args=[survey.pk])

    lead = f"请 {len(chosen)} 位委员填写：{'、'.join(member.name for member in chosen[:5])}等。" if chosen else ""
    return FormPage(
        request, CreateForm, key="surveys.new", page=Page("新建问卷", lead, [pages.HOME, ("新建问卷", "")]),
        form_kwargs={"offices": offices, "sources": sources, "initial": {"title": request.GET.get("title", "")[:120]}},
        submit_label="下一步：填写题目", cancel_url=reverse("survey_list"), done="", autosave=False,
        template="surveys/survey_new.html",
        context={"own_templates": [each for each in templates if each.office_id]},
    ).respond(save)  # fmt: skip


@require_http_methods(["GET", "POST"])
def survey_edit(request: HttpRequest, pk: int) -> HttpResponse:
    survey = viewed(request.user, pk)
    permissions.can_edit(request.user, survey).require()

    def save(form: Builder, version: int | None) -> Survey:
        values = {name: value for name, value in form.head.cleaned_data.items() if name != "groups"}
        return services.update(survey=survey, values=values, groups=list(form.head.cleaned_data["groups"]),
                               questions=form.asked(), by=request.user, version=version)  # fmt: skip

    page = Page("修改问卷", lead="上面是问卷的基本情况，下面是题目。发出以后题目就不能再改。",
                breadcrumbs=pages.crumbs(request.user, survey, "修改"))  # fmt: skip
    return GridPage(
        request, Builder, key=f"surveys.edit:{pk}", page=page, instance=survey, form_kwargs={"plan": survey},
        template="surveys/survey_edit.html", cancel_url=survey.get_absolute_url(),
        done="问卷已保存。请先预览，没有问题再发出。",
    ).respond(save)  # fmt: skip


@require_GET
def survey_detail(request: HttpRequest, pk: int) -> HttpResponse:
    survey = viewed(request.user, pk)
    path = reverse("survey_public", args=[survey.token]) if survey.token else ""
    link = request.build_absolute_uri(path) if path else ""
    return render(request, "surveys/survey_detail.html", pages.detail(request.user, survey, link))


@require_GET
def survey_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """As those who answer will see it; nothing is sent."""
    survey = viewed(request.user, pk)
    form = SheetForm(questions=questions(survey), grades=grades(survey))
    page = Page("预览", lead="填写人看到的就是这样。这里填写的内容不会保存。",
                breadcrumbs=pages.crumbs(request.user, survey, "预览"))  # fmt: skip
    return render(request, "surveys/preview.html", {"page": page, "survey": survey, "form": form})


@require_POST
def survey_discard(request: HttpRequest, pk: int) -> HttpResponse:
    services.discard(survey=viewed(request.user, pk), by=request.user)
    messages.success(request, "问卷草稿已删除。")
    return redirect("survey_list")


@require_POST
def survey_remind(request: HttpRequest, pk: int) -> HttpResponse:
    survey = viewed(request.user, pk)
    told = services.remind(survey=survey, by=request.user)
    messages.success(request, f"已提醒 {told} 位还没有填写的委员。")
    return redirect(survey)


@require_http_methods(["GET", "POST"])
def survey_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet after the other."""
    survey = viewed(request.user, pk)
    permissions.can_enter_paper(request.user, survey).require()

    def save(form: PaperForm, version: int | None) -> str:
        services.enter_paper(survey=survey, given=form.given, seat=form.cleaned_data.get("seat"), by=request.user)
        return reverse("survey_paper", args=[pk])

    page = Page("代录纸质答卷", lead=f"已收到 {survey.sheets.count()} 份。录完一份接着录下一份，全部录完后返回。",
                breadcrumbs=pages.crumbs(request.user, survey, "代录纸质答卷"))  # fmt: skip
    seats = None if survey.is_anonymous else selectors.missing(survey)
    return FormPage(
        request, PaperForm, key=f"surveys.paper:{pk}", page=page, cancel_url=survey.get_absolute_url(),
        form_kwargs={"questions": questions(survey), "grades": grades(survey), "seats": seats},
        submit_label="保存这一份", done="这一份已保存。", autosave=False,
    ).respond(save)  # fmt: skip


@require_POST
def survey_keep(request: HttpRequest, pk: int) -> HttpResponse:
    survey = viewed(request.user, pk)
    services.keep_as_template(survey=survey, by=request.user)
    messages.success(request, "已存为模板，新建问卷时可以选用。")
    return redirect(survey)


@require_POST
def template_drop(request: HttpRequest, pk: int) -> HttpResponse:
    offices = offices_for(request.user, Can.EDIT_SURVEYS).values_list("pk", flat=True)
    template = get_object_or_404(selectors.templates_for(offices).exclude(office=None), pk=pk)
    services.drop_template(template=template, by=request.user)
    messages.success(request, "模板已移除。")
    return redirect("survey_new")


@require_http_methods(["GET", "POST"])
def survey_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    survey = viewed(request.user, pk)
    return perform(request, survey, action, flow=FLOW, plain=PLAIN, forms=FORMS, crumbs=pages.crumbs)


def open_step(survey: Survey, user: Any, reason: str) -> None:
    services.open_survey(survey=survey, by=user)


def recall_step(survey: Survey, user: Any, reason: str) -> None:
    services.recall(survey=survey, by=user)


def close_step(survey: Survey, user: Any, reason: str) -> None:
    services.close(survey=survey, by=user)


def extend_step(survey: Survey, form: ExtendForm, user: Any) -> Survey:
    return services.extend(survey=survey, closes_at=form.cleaned_data["closes_at"], by=user)


PLAIN = {"open": open_step, "recall": recall_step, "close": close_step}
FORMS = {
    "extend": FormStep(ExtendForm, "题目和已交的答卷不变。",
                       lambda survey: {"initial": {"closes_at": survey.closes_at}}, extend_step),
}  # fmt: skip


# --- results -------------------------------------------------------------------------------------------------------
@require_GET
def survey_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Charts and tables; `?export=xlsx` gives the same figures as a workbook."""
    survey = viewed(request.user, pk)
    found = results.of(survey)
    if request.GET.get("export") == "xlsx":
        if found.hidden:
            raise DomainError(found.hidden)
        return spreadsheet.response(
            "问卷结果", ["题目", "答案", "份数", "占比（%）"], results.rows(found), f"{survey}_结果.xlsx"
        )
    back = [Link("逐份查看", reverse("survey_sheets", args=[pk]), icon="list-ul")] if not survey.is_anonymous else []
    page = Page(f"{survey}：结果", breadcrumbs=pages.crumbs(request.user, survey, "结果"), actions=back)
    context = {
        "page": page, "survey": survey, "found": found, "facts": pages.facts(survey),
        "overview": results.overview(found, results.DESK), "overview_narrow": results.overview(found, results.PHONE),
    }  # fmt: skip
    return render(request, "surveys/results.html", context)


@require_GET
def survey_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """Each member's answers, of named surveys only."""
    survey = viewed(request.user, pk)
    if survey.is_anonymous:
        raise Http404
    labels = {**code_labels(GRADE), **dict(grades(survey))}
    if request.GET.get("export") == "xlsx":
        rows = pages.sheet_rows(survey, list(pages.named_sheets(survey)), labels)
        return spreadsheet.response("逐份答卷", pages.sheet_head(survey), rows, f"{survey}_逐份.xlsx")
    page = Page(f"{survey}：逐份", breadcrumbs=pages.crumbs(request.user, survey, "逐份"))
    said = request.GET.get("said", "")
    context = {"page": page, "filtered": bool(said), **pages.sheet_page(survey, request.GET.get("page"), labels, said)}
    return render(request, "surveys/sheets.html", context)
