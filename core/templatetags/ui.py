"""The components of every page. docs/design.md lists them with examples; /gallery/ shows them.

Registered as a template built-in, so no {% load %} is needed. Every argument a component may leave out has a
default here, because an undefined template variable fails the suite.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from crispy_forms.utils import render_crispy_form
from django import template
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core import icons
from core.clock import chinese_date
from core.components import TONES, JobPanel

register = template.Library()
WEEKDAYS = "一二三四五六日"


def known_tone(tone: str) -> str:
    """Raises ValueError for a tone that has no colours."""
    if tone not in TONES:
        raise ValueError(f"unknown tone “{tone}”, must be one of {', '.join(TONES)}")
    return tone


# --- small things ------------------------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon, hidden from screen readers unless it has a label of its own."""
    body = mark_safe(icons.paths(name))
    if label:
        return format_html('<svg class="icon" viewBox="0 0 16 16" role="img" aria-label="{}">{}</svg>', label, body)
    return format_html('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>', body)


@register.simple_tag
def badge(label: str, tone: str = "neutral") -> SafeString:
    """A state in words; the colour only repeats it."""
    return format_html('<span class="tag tag-{}">{}</span>', known_tone(tone), label)


@register.filter
def cn_date(value: date | datetime | None) -> str:
    """2026年11月22日; an empty value stays empty."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return chinese_date(value) if value else ""


@register.filter
def cn_day(value: date | datetime | None) -> str:
    """2026年11月22日（周日）."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{cn_date(value)}（周{WEEKDAYS[value.weekday()]}）" if value else ""


@register.filter
def cn_datetime(value: datetime | None) -> str:
    """2026年11月22日 14:05, in the portal's time zone."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{chinese_date(local.date())} {local:%H:%M}"


@register.filter
def cn_seconds(value: int) -> str:
    """75 → 1 分 15 秒."""
    minutes, seconds = divmod(int(value), 60)
    return f"{minutes} 分 {seconds} 秒" if minutes else f"{seconds} 秒"


@register.filter
def percent(value: float, maximum: float) -> int:
    """Whole per cent, rounded down so that 100 is only shown when it is reached."""
    return int(value * 100 // maximum) if maximum else 0


# --- figures -----------------------------------------------------------------------------------------------------
@register.inclusion_tag("components/stat.html")
def stat(label: str, value: Any, unit: str = "", href: str = "", hint: str = "") -> dict[str, Any]:
    """One figure; `href` leads to the records behind it."""
    return {"label": label, "value": value, "unit": unit, "href": href, "hint": hint}


@register.inclusion_tag("components/progress.html")
def progress(
    value: float, maximum: float | None, label: str, pace: float | None = None, href: str = "", unit: str = ""
) -> dict[str, Any]:
    """A target: actual against amount, with a tick where the calendar says it should be.

    `maximum` None means the target has no number yet; `pace` is in the unit of `value`.
    """
    top = max(value, maximum or 0, 1)
    reached = maximum is not None and value >= maximum
    behind = not reached and pace is not None and value < pace
    state = ("success", "已完成") if reached else ("warning", "落后于进度") if behind else ("info", "进行中")
    tick = None if pace is None or reached else round(100 * min(pace, top) / top - 0.4, 2)
    return {
        "value": value, "maximum": maximum, "label": label, "pace": pace, "href": href, "unit": unit,
        "fill": round(100 * value / top, 2), "tick": tick, "halo": None if tick is None else round(tick - 0.5, 2),
        "share": percent(value, maximum) if maximum else None, "tone": state[0], "word": state[1],
    }  # fmt: skip


@register.inclusion_tag("components/kv.html")
def kv(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Label and value pairs; an empty value is shown as a dash."""
    return {"pairs": list(pairs)}


# --- blocks ------------------------------------------------------------------------------------------------------
@register.simple_block_tag(end_name="endcard")
def card(
    content: str, title: str = "", link_url: str = "", link_label: str = "", tone: str = "", icon: str = ""
) -> str:
    """{% card title="近期活动" link_url=url link_label="全部活动" %}…{% endcard %}"""
    values = {"content": content, "title": title, "link_url": link_url, "link_label": link_label, "tone": tone}
    return render_to_string("components/card.html", {**values, "icon_name": icon})


@register.simple_block_tag(end_name="endnotice")
def notice(content: str, tone: str = "info", title: str = "") -> str:
    """{% notice tone="warning" title="请注意" %}…{% endnotice %} – a box within the page."""
    return render_to_string("components/notice.html", {"content": content, "tone": known_tone(tone), "title": title})


@register.inclusion_tag("components/empty_state.html")
def empty_state(
    title: str, text: str = "", action_url: str = "", action_label: str = "", icon: str = "inbox"
) -> dict[str, Any]:
    """Says why there is nothing and what to do next."""
    return {"title": title, "text": text, "action_url": action_url, "action_label": action_label, "icon_name": icon}


