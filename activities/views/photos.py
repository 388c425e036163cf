"""Photos: uploaded, arranged, handed out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from activities import forms, selectors, services
from activities.pages import heads
from activities.views.common import READ_OR_WRITE, editable
from core import files
from core.pages import FormPage


@require_http_methods(READ_OR_WRITE)
def activity_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload; below it the photos with captions, saved by `activity_photos_arrange`."""
    activity = editable(request, pk)
    here = reverse("activity_photos", args=[pk])
    form_page = FormPage(
        request,
        forms.PhotosForm,
        key=f"activities.photos:{pk}",
        page=heads.part_page(activity, "照片"),
        template="activities/photos.html",
        context={"activity": activity, "photos": list(activity.photos.select_related("thumbnail"))},
        cancel_url=activity.get_absolute_url(),
        submit_label="上传",
        done="",
        autosave=False,
    )

    def save(form: forms.PhotosForm, version: int | None) -> str:
        kept, refused = services.add_photos(by=request.user, activity=activity, uploads=form.cleaned_data["photos"])
        if kept:
            messages.success(request, f"已保存 {len(kept)} 张照片。")
        for sentence in refused:
            messages.error(request, sentence)
        return here

    return form_page.respond(save)


@require_POST
def activity_photos_arrange(request: HttpRequest, pk: int) -> HttpResponse:
    activity = editable(request, pk)
    notes = forms.photo_notes(request.POST, activity.photos.all())
    _, deleted = services.arrange_photos(by=request.user, activity=activity, notes=notes)
    messages.success(request, f"照片说明已保存，删除了 {deleted} 张。" if deleted else "照片说明已保存。")
    return redirect("activity_photos", pk=pk)


@require_GET
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    return files.serve(selectors.photo_for(request.user, pk).file, inline=True)


@require_GET
def photo_thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    return files.serve(selectors.photo_for(request.user, pk).thumbnail, inline=True)
