"""The components as a template writes them: words, escaping, accessible names."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from core.components import TONES, BoardItem, BoardMonth, JobPanel, Task
from core.templatetags import ui
from core.workflow import Action


def drawn(source: str, **values: object) -> str:
    request = RequestFactory().get("/list/?q=%E6%B2%B3&page=2")
    return Template(source).render(Context({"request": request, "csrf_token": "token", **values}))


class OneField(forms.Form):
    title = forms.CharField(label="案由", help_text="一事一案")
    kind = forms.ChoiceField(label="方式", choices=[("a", "个人")], widget=forms.RadioSelect)

    def clean(self) -> None:
        if self.data.get("title") == "两件事":
            raise forms.ValidationError("一件提案只写一件事。")


# --- small things ----------------------------------------------------------------------------------------
def test_icon_is_hidden_from_screen_readers_unless_it_has_a_label():
    assert 'aria-hidden="true"' in drawn('{% icon "house" %}')
    assert 'role="img" aria-label="首页"' in drawn('{% icon "house" "首页" %}')


def test_icon_that_does_not_exist_is_an_error():
    with pytest.raises(ValueError, match="no icon “hause”"):
        drawn('{% icon "hause" %}')


@pytest.mark.parametrize("tone", TONES)
def test_badge_always_has_words(tone):
    assert drawn("{% badge '已立案' tone %}", tone=tone) == f'<span class="tag tag-{tone}">已立案</span>'


def test_badge_escapes_and_refuses_unknown_tones():
    assert "&lt;b&gt;" in drawn("{% badge name %}", name="<b>")
    with pytest.raises(ValueError, match="unknown tone"):
        drawn("{% badge '已立案' 'pink' %}")


def test_dates_are_chinese_and_in_the_portal_time_zone():
    late = datetime(2026, 11, 21, 17, 5, tzinfo=timezone.get_fixed_timezone(0))
    assert ui.cn_datetime(late) == "2026年11月22日 01:05"
    assert ui.cn_day(late) == "2026年11月22日（周日）"
    assert ui.cn_date(date(2026, 3, 5)) == "2026年3月5日"


@pytest.mark.parametrize("tool", [ui.cn_date, ui.cn_day, ui.cn_datetime])
def test_no_date_is_no_text(tool):
    assert tool(None) == ""


@pytest.mark.parametrize(("value", "maximum", "share"), [(0, 60, 0), (59.9, 60, 99), (60, 60, 100), (3, 0, 0)])
def test_percent_shows_a_hundred_only_when_reached(value, maximum, share):
    assert ui.percent(value, maximum) == share


# --- targets ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "pace", "words"),
    [(36, 53, "落后于进度"), (53, 53, "进行中"), (60, 60, "已完成"), (61, 60, "已完成"), (10, None, "进行中")],
)
def test_target_says_in_words_how_it_stands(value, pace, words):
    assert words in drawn("{% progress value 60 '走访委员' pace=pace unit='人次' %}", value=value, pace=pace)


def test_target_bar_uses_presentation_attributes_only():
    page = drawn("{% progress 30 60 '走访委员' pace=45 %}")
    assert 'width="50.0"' in page and "style" not in page


def test_target_without_a_number_has_no_bar():
    page = drawn("{% progress 3 None '办实事' unit='件' %}")
    assert "未定数量" in page and "<svg" not in page


def test_target_over_its_amount_stays_within_the_bar():
    assert ui.progress(90, 60, "走访")["fill"] == 100


# --- blocks ----------------------------------------------------------------------------------------------
def test_card_keeps_its_content_and_escapes_its_title():
    page = drawn("{% card title=name link_url='/a/' link_label='全部' %}<p>{{ name }}</p>{% endcard %}", name="A<B")
    assert page.count("A&lt;B") == 2 and '<a href="/a/">全部</a>' in page


def test_prose_keeps_paragraphs_and_indents():
    page = drawn("{% prose text %}", text="　　一、情况\r\n\r\n　　二、建议<script>")
    assert "<p>　　一、情况</p><p>　　二、建议&lt;script&gt;</p>" in page


def test_empty_pairs_are_a_dash():
    page = drawn("{% kv pairs %}", pairs=[("提案人", "林知夏"), ("案号", ""), ("人数", 0)])
    assert page.count("—") == 1 and "<dd>0</dd>" in page


def test_timeline_tells_who_did_what_and_why():
    event = SimpleNamespace(at=timezone.now(), actor_name="周明", label="退回修改", reason="请补充\n数字")
    page = drawn("{% timeline events %}", events=[event])
    assert "退回修改" in page and "周明" in page and "请补充<br>数字" in page


def test_work_list_says_when_nothing_waits():
    assert "没有等待您办理的事项" in drawn("{% task_list tasks %}", tasks=[])
    assert "今天到期" in drawn("{% task_list tasks %}", tasks=[Task("审查", "/t/", due="今天到期", tone="danger")])


def test_month_board_marks_the_month_and_its_items():
    item = BoardItem("委员活动日", "/a/", "中旬", "筹备中", "info")
    page = drawn("{% month_board months %}", months=[BoardMonth("11月", [item], current=True), BoardMonth("12月")])
    assert "本月" in page and "中旬" in page and "筹备中" in page and "无安排" in page


# --- actions ---------------------------------------------------------------------------------------------
def action(**values: object) -> Action:
    start = {"name": "return", "label": "退回", "tone": "primary", "allowed": True, "denied_reason": ""}
    return Action(**{**start, "needs_reason": False, "reason_label": "退回的理由", "url": "/p/1/return/", **values})


def test_allowed_action_is_a_form_with_token_and_version():
    page = drawn("{% action_bar actions version=7 %}", actions=[action()])
    assert 'method="post" action="/p/1/return/"' in page
    assert 'value="token"' in page and 'name="version" value="7"' in page


def test_action_with_reason_asks_for_it():
    page = drawn("{% action_bar actions %}", actions=[action(needs_reason=True)])
    assert 'name="reason"' in page and "required" in page and "退回的理由" in page


def test_denied_action_stays_with_its_reason():
    page = drawn("{% action_bar actions %}", actions=[action(allowed=False, denied_reason="还没有受理。")])
    assert "disabled" in page and 'id="why-return">还没有受理。' in page and "<form" not in page


# --- jobs ------------------------------------------------------------------------------------------------
def test_running_job_polls_and_shows_what_can_be_counted():
    job = JobPanel("7", "年度总结", "running", "正在整理数据", 12, 120, elapsed=75, poll_url="/jobs/7/")
    page = drawn("{% job_panel job %}", job=job)
    assert 'hx-get="/jobs/7/" hx-trigger="every 2s"' in page
    assert 'value="12" max="120"' in page and "已用 1 分 15 秒" in page


def test_stage_that_cannot_be_counted_has_no_value():
    job = JobPanel("7", "年度总结", "running", "正在排版", usual=20)
    page = drawn("{% job_panel job %}", job=job)
    assert "约剩" not in page and "max=" not in page


@pytest.mark.parametrize(("state", "words"), [("done", "已完成"), ("failed", "没有完成"), ("cancelled", "已取消")])
def test_job_that_is_over_asks_no_more(state, words):
    page = drawn("{% job_panel job %}", job=JobPanel("7", "年度总结", state))
    assert words in page and "hx-get" not in page


# --- forms -----------------------------------------------------------------------------------------------
def test_error_summary_links_to_the_fields():
    page = drawn("{% form_errors form %}", form=OneField({}))
    assert "有 2 处需要修改" in page
    assert 'href="#id_title"' in page and 'href="#id_kind_0"' in page


def test_error_summary_has_the_words_of_the_whole_form():
    assert "一件提案只写一件事。" in drawn("{% form_errors form %}", form=OneField({"title": "两件事", "kind": "a"}))


def test_error_summary_is_silent_without_errors():
    assert drawn("{% form_errors form %}", form=OneField()).strip() == ""


def test_fields_have_label_help_and_mark_in_words():
    page = drawn("{% form_fields form %}", form=OneField())
    assert '<label for="id_title" class="form-label">案由 <span class="must">必填</span></label>' in page
    assert 'aria-describedby="id_title_helptext"' in page and 'id="id_title_helptext"' in page
    assert "<legend" in page


def test_wrong_field_points_to_its_error():
    page = drawn("{% form_fields form %}", form=OneField({"kind": "a"}))
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_title_helptext id_title_error"' in page and 'id="id_title_error"' in page


def test_formset_has_an_empty_row_for_the_script_and_a_button_without_it():
    page = drawn("{% formset_rows rows add_label='再加一行' %}", rows=forms.formset_factory(OneField)(prefix="t"))
    assert "t-__prefix__-title" in page and 'name="add_row" value="t"' in page


# --- lists -----------------------------------------------------------------------------------------------
def test_pager_keeps_the_filter():
    page = drawn("{% pager page %}", page=Paginator(range(100), 10).page(2))
    assert "?q=%E6%B2%B3&amp;page=3" in page and 'aria-current="page">2' in page