@register.inclusion_tag("components/timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, Any]:
    """What happened, oldest first: objects with at, actor_name, label, reason and perhaps tone."""
    return {"events": list(events)}


@register.inclusion_tag("components/photo_grid.html")
def photo_grid(photos: Iterable[Any]) -> dict[str, Any]:
    return {"photos": list(photos)}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Iterable[Any], empty: str = "没有等待您办理的事项") -> dict[str, Any]:
    """A work list of core.components.Task."""
    return {"tasks": list(tasks), "empty": empty}


@register.inclusion_tag("components/month_board.html")
def month_board(months: Iterable[Any], caption: str = "") -> dict[str, Any]:
    """Twelve core.components.BoardMonth; prints on one landscape page."""
    return {"months": list(months), "caption": caption}


@register.inclusion_tag("components/prose.html")
def prose(text: str) -> dict[str, Any]:
    """Text as it was typed: paragraphs and leading full-width spaces are kept."""
    lines = str(text or "").replace("\r\n", "\n").split("\n")
    return {"paragraphs": [line.rstrip() for line in lines if line.strip()]}


@register.inclusion_tag("components/chart.html")
def chart(figure: Any, compact: Any = None, show_table: bool = True) -> dict[str, Any]:
    """A core.charts.Figure with its numbers as a table below; `compact` is drawn on phones instead."""
    return {"figure": figure, "compact": compact or figure, "show_table": show_table}


@register.inclusion_tag("components/job.html", takes_context=True)
def job_panel(context: template.Context, job: JobPanel) -> dict[str, Any]:
    """A background job; the view of the fragment renders the same template with {"job": panel}."""
    return {"job": job, "csrf_token": context.get("csrf_token", "")}


# --- acting ------------------------------------------------------------------------------------------------------
@register.inclusion_tag("components/action_bar.html", takes_context=True)
def action_bar(context: template.Context, actions: Iterable[Any], version: int | None = None) -> dict[str, Any]:
    """The transitions of an object as buttons; a denied one stays visible with its reason."""
    return {"actions": list(actions), "version": version, "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("components/link_button.html", takes_context=True)
def link_button(context: template.Context, link: Any) -> dict[str, Any]:
    """A core.components.Link of the page header."""
    return {"link": link, "csrf_token": context.get("csrf_token", "")}


# --- forms and lists ---------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def form_fields(context: template.Context, form: BaseForm) -> SafeString:
    """All fields of a form inside our own <form>: by its crispy helper when it has one, else in order."""
    helper = getattr(form, "helper", None)
    if helper is None:
        return as_crispy_form(form)
    helper.form_tag, helper.disable_csrf, helper.include_media = False, True, False
    helper.render_hidden_fields = True
    helper.form_show_errors = True
    return render_crispy_form(form, helper, context.flatten())


def error_rows(form: BaseForm) -> list[dict[str, str]]:
    """One row per message in the order of the fields: the id to jump to (empty for the whole form), label, sentence."""
    rows = [{"id": "", "label": "", "message": str(message)} for message in form.non_field_errors()]
    for name in form.fields:
        if name in form.errors:
            field = form[name]
            target = field.id_for_label or f"{field.auto_id}_0"
            rows += [{"id": target, "label": str(field.label), "message": str(text)} for text in field.errors]
    return rows


@register.inclusion_tag("components/form_errors.html")
def form_errors(*forms: BaseForm) -> dict[str, Any]:
    """What is wrong, on top of the page, with links to the fields. Takes several forms."""
    return {"rows": [row for form in forms if form.is_bound for row in error_rows(form)]}


@register.inclusion_tag("components/formset.html", takes_context=True)
def formset_rows(
    context: template.Context, formset: Any, row_label: str = "条目", add_label: str = "再加一行", can_add: bool = True
) -> dict[str, Any]:
    """The forms of a formset with a button that adds one more."""
    values = {"formset": formset, "row_label": row_label, "add_label": add_label, "can_add": can_add}
    return {**values, "request": context.get("request")}


@register.inclusion_tag("components/autosave_status.html")
def autosave_status(text: str = "", failed: bool = False) -> dict[str, Any]:
    """The line beside the save button. The autosave view answers with the same template."""
    return {"text": text, "failed": failed}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Any, param: str = "page") -> dict[str, Any]:
    """Pages of a Django Page object, for lists that are not django-tables2 tables."""
    numbers: Sequence[Any] = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    query = context["request"].GET.copy()
    query.pop(param, None)
    prefix = f"?{query.urlencode()}&{param}=" if query else f"?{param}="
    return {"page": page, "numbers": numbers, "prefix": prefix}
