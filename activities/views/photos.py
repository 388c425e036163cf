"""Photos: uploaded (one by one from the page's own uploader, or several with the form), arranged, handed out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from activities import forms, selectors, services
from activities.pages import heads, records
from activities.services.photos import SamePhoto
from activities.views.common import READ_OR_WRITE, supplementable
from core import files
from core.errors import DomainError
from core.pages import FormPage


@require_http_methods(READ_OR_WRITE)
def activity_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload; below it the photos with captions, saved by `activity_photos_arrange`."""
    activity = supplementable(request, pk)
    here = reverse("activity_photos", args=[pk])
    form_page = FormPage(
        request,
        forms.PhotosForm,
        key=f"activities.photos:{pk}",
        page=heads.part_page(activity, "照片"),
        template="activities/photos.html",
        context={
            "activity": activity,
            "photos": list(activity.photos.select_related("thumbnail")),
            "later": records.later(activity),
        },
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
def photo_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """One photo of static/js/photos.js. The answer is the photo's entry for the page, or a sentence (422).

    A photo that is there already is answered with its entry too: a phone that lost the answer may send it again.
    """
    activity = supplementable(request, pk)
    upload = request.FILES.get("photo")
    if upload is None:
        return HttpResponse("没有收到照片，请重新选择。", status=422, content_type="text/plain; charset=utf-8")
    try:
        photo = services.add_photo(by=request.user, activity=activity, upload=upload)
    except SamePhoto as same:
        photo = same.photo
    except DomainError as error:
        return HttpResponse(error.message, status=422, content_type="text/plain; charset=utf-8")
    return render(request, "activities/_photo.html", {"photo": photo})


@require_POST
def activity_photos_arrange(request: HttpRequest, pk: int) -> HttpResponse:
    activity = supplementable(request, pk)
    wanted = forms.arrangement(request.POST, activity.photos.all())
    _, deleted = services.arrange_photos(by=request.user, activity=activity, notes=wanted.notes, move=wanted.move)
    messages.success(request, f"照片说明已保存，删除了 {deleted} 张。" if deleted else "照片说明已保存。")
    return redirect(f"{reverse('activity_photos', args=[pk])}{wanted.anchor}")


@require_GET
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    return files.serve(selectors.photo_for(request.user, pk).file, inline=True)


@require_GET
def photo_thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    return files.serve(selectors.photo_for(request.user, pk).thumbnail, inline=True)
