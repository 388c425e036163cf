"""Conversations before the reply: entered, shown, taken away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import files
from core.pages import FormPage
from handling import replying, selectors
from handling.forms.contacts import ContactForm
from handling.models import Contact
from handling.pages import replies as pages
from handling.permissions import can_note_contact
from handling.services import contacts as services


@require_http_methods(["GET", "POST"])
def contact_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What there is, and a form for one more."""
    assignment = selectors.get_for(request.user, pk)
    can_note_contact(request.user, assignment).require()
    here = reverse("contact_list", args=[pk])

    def save(form: ContactForm, version: int | None) -> str:
        services.add(assignment=assignment, by=request.user, **form.cleaned_data)
        return here

    return FormPage(
        request, ContactForm, key=f"handling.contact:{pk}", page=pages.part_page(assignment, "面商"),
        template="handling/contacts.html", form_kwargs={"assignment": assignment},
        context={"contacts": pages.contacts(assignment), "may_drop": True, "aside": pages.CONTACT_HELP},
        submit_label="登记面商", cancel_url=reverse("reply_write", args=[pk]), done="已登记面商。",
    ).respond(save)  # fmt: skip


@require_GET
def contact_photo(request: HttpRequest, pk: int) -> HttpResponse:
    contact: Contact = replying.contact_for(request.user, pk)
    if contact.photo is None:
        raise Http404
    return files.serve(contact.photo, inline=True)


@require_POST
def contact_drop(request: HttpRequest, pk: int) -> HttpResponse:
    contact = replying.contact_for(request.user, pk)
    services.drop(contact=contact, by=request.user)
    messages.success(request, "已删除这条面商登记。")
    return redirect("contact_list", pk=contact.assignment_id)
