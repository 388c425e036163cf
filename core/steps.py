"""One view for all transitions of a kind of object: a button does it at once, a form page asks for more first.

PLAIN = {"submit": submit_step}                      # (obj, user, reason) -> address to go to, or None
FORMS = {"file": FormStep(FileForm, "立案后编号。", file_kwargs, file_step)}

def proposal_act(request, pk, action):
    return perform(request, selectors.get_for(request.user, pk), action, flow=FLOW, plain=PLAIN, forms=FORMS,
                   crumbs=pages.crumbs)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.models import Versioned
from core.pages import FormPage, Page, posted_version
from core.workflow import Transition, Workflow

Plain = Callable[[Any, Any, str], Any]
Crumbs = Callable[..., list[tuple[str, str]]]


@dataclass(frozen=True)
class FormStep:
    """`lead` says what will happen, `kwargs(obj)` are the form's own arguments, `save(obj, form, user)` is the one
    service call. `prefill` names fields the address may fill in beforehand.
    """

    form: Callable[..., Any]
    lead: str
    kwargs: Callable[[Any], dict[str, Any]]
    save: Callable[[Any, Any, Any], Any]
    prefill: tuple[str, ...] = ()


def perform(request: HttpRequest, obj: Any, name: str, *, flow: Workflow, plain: Mapping[str, Plain],
            forms: Mapping[str, FormStep], crumbs: Crumbs) -> HttpResponse:  # fmt: skip
    """Runs the transition `name` on the version the page showed: what was changed meanwhile must be looked at first.

    Raises Http404 for one that is not offered here, Denied for one this user may not start.
    """
    if name not in plain and name not in forms:
        raise Http404
    transition = flow.transitions[name]
    transition.allowed(request.user, obj).require()
    obj.seen_version = posted_version(request)
    if transition.has_form:
        return form_page(request, obj, transition, flow, forms[name], crumbs)
    if request.method != "POST":
        return redirect(obj.get_absolute_url())
    plain[name](obj, request.user, request.POST.get("reason", ""))
    messages.success(request, transition.done)
    return redirect(obj.get_absolute_url())


def form_page(request: HttpRequest, obj: Any, transition: Transition, flow: Workflow, step: FormStep,
              crumbs: Crumbs) -> HttpResponse:  # fmt: skip
    if obj.state not in transition.sources:
        messages.error(request, f"现在是“{flow.label(obj.state)}”，不能再“{transition.label}”。")
        return redirect(obj.get_absolute_url())
    page = Page(f"{transition.label}：{obj}", lead=step.lead, breadcrumbs=crumbs(request.user, obj, transition.label))
    return FormPage(
        request,
        step.form,
        key=f"{obj._meta.app_label}.{transition.name}:{obj.pk}",
        page=page,
        instance=obj if isinstance(obj, Versioned) else None,
        form_kwargs=prefilled(request, step, step.kwargs(obj)),
        context=seen_before(request),
        submit_label=f"确定{transition.label}",
        cancel_url=obj.get_absolute_url(),
        done=transition.done,
        autosave=False,
    ).respond(lambda form, version: step.save(obj, form, request.user))


def prefilled(request: HttpRequest, step: FormStep, kwargs: dict[str, Any]) -> dict[str, Any]:
    """The form's arguments, with the values the address names as first shown."""
    given = {name: request.GET[name] for name in step.prefill if name in request.GET}
    return kwargs | {"initial": {**kwargs.get("initial", {}), **given}} if given else kwargs


def seen_before(request: HttpRequest) -> dict[str, str]:
    """The version of the page the button stood on, which may be older than the one the form is opened with."""
    version = request.GET.get("version", "")
    return {"form_version": version} if request.method == "GET" and version.isdecimal() else {}
