"""The page on which a member writes: saved as often as wanted, sent once, then answered with a receipt.

Shared by everything a member submits. A half-finished text may be saved; only sending asks for completeness.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core import drafts
from core.components import Task
from core.listing import PER_PAGE
from core.pages import FormPage, Link, Page
from core.permissions import Permission
from core.templatetags.ui import cn_datetime
from core.workflow import Action, Workflow

SUBMIT = "submit"
CHOOSE = ("", "请选择")
Gaps = Callable[[Mapping[str, Any]], dict[str, str]]


def is_submission(request: HttpRequest) -> bool:
    """Whether the pressed button sends the text. Anything else (Enter in a field, no button) only saves it."""
    return request.POST.get("intent") == SUBMIT


class WritingForm(forms.Form):
    """Required fields and `gaps` are asked for on submission only; a draft may have any of them empty.

    `gaps(cleaned_data)` gives {field: sentence} for what the rules still miss.
    """

    def __init__(self, *args: Any, submitting: bool = False, gaps: Gaps | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.submitting, self.gaps = submitting, gaps
        for each in self.fields.values():
            verb = "选择" if isinstance(each, forms.ChoiceField) else "填写"
            each.error_messages["required"] = f"请{verb}“{each.label}”。"

    def suggest(self, characters: Mapping[str, int]) -> None:
        """Sets how many characters the counters below the fields compare with."""
        for name, number in characters.items():
            if name in self.fields:
                self.fields[name].suggest(number)

    def _clean_fields(self) -> None:
        asked = [each for each in self.fields.values() if each.required and not self.submitting]
        for each in asked:
            each.required = False
        super()._clean_fields()
        for each in asked:
            each.required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.submitting and self.gaps:
            for name, sentence in self.gaps(cleaned).items():
                if name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned


def writing_page(
    request: HttpRequest,
    form_class: type[WritingForm],
    *,
    key: str,
    page: Page,
    submit_label: str,
    aside: str,
    gaps: Gaps,
    instance: Any = None,
    initial: dict[str, Any] | None = None,
    form_kwargs: dict[str, Any] | None = None,
    similar_url: str = "",
) -> FormPage:
    """The form page with its two buttons, 保存草稿 and the one that submits. `similar_url` finds similar texts."""
    submitting = is_submission(request)
    return FormPage(
        request,
        form_class,
        key=key,
        page=page,
        instance=instance,
        template="components/writing_page.html",
        form_kwargs={"submitting": submitting, "gaps": gaps, "initial": initial or {}, **(form_kwargs or {})},
        context={"aside": aside, "similar_url": similar_url},
        submit_label=submit_label,
        done="" if submitting else "草稿已保存。可以接着写，也可以以后再打开。",
    )


@dataclass(frozen=True)
class Receipt:
    """回执: what was received, when, what comes next, whom to phone."""

    number: str
    title: str
    at: datetime
    receiver: str
    next_steps: Sequence[str]
    contact: str
    again: Link
    back: Link
    facts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Paper:
    """A written thing as its reader sees it: parts of prose, facts beside them, what happened, what can be done.

    `version` is the one shown: whoever decides on it decides on that one.
    """

    parts: Sequence[tuple[str, str]]
    facts: Sequence[tuple[str, Any]]
    events: Sequence[Any] = ()
    actions: Sequence[Any] = ()
    call: str = ""
    call_tone: str = "info"
    call_title: str = ""
    links: Sequence[Link] = field(default_factory=tuple)
    version: int | None = None


def unfinished(user: Any, key: str, url: str, what: str) -> list[Task]:
    """The new text that was never saved but kept by the autosave, as a line of the own list; at most one."""
    draft = drafts.find(owner=user, key=key)
    if draft is None:
        return []
    words = next((value[0] for name in ("subject", "title") if (value := draft.data.get(name)) and value[0]), what)
    return [Task(words[:80], url, note=f"{cn_datetime(draft.saved_at)}自动保存，还没有存成草稿", due="没写完",
                 tone="warning")]  # fmt: skip


def own_list(
    request: HttpRequest,
    rows: QuerySet,
    *,
    title: str,
    write: Link,
    may_write: Permission,
    writable: Collection[str],
    task: Callable[[Any], Task],
    empty: tuple[str, str],
    waits: Callable[[Any], bool] | None = None,
    first: Sequence[Task] = (),
    sent_title: str = "已经提交",
) -> HttpResponse:
    """What the user wrote, what still waits for the user apart. Raises Denied when there is nothing and never can be.

    `writable` are the states in which the user still writes, `waits(row)` asks more precisely; `first` is what
    waits beside the rows; `empty` a title and a sentence.
    """
    mine = waits or (lambda row: row.state in writable)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    if not shown.paginator.count and not first:
        may_write.require()
    context = {
        "page": Page(title, actions=[write] if may_write else []),
        "pages": shown,
        "write": write,
        "waiting": [*(first if shown.number == 1 else ()), *(task(row) for row in shown if mine(row))],
        "sent": [task(row) for row in shown if not mine(row)],
        "sent_title": sent_title,
        "empty_title": empty[0],
        "empty_text": empty[1],
    }
    return render(request, "components/own_list.html", context)


def own_side(flow: Workflow, user: Any, obj: Any, url_name: str, is_writer: bool,
             writers_steps: Collection[str]) -> list[Action]:  # fmt: skip
    """The actions of the user's own side: writers see theirs, the office its own, each allowed or denied with a
    reason. Submitting is left out: it is done on the writing page.
    """
    actions = flow.actions(user, obj, url=lambda name: reverse(url_name, args=[obj.pk, name]))
    return [each for each in actions if each.name != SUBMIT and (each.name in writers_steps) == is_writer]


class ListedReasonForm(forms.Form):
    """A reason from the office's list, in the user's own words, or both."""

    listed = forms.ChoiceField(label="常用理由", required=False, widget=forms.RadioSelect)
    words = forms.CharField(
        label="补充说明", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写给提交人看，请说清楚要改什么、怎么改。",
    )  # fmt: skip

    def __init__(self, *args: Any, reasons: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["listed"].choices = list(reasons)
        self.helper = FormHelper()
        self.helper.layout = Layout(Field("listed", wrapper_class="one-per-line"), "words")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("listed") and not cleaned.get("words"):
            self.add_error("listed", "请选一条常用理由，或者在“补充说明”里写明理由。")
        return cleaned

    @property
    def reason(self) -> str:
        """Both parts as one text for the log and the notice."""
        label = dict(self.fields["listed"].choices).get(self.cleaned_data["listed"], "")
        return "\n".join(part for part in (label, self.cleaned_data["words"].strip()) if part)
