"""Materials: uploaded, named, handed out, deleted; and all of them in one list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from activities import services
from activities.filters.followup import MaterialFilter
from activities.forms.materials import MaterialEditForm, MaterialForm
from activities.models import Material
from activities.pages import heads, records
from activities.permissions import followup as record_rights
from activities.selectors import followup as record_selectors
from activities.tables.followup import MaterialTable
from activities.views.common import READ_OR_WRITE, supplementable
from core import files
from core.listing import render_list
from core.pages import FormPage, Page


@require_http_methods(READ_OR_WRITE)
def activity_materials(request: HttpRequest, pk: int) -> HttpResponse:
    """What there is, and a form for one more."""
    activity = supplementable(request, pk)
    here = reverse("activity_materials", args=[pk])
    form_page = FormPage(
        request, MaterialForm, key=f"activities.materials:{pk}", page=heads.part_page(activity, "材料"),
        template="activities/materials.html", form_kwargs={"activity": activity},
        context={"activity": activity, "rows": records.material_rows(request.user, activity),
                 "later": records.later(activity)},
        cancel_url=activity.get_absolute_url(), submit_label="上传", done="", autosave=False,
    )  # fmt: skip

    def save(form: MaterialForm, version: int | None) -> str:
        data = form.cleaned_data
        kept, refused = services.materials.add_materials(
            by=request.user, activity=activity, uploads=data["files"], kind=data["kind"], title=data["title"],
            shared=data["shared"],
        )  # fmt: skip
        if kept:
            messages.success(request, f"已保存 {len(kept)} 份材料。")
        for sentence in refused:
            messages.error(request, sentence)
        return here

    return form_page.respond(save)


def writable(request: HttpRequest, pk: int) -> Material:
    found = record_selectors.material_for(request.user, pk)
    record_rights.can_supplement(request.user, found.activity).require()
    return found


@require_GET
def material(request: HttpRequest, pk: int) -> HttpResponse:
    return files.serve(record_selectors.material_for(request.user, pk).file)


@require_http_methods(READ_OR_WRITE)
def material_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = writable(request, pk)
    back = reverse("activity_materials", args=[found.activity_id])
    page = heads.part_page(found.activity, "修改材料")

    def save(form: MaterialEditForm, version: int | None) -> str:
        services.materials.update_material(by=request.user, material=found, **form.cleaned_data)
        return back

    return FormPage(
        request, MaterialEditForm, key=f"activities.material:{pk}", page=page, form_kwargs={"material": found},
        cancel_url=back, autosave=False,
    ).respond(save)  # fmt: skip


@require_POST
def material_delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = writable(request, pk)
    services.materials.delete_material(by=request.user, material=found, reason=request.POST.get("reason", ""))
    messages.success(request, "材料已删除。")
    return redirect("activity_materials", pk=found.activity_id)


@require_GET
def material_list(request: HttpRequest) -> HttpResponse:
    """Materials of all activities the user's offices look into."""
    records.looks_in(request.user).require()
    page = Page("活动材料", lead="各次活动的通知、材料、报告和简报。", breadcrumbs=[heads.HOME, ("活动材料", "")])
    return render_list(
        request, page=page, queryset=record_selectors.materials_listed(request.user), filter_class=MaterialFilter,
        table_class=MaterialTable,
    )  # fmt: skip
