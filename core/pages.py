"""What every page and form page shares: the page head, and the form that loses no text and saves once.

A form page restores the draft, compares versions, runs one service call inside a transaction together with its
idempotency key, and shows every domain error at its field with the input kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from core import drafts, printable
from core.components import ConflictNotice, Link, Page, Side
from core.errors import Conflict, DomainError
from core.models import Draft, Submission, Versioned
from core.versions import fingerprint, refuse_unseen_change

__all__ = ["FormPage", "Link", "Page"]


def posted_version(request: HttpRequest) -> int | None:
    """The version the page was opened with, as its form says."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def differences(form: Any, current: Any) -> list[Side]:
    """The fields in which the bound form differs from the row as it stands now, both sides in words."""
    found = []
    for name, spec in getattr(form, "fields", {}).items():
        if hasattr(current, name):
            stored = in_words(spec, stored_value(current, name))
            mine = in_words(spec, typed(form, name, spec))
            if stored != mine:
                found.append(Side(str(spec.label or name), mine, stored))
    return found


def stored_value(current: Any, name: str) -> Any:
    """Related rows as their keys, several as a list."""
    value = getattr(current, f"{name}_id", getattr(current, name))
    return [each.pk for each in value.all()] if hasattr(value, "all") else value


def typed(form: Any, name: str, spec: Any) -> Any:
    """What was typed; moments and decimals as values, because one value can be written in several ways."""
    raw = spec.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    if not isinstance(spec, forms.DateTimeField | forms.DecimalField):
        return raw
    try:
        return spec.to_python(raw)
    except forms.ValidationError:
        return raw


def in_words(spec: Any, value: Any) -> str:
    """A value as the user knows it: the label of a choice, 是 or 否, text with uniform line ends."""
    if isinstance(spec, forms.BooleanField):
        return "是" if value in (True, "on", "True", "true", "1") else "否"
    if isinstance(value, list | tuple):
        return "、".join(in_words(spec, each) for each in value)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    text = "" if value is None else str(value).replace("\r\n", "\n")
    labels = {str(key): label for key, label in getattr(spec, "choices", ())}
    return str(labels.get(text, text))


class FormPage:
    """One form on one page. Use: `return FormPage(request, Form, key="plans.edit:7", page=Page(…)).respond(save)`.

    `save(form, version)` is the one service call and returns the object to go to (it has get_absolute_url) or a URL.
    `form_class` may also be a composite with is_valid(), errors and add_error(). With an `instance` the second of two
    editors is told: by its version, or, when it keeps none, by what it looked like when the form was opened.
    """

    def __init__(
        self,
        request: HttpRequest,
        form_class: Callable[..., Any],
        *,
        key: str,
        page: Page,
        instance: Any = None,
        template: str = "components/form_page.html",
        form_kwargs: dict[str, Any] | None = None,
        context: dict[str, Any] | None = None,
        submit_label: str = "保存",
        cancel_url: str = "",
        done: str = "已保存。",
        autosave: bool = True,
    ) -> None:
        self.request, self.form_class, self.key, self.page = request, form_class, key, page
        self.instance, self.template = instance, template
        self.form_kwargs = form_kwargs or {}
        self.extra, self.done, self.autosave = context or {}, done, autosave
        self.submit_label, self.cancel_url = submit_label, cancel_url
        self.conflict: Conflict | None = None
        self.draft: Draft | None = None

    def respond(self, save: Callable[[Any, int | None], Any]) -> HttpResponse:
        if self.request.method != "POST":
            return self.render(self.opened(), status=200)
        pasted = printable.plain(self.request.POST)
        data = printable.without_emoji(pasted)
        if data is not pasted:
            messages.info(self.request, "表情符号在公文里印不出来，已自动去掉。")
        form = self.form_class(data=data, files=self.request.FILES, **self.form_kwargs)
        if "add_row" in self.request.POST or not self.valid(form):
            return self.render(form, status=422)
        try:
            url = self.saved(form, save)
        except Conflict as conflict:
            self.conflict = conflict
        except DomainError as error:
            form.add_error(error.field if error.field in getattr(form, "fields", {}) else None, error.message)
        else:
            return redirect(url)
        return self.render(form, status=409)

    def valid(self, form: Any) -> bool:
        """The form's own rules, and that every character can be printed later."""
        fine = form.is_valid()
        for name, sentence in printable.complaints(printable.without_emoji(printable.plain(self.request.POST))).items():
            fine = False
            form.add_error(name if name in getattr(form, "fields", {}) else None, sentence)
        return fine

    def opened(self) -> Any:
        """The form as first shown: with the draft's input if there is one, without complaining about it yet."""
        if self.autosave:
            self.draft = drafts.find(owner=self.request.user, key=self.key)
        if self.draft is None:
            return self.form_class(**self.form_kwargs)
        form = self.form_class(data=drafts.as_querydict(self.draft), **self.form_kwargs)
        forget_errors(form)
        return form

    def saved(self, form: Any, save: Callable[[Any, int | None], Any]) -> str:
        """Runs the service once per idempotency key; a repeated post gets the first one's address."""
        with transaction.atomic():
            submission, created = Submission.objects.get_or_create(key=self.idempotency_key(), owner=self.request.user)
            if created:
                if self.is_unversioned:
                    refuse_unseen_change(self.instance, form.fields, seen=self.version())
                result = save(form, self.version())
                submission.result_url = result if isinstance(result, str) else result.get_absolute_url()
                submission.save(update_fields=["result_url"])
                drafts.discard(owner=self.request.user, key=self.key)
        if created and self.done:
            messages.success(self.request, self.done)
        return submission.result_url

    @property
    def is_unversioned(self) -> bool:
        return self.instance is not None and not isinstance(self.instance, Versioned)

    def idempotency_key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.request.POST.get("idempotency_key", ""))
        except ValueError:
            return uuid.uuid4()

    def version(self) -> int | None:
        return posted_version(self.request)

    def render(self, form: Any, *, status: int) -> HttpResponse:
        context = {
            "page": self.page,
            "form": form,
            "idempotency_key": self.request.POST.get("idempotency_key") or str(uuid.uuid4()),
            "form_version": self.shown_version(form),
            "draft": self.draft,
            "draft_key": self.key if self.autosave else "",
            "conflict": self.conflict_notice(form),
            "submit_label": self.submit_label,
            "cancel_url": self.cancel_url,
            "has_errors": (status == 422 and "add_row" not in self.request.POST) or status == 409,
            **self.extra,
        }
        return render(self.request, self.template, context, status=status)

    def conflict_notice(self, form: Any) -> ConflictNotice | None:
        if self.conflict is None:
            return None
        return ConflictNotice(self.conflict.who, self.conflict.when, differences(form, self.conflict.current))

    def shown_version(self, form: Any) -> str:
        """After a conflict the new version is offered, so that saving again is a deliberate decision.

        A restored draft keeps the version it was written against: what was saved since is then a conflict too.
        """
        if self.conflict:
            return str(self.conflict.version)
        if self.draft and self.draft.data.get("version"):
            return self.draft.data["version"][0]
        if self.is_unversioned and "version" not in self.request.POST:
            return str(fingerprint(self.instance, form.fields))
        return self.request.POST.get("version") or str(getattr(self.instance, "version", ""))


def forget_errors(form: Any) -> None:
    """A restored draft is unfinished by nature; its gaps are no errors until it is submitted."""
    if hasattr(form, "forget_errors"):
        form.forget_errors()
    else:
        form._errors = forms.utils.ErrorDict()
