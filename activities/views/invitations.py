"""Invitations: the office's list of answers, the notice, the member's reply."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from activities import forms, permissions, selectors, services
from activities.models import Activity
from activities.pages import heads, invitations
from activities.views.common import READ_OR_WRITE, editable
from core import spreadsheet
from core.pages import FormPage

NOTICE_HELP = """通知

发布后，名单中的委员会收到通知，并需要答复。再次发布会成为新的一版，大家要重新阅读；以前的版本都保留。

要附会议材料，请在活动的“材料”中上传，并勾选“委员可以查看”。"""


@require_http_methods(READ_OR_WRITE)
def activity_invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has read, who has answered what; reminders and answers by telephone."""
    activity = selectors.get_for(request.user, pk)
    permissions.sees_people(request.user, activity).require()
    if request.method == "POST":
        messages.success(request, change(request, activity))
        return redirect(request.get_full_path())
    overview = invitations.overview(request.user, activity, request.GET.get("show", ""))
    if request.GET.get("export") == "xlsx":
        return spreadsheet.response("答复情况", *invitations.sheet(overview), f"答复_{activity.pk}.xlsx")
    may_work = permissions.can_invite(request.user, activity)
    context = {
        "page": heads.part_page(activity, "通知与答复", invitations.head_links(request.user, activity)),
        "activity": activity,
        "overview": overview,
        "export_url": f"?{urlencode({'show': request.GET.get('show', ''), 'export': 'xlsx'})}",
        "may_work": invitations.may_remind(request.user, activity, may_work),
        "notices": activity.notices.select_related("published_by"),
        "readers": invitations.readers(activity),
    }
    return render(request, "activities/invitations.html", context)


def change(request: HttpRequest, activity: Activity) -> str:
    """Reminds, or registers answers, as the pressed button says; the sentence to show."""
    whom = request.POST.get("remind", "")
    if whom in invitations.REMINDABLE:
        return reminded(*services.remind(by=request.user, activity=activity, whom=whom))
    picked = [int(pk) for pk in request.POST.getlist("pick") if pk.isdecimal() and len(pk) < 19]
    coming = request.POST.get("answer") == "coming"
    count = services.register_replies(by=request.user, activity=activity, attendances=picked, coming=coming)
    return f"已登记 {count} 人的答复。" if count else "没有改动，请先勾选要登记的委员。"


def reminded(sent: int, too_soon: int, without_account: int) -> str:
    parts = [f"已提醒 {sent} 人。"]
    if too_soon:
        parts.append(f"{too_soon} 人刚提醒过，这次不再打扰。")
    if without_account:
        parts.append(f"{without_account} 人没有账号，请电话通知。")
    return "".join(parts)


@require_http_methods(READ_OR_WRITE)
def activity_notice(request: HttpRequest, pk: int) -> HttpResponse:
    activity = editable(request, pk)
    newest = activity.notices.first()
    form_page = FormPage(
        request,
        forms.NoticeForm,
        key=f"activities.notice:{pk}",
        page=heads.part_page(activity, "更新通知" if newest else "发布通知"),
        instance=newest,
        form_kwargs={"initial": forms.notice_initial(activity, newest)},
        context={"aside": NOTICE_HELP},
        submit_label="发布通知",
        cancel_url=reverse("activity_invitations", args=[pk]),
        done="通知已发布，已告知名单中的委员。",
    )

    def save(form: forms.NoticeForm, version: int | None) -> str:
        services.publish_notice(by=request.user, activity=activity, version=version or 0, **form.cleaned_data)
        return reverse("activity_invitations", args=[pk])

    return form_page.respond(save)


@require_POST
def activity_reply(request: HttpRequest, pk: int, answer: str) -> HttpResponse:
    """The member's own answer."""
    replies = {"accept": services.accept, "decline": services.decline}
    activity = selectors.get_for(request.user, pk)
    if answer not in replies:
        raise Http404
    messages.success(request, replies[answer](by=request.user, activity=activity))
    return redirect(activity)
