"""Every component with invented data, for developers; the URL exists only with GALLERY or DEBUG."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import django_filters
import django_tables2 as tables
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from core import charts
from core.components import BoardItem, BoardMonth, ConflictNotice, JobPanel, Link, Page, Photo, Side, Task
from core.models import Job
from core.workflow import Action

STATES = [("draft", "草稿"), ("received", "已收到"), ("filed", "已立案")]
SAMPLE_TEXT = """　　近年来，我街道老旧小区的居民对加装电梯的愿望十分强烈。
　　一、情况
　　据走访了解，辖区内建成二十年以上、没有电梯的住宅楼共有四十六幢，六十岁以上的老人占三成。
　　二、建议
　　（一）由街道牵头，建立“一幢一册”台账。
　　（二）简化手续，设立集中受理窗口。"""


def at(month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    return timezone.make_aware(datetime(2026, month, day, hour, minute))


class SampleForm(forms.Form):
    """A form with every kind of field."""

    title = forms.CharField(label="案由", max_length=60, help_text="一事一案，不超过 30 个字，写明“关于……的建议”。")
    kind = forms.ChoiceField(
        label="提交方式", widget=forms.RadioSelect, choices=[("one", "个人提案"), ("joint", "联名提案")]
    )
    topics = forms.MultipleChoiceField(
        label="涉及方面",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("city", "城乡建设"), ("health", "医疗卫生"), ("school", "教育"), ("age", "养老")],
    )
    unit = forms.ChoiceField(label="希望承办的单位", required=False, choices=[("", "由办公室确定"), ("a", "区住建局")])
    day = forms.DateField(label="调研日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    people = forms.IntegerField(label="参加人数", required=False, min_value=0)
    body = forms.CharField(
        label="建议内容",
        help_text="写清情况、分析和具体建议。",
        widget=forms.Textarea(attrs={"rows": 8, "data-count": "1500"}),
    )
    file = forms.FileField(label="附件", required=False, help_text="Word、PDF 或图片，不超过 10 MB。")
    public = forms.BooleanField(label="同意公开提案内容", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "title",
            "kind",
            "topics",
            Div("unit", "day", "people", css_class="field-grid"),
            Field("body", css_class="tall"),
            "file",
            "public",
        )


class SampleSignIn(forms.Form):
    username = forms.CharField(label="用户名", widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(label="密码", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


class SampleRowForm(forms.Form):
    label = forms.CharField(label="指标")
    amount = forms.IntegerField(label="数量")


class SampleFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="案由或提案人", widget=forms.TextInput(attrs={"type": "search"}), method="keep")
    state = django_filters.ChoiceFilter(label="状态", choices=STATES, empty_label="全部", method="keep")
    since = django_filters.DateFilter(label="提交日期从", widget=forms.DateInput(attrs={"type": "date"}), method="keep")

    def keep(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset


class SampleTable(tables.Table):
    no = tables.Column("案号", attrs={"td": {"class": "cell-tight num"}})
    title = tables.TemplateColumn(
        '<a href="?detail">{{ record.title }}</a>', verbose_name="案由", attrs={"td": {"class": "cell-title"}}
    )
    by = tables.Column("提案人", attrs={"td": {"class": "cell-tight"}})
    day = tables.TemplateColumn(
        "{{ record.day|cn_date }}", verbose_name="提交日期", attrs={"td": {"class": "cell-tight"}}
    )
    people = tables.Column("联名人数", attrs={"th": {"class": "cell-num"}, "td": {"class": "cell-num"}})
    state = tables.TemplateColumn("{% badge record.state record.tone %}", verbose_name="状态", orderable=False)

    class Meta:
        order_by = "-day"
        empty_text = "没有符合条件的提案"


TITLES = [
    "关于老旧小区加装电梯的建议",
    "关于在社区设立老年助餐点的建议",
    "关于规范共享单车停放的建议",
    "关于完善河道巡查机制的建议",
    "关于增设夜间公交线路的建议",
    "关于加强农村饮水安全监测、提升偏远村组供水保障能力的建议",
]
NAMES = ["林知夏", "顾远山", "欧阳明远", "沈若溪", "韩立春", "温如玉"]
STATE_TONES = [
    ("已立案", "success"),
    ("审查中", "info"),
    ("已退回", "warning"),
    ("草稿", "neutral"),
    ("超期", "danger"),
]


def sample_rows() -> list[dict[str, Any]]:
    rows = []
    for index in range(43):
        state, tone = STATE_TONES[index % 5]
        rows.append(
            {
                "no": f"2026{index + 1:03d}",
                "title": TITLES[index % 6],
                "by": NAMES[index % 6],
                "day": at(index % 11 + 1, index % 28 + 1),
                "people": index % 7,
                "state": state,
                "tone": tone,
            }
        )
    return rows


def sample_actions() -> list[Action]:
    return [
        Action("file", "立案", "primary", True, "", False, "理由"),
        Action("return", "退回修改", "secondary", True, "", True, "退回的理由"),
        Action("reject", "不予立案", "danger", True, "", True, "不予立案的理由"),
        Action("assign", "交办", "secondary", True, "", False, "理由", "?show=form", has_form=True),
        Action("merge", "并案", "secondary", False, "没有与它相似的已立案提案。", False, "理由"),
    ]


def sample_tasks() -> list[Task]:
    return [
        Task("审查提案《关于老旧小区加装电梯的建议》", "#t1", "提案", "林知夏 11月18日提交", "今天到期", "danger"),
        Task("批准《2027 年度工作计划》", "#t2", "计划", "城东街道联络处提交", "还有 3 天", "warning"),
        Task("登记“委员活动日”到会情况", "#t3", "活动", "11月20日 街道三楼会议室", "还有 9 天", "info"),
    ]


def sample_history() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(at=at(11, 3), actor_name="林知夏", label="提交", reason="", tone="info"),
        SimpleNamespace(
            at=at(11, 5, 15, 2),
            actor_name="周明",
            label="退回修改",
            tone="warning",
            reason="请补充加装电梯的具体幢数，\n并把两件事分成两件提案。",
        ),
        SimpleNamespace(at=at(11, 12), actor_name="林知夏", label="再次提交", reason="", tone="info"),
        SimpleNamespace(at=at(11, 18, 10, 40), actor_name="周明", label="立案", reason="", tone="success"),
    ]


def sample_months() -> list[BoardMonth]:
    plan = {
        1: [BoardItem("制订年度工作计划", "#m1", "上旬", "已完成", "success")],
        3: [BoardItem("走访新任委员", "#m2", "中旬", "已完成 12 人次", "success"), BoardItem("学习交流会", "#m3")],
        5: [BoardItem("视察社区养老服务", "#m4", "下旬", "已完成", "success")],
        9: [BoardItem("专题调研：小区停车", "#m5", "上旬", "逾期未登记", "danger")],
        11: [
            BoardItem("委员活动日", "#m6", "中旬", "筹备中", "info"),
            BoardItem("主席约谈", "#m7", "下旬", "未落实", "warning"),
        ],
        12: [BoardItem("年终总结会", "#m8", "下旬", "未开始")],
    }
    return [BoardMonth(f"{month}月", plan.get(month, []), current=month == 11) for month in range(1, 13)]


def sample_jobs() -> list[JobPanel]:
    return [
        JobPanel("11", "2026 年度工作总结（PDF）", "queued", ahead=2, cancel_url="#cancel"),
        JobPanel("12", "委员履职情况汇总", "running", "正在整理数据", 48, 120, "件", elapsed=9, cancel_url="#cancel"),
        JobPanel("13", "2027 年度工作计划（PDF）", "running", "正在排版", elapsed=76, usual=95, remaining=19),
        JobPanel("14", "提案目录", "done", download_url="#file", size_text="1.2 MB"),
        JobPanel("15", "活动照片册", "failed", message="有 1 张照片无法读取，请在活动里重新上传。", retry_url="#retry"),
    ]


def sample_charts() -> dict[str, charts.Figure]:
    months = [f"{month}月" for month in range(1, 13)]
    values = [
        charts.Series("已立案", [3, 5, 12, 8, 6, 4, 2, 3, 7, 9, 11, 0]),
        charts.Series("未立案", [1, 0, 3, 2, 1, 1, 0, 1, 2, 1, 3, 0]),
    ]
    title, units = "各月提案数", ["城东街道联络处", "城西街道联络处", "临江镇联络处", "县直机关联络组"]
    visits = [charts.Series("走访人次", [36, 24, 18, 9])]
    return {
        "columns": charts.columns(title, months, values, unit="件"),
        "columns_small": charts.columns(title, months, values, unit="件", width=340, height=260),
        "bars": charts.bars("走访委员人次", units, visits, unit=" 人次"),
        "bars_small": charts.bars("走访委员人次", units, visits, width=340),
    }


def overview_page() -> Page:
    return Page(
        "组件一览",
        "页面由这些组件拼成。数据是编造的，只供开发时查看。",
        [("首页", "/"), ("组件一览", "")],
        [
            Link("列表样例", "?show=list", icon="list-ul"),
            Link("新建提案", "?show=form", "primary", "plus-lg"),
            Link("合并", "#", denied_reason="没有可以合并的记录。"),
        ],
        badge="样例",
        badge_tone="info",
    )


def list_context(request: HttpRequest) -> dict[str, Any]:
    table = SampleTable(sample_rows() if request.GET["show"] == "list" else [], request=request)
    tables.RequestConfig(request, paginate={"per_page": 10}).configure(table)
    page = Page(
        "提案",
        "收到的提案都在这里，点案由查看全文和办理过程。",
        [("首页", "/"), ("提案", "")],
        [Link("登记提案", "#", "primary", "plus-lg")],
    )
    chosen = SampleFilter(request.GET, queryset=Job.objects.none())
    active = sum(bool(request.GET.get(name)) for name in chosen.filters)
    return {"page": page, "table": table, "filter": chosen, "active_filters": active, "can_export": True}


ASIDE = "写提案的三步\n\n一是说清情况：时间、地点、数字。\n\n二是分析原因。\n\n三是提出可以办到的建议。"


def form_context(request: HttpRequest) -> dict[str, Any]:
    """As core.pages.FormPage gives it: with a restored draft, or with errors and a conflict."""
    wrong = request.GET["show"] == "form-errors"
    data = {"title": "", "kind": "one", "body": SAMPLE_TEXT} if wrong else None
    context = {
        "page": Page(
            "撰写提案", "写好后提交，办公室会在 5 个工作日内答复是否立案。", [("首页", "/"), ("撰写提案", "")]
        ),
        "form": SampleForm(data, initial={"body": SAMPLE_TEXT}),
        "has_errors": wrong,
        "aside": ASIDE,
        "idempotency_key": "sample",
        "form_version": "3",
        "draft_key": "gallery.sample",
        "autosave_url": reverse("draft_save"),
        "cancel_url": "?",
        "submit_label": "提交提案",
        "draft": None,
        "conflict": None,
    }
    if wrong:
        side = Side("案由", "关于加装电梯的建议", "关于老旧小区加装电梯的建议")
        context["conflict"] = ConflictNotice("周明", at(11, 22, 10, 5), [side])
    else:
        context["draft"] = SimpleNamespace(saved_at=at(11, 21, 16, 20))
    return context


def overview_context(request: HttpRequest) -> dict[str, Any]:
    mark = static("img/mark.svg")
    return {
        "page": overview_page(),
        "tasks": sample_tasks(),
        "events": sample_history(),
        "months": sample_months(),
        "jobs": sample_jobs(),
        "actions": sample_actions(),
        "figures": sample_charts(),
        "text": SAMPLE_TEXT,
        "photos": [Photo(mark, mark, f"编造的照片 {number}", "社区食堂座谈") for number in range(1, 5)],
        "formset": forms.formset_factory(SampleRowForm, extra=1)(prefix="targets"),
        "wrong_form": SampleForm({"kind": "one"}),
        "pairs": [
            ("提案人", "林知夏"),
            ("联名人", "顾远山、沈若溪"),
            ("提交时间", "2026年11月18日 10:40"),
            ("承办单位", ""),
        ],
        "page_obj": Paginator(range(430), 10).get_page(request.GET.get("page", 6)),
    }


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """?show= list, list-empty, form, form-errors, public, board; nothing shows all components on one page."""
    show = request.GET.get("show", "")
    if show in {"list", "list-empty"}:
        return render(request, "components/list_page.html", list_context(request))
    if show in {"form", "form-errors"}:
        return render(request, "components/form_page.html", form_context(request))
    if show == "public":
        return render(request, "gallery/public.html", {"page": Page("登录"), "form": SampleSignIn()})
    if show == "board":
        return render(request, "gallery/board.html", {"page": Page("2026 年度月历"), "months": sample_months()})
    messages.success(request, "计划已提交，等待主任批准。")
    messages.error(request, "没有保存：请先填写责任人。")
    return render(request, "gallery/index.html", overview_context(request))
