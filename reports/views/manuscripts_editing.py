"""The editor of a manuscript: its words, its photos, and the check before it is handed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError
from core.pages import FormPage
from core.templatetags.ui import cn_datetime
from reports import permissions, selectors
from reports.forms import EditorForm, PhotoForm
from reports.forms.manuscripts import slot_of
from reports.manuscripts import files, problems, services
from reports.manuscripts import passages as kept
from reports.models import Manuscript
from reports.pages import editor, one, photos

#: What a button of one passage does.
AT_PASSAGE = {"restore": services.restore, "accept": services.accept, "remove": services.remove}
DONE = {
    "restore": "已恢复为按记录生成的文字。", "accept": "已保留您的文字。", "remove": "已删除这一段。",
    "recompose": "已按现在的记录重新成文：数字已更新，您改过的文字都还在。", "photos": "", "check": "", "print": "",
}  # fmt: skip


def closed_for(request: HttpRequest, manuscript: Manuscript) -> HttpResponse | None:
    """Whoever comes back to it after handing it in, say with the browser's button, is shown how it stands; everybody
    else who may not edit it is refused. None: it may be edited.
    """
    answer = permissions.can_edit(request.user, manuscript)
    if not answer and request.method == "GET" and permissions.can_work_on(request.user, manuscript):
        messages.info(request, answer.reason)
        return redirect(manuscript)
    answer.require()
    return None


@require_http_methods(["GET", "POST"])
def manuscript_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """All words on one page. Every button saves first, then does its own."""
    manuscript = selectors.manuscript_for(request.user, pk)
    if closed := closed_for(request, manuscript):
        return closed
    act, _, slot = request.POST.get("act", "").partition(":")
    slot = slot or request.POST.get("at", "")

    def save(form: EditorForm, version: int | None) -> str:
        saved = written(manuscript, form, version, request.user)
        return acted(saved, act, slot, form, request.user)

    lead = f"数据截至 {cn_datetime(manuscript.as_of)}。文字可以随意改；深色的数字来自记录，会随记录更新。"
    return EditorResponse(
        request, EditorForm, key=f"reports.manuscript:{pk}", instance=manuscript,
        page=one.below(request.user, manuscript, "修改", lead), template="reports/manuscript_edit.html",
        form_kwargs={"passages": kept.load(manuscript.passages), "initial": {"title": manuscript.title}},
        context={"manuscript": manuscript, "palette": editor.palette(manuscript)},
        cancel_url=manuscript.get_absolute_url(), done=DONE.get(act, "已保存。"),
    ).respond(save)  # fmt: skip


class EditorResponse(editor.EditorPage):
    def render(self, form: Any, *, status: int) -> HttpResponse:
        self.extra["rows"] = editor.rows(form, self.instance)
        return super().render(form, status=status)


def written(manuscript: Manuscript, form: EditorForm, version: int | None, user: Any) -> Manuscript:
    """The words, then what was added. Raises DomainError at the passage's field."""
    try:
        saved = services.save(manuscript=manuscript, title=form.cleaned_data["title"], texts=form.texts,
                              hidden=form.hidden, version=version, by=user)  # fmt: skip
        for each in form.added:
            saved = services.add(manuscript=saved, **each, version=saved.version, by=user)
    except DomainError as error:
        if error.field and f"text_{slot_of(error.field)}" in form.fields:
            error.field = f"text_{slot_of(error.field)}"
        raise
    return saved


def acted(manuscript: Manuscript, act: str, slot: str, form: EditorForm, user: Any) -> str:
    """Does what the button says besides saving; gives the address to go to."""
    passage = form.passages.get(slot)
    given: dict[str, Any] = {"manuscript": manuscript, "version": manuscript.version, "by": user}
    if act in AT_PASSAGE and passage is not None:
        AT_PASSAGE[act](**given, key=passage.key)
    elif act == "recompose":
        services.recompose(**given)
    elif act == "print":
        return reverse("job_page", args=[files.request_preview(manuscript=manuscript, by=user).pk])
    elif act == "check":
        return one.at("manuscript_check", manuscript)
    elif act == "photos":
        return f"{one.at('manuscript_photos', manuscript)}?after={slot}"
    return f"{one.at('manuscript_edit', manuscript)}{f'#p-{slot}' if slot else ''}"


@require_http_methods(["GET", "POST"])
def manuscript_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Photos of the period's activities to choose from."""
    manuscript = selectors.manuscript_for(request.user, pk)
    permissions.can_edit(request.user, manuscript).require()
    places = photos.places(manuscript)

    def save(form: PhotoForm, version: int | None) -> str:
        after = form.cleaned_data["after"]
        services.add_photos(manuscript=manuscript, after=places[after][0], photos=form.chosen, version=version,
                            by=request.user)  # fmt: skip
        return f"{one.at('manuscript_edit', manuscript)}#p-{after}"

    return FormPage(
        request, PhotoForm, key=f"reports.photos:{pk}", instance=manuscript, autosave=False, submit_label="放进文稿",
        page=one.below(request.user, manuscript, "选照片", "只列出本年度活动里标明“用于报告”的照片。"),
        template="reports/manuscript_photos.html", cancel_url=one.at("manuscript_edit", manuscript),
        form_kwargs={
            "photos": photos.choices(manuscript, request.user),
            "places": [(slot, words) for slot, (_, words) in places.items()],
            "initial": {"after": request.GET.get("after", "")},
        },
        done="照片已放进文稿。",
    ).respond(save)  # fmt: skip


@require_GET
def manuscript_check(request: HttpRequest, pk: int) -> HttpResponse:
    """What to look at before handing in, compared with the records of this moment."""
    manuscript = selectors.manuscript_for(request.user, pk)
    if closed := closed_for(request, manuscript):
        return closed
    fresh, note = None, ""
    try:
        fresh = services.fresh(manuscript, timezone.now())
    except DomainError as error:
        note = error.message
    found = [(each, slot_of(each.key) if each.key else "") for each in problems.of(manuscript, fresh)]
    page = one.below(request.user, manuscript, "检查并提交", "提交前看一遍。下面的提示不妨碍提交，由您决定。")
    context = {"page": page, "manuscript": manuscript, "problems": found, "note": note}
    return render(request, "reports/manuscript_check.html", context)
