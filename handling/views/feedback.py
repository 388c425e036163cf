"""What proposers think: on the page, by the link without signing in, from the paper sheet."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core import files
from core.errors import DomainError
from core.listing import PER_PAGE
from core.middleware import client_ip
from core.pages import FormPage, Page
from core.throttle import within
from handling import answering, feedback_links, replying
from handling.enums import FeedbackVia, Satisfaction
from handling.forms.feedback import FeedbackForm, PaperForm
from handling.pages import feedback as pages
from handling.permissions import can_record_paper
from handling.services import feedback as services

#: Within a window of so many seconds: answers by one link, and wrong links tried from one place.
WINDOW, MOST_ANSWERS, MOST_MISSES = 600, 20, 60
TOO_OFTEN = "操作太频繁了，请过几分钟再试。已经记录的评价不会丢。"
#: What one press says to both questions.
PRESSES = {each.value: each.label for each in Satisfaction}


# --- signed in ---
@require_GET
def feedback_mine(request: HttpRequest) -> HttpResponse:
    """The replies to the user's proposals, those that wait to be judged first."""
    pages.is_member(request.user).require()
    shown = Paginator(pages.own_answers(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": Page("答复和评价", lead="对您提案的答复。请看过以后评价。"), "pages": shown,
               "waiting": [pages.task(each) for each in shown if not each.answer and each.open],
               "others": [pages.task(each) for each in shown if each.answer or not each.open]}  # fmt: skip
    return render(request, "handling/feedback_mine.html", context)


@require_http_methods(["GET", "POST"])
def feedback_give(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposer judges a reply to his proposal."""
    reply = replying.get_for(request.user, pk)
    proposer = pages.own_proposer(request.user, reply)
    if not proposer:
        raise Http404
    before = pages.newest(reply, proposer)

    def save(form: FeedbackForm, version: int | None) -> str:
        services.give(reply=reply, proposer=proposer, by=request.user, **form.cleaned_data)
        return proposer.proposal.get_absolute_url()

    return FormPage(
        request, FeedbackForm, key=f"handling.feedback:{pk}:{proposer.pk}", page=pages.form_head(reply, proposer),
        template="handling/feedback_form.html", form_kwargs={"initial": pages.initial(before)},
        context=pages.asked(reply, proposer, folded=False), submit_label="提交评价", done="谢谢您的评价，已经记录。",
        cancel_url=proposer.proposal.get_absolute_url(),
    ).respond(save)  # fmt: skip


@require_http_methods(["GET", "POST"])
def feedback_paper(request: HttpRequest, pk: int, proposer: int) -> HttpResponse:
    """Staff enter the sheet a member filled in on paper."""
    reply = replying.get_for(request.user, pk)
    can_record_paper(request.user, reply).require()
    who = answering.proposers_of(reply.assignment.proposal).filter(pk=proposer).first()
    if who is None:
        raise Http404

    def save(form: PaperForm, version: int | None) -> str:
        services.give(reply=reply, proposer=who, via=FeedbackVia.PAPER, by=request.user, **form.cleaned_data)
        return reply.get_absolute_url()

    return FormPage(
        request, PaperForm, key=f"handling.paper:{pk}:{proposer}", page=pages.paper_head(reply, who),
        template="handling/feedback_form.html", context=pages.asked(reply, who, folded=True), submit_label="记录评价",
        done=f"已记录{who.member.name}的评价，并通知本人。", cancel_url=reply.get_absolute_url(), autosave=False,
    ).respond(save)  # fmt: skip


@require_GET
def feedback_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    return files.serve(replying.sheet_for(request.user, pk).sheet, inline=True)


# --- by link, without signing in ---
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET only shows what it is about: chat apps fetch links before anybody reads them. A press records."""
    try:
        asked = read(request, token)
    except DomainError as error:
        return closed(request, error.message)
    if request.method != "POST":
        own = request.user.is_authenticated and asked.proposer.member.user_id == request.user.pk and not asked.item
        return redirect("feedback_give", pk=asked.reply.pk) if own else shown(request, asked)
    pressed = request.POST.get("press", "")
    form = None if pressed in PRESSES else FeedbackForm(request.POST)
    if form is not None and not form.is_valid():
        return shown(request, asked, form, status=422)
    if not within(f"feedback:{asked.reply.pk}:{asked.proposer.pk}", times=MOST_ANSWERS, seconds=WINDOW):
        return closed(request, TOO_OFTEN, status=429)
    values = form.cleaned_data if form else {"handling": pressed, "result": pressed, "words_later": True}
    try:
        services.give(reply=asked.reply, proposer=asked.proposer, item=asked.item, via=FeedbackVia.LINK, **values)
    except DomainError as error:
        return closed(request, error.message)
    return redirect(f"{request.path}?done={'words' if form else 'press'}")


def read(request: HttpRequest, token: str) -> feedback_links.Asked:
    """Raises DomainError with a sentence for the reader."""
    try:
        return feedback_links.read(token)
    except DomainError:
        if not within(f"feedback-miss:{client_ip(request)}", times=MOST_MISSES, seconds=WINDOW):
            raise DomainError(TOO_OFTEN) from None
        raise


def shown(request: HttpRequest, asked: feedback_links.Asked, form: Any = None, status: int = 200) -> HttpResponse:
    context = pages.link_page(asked, form, request.GET.get("done", ""))
    response = render(request, "handling/feedback_link.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def closed(request: HttpRequest, reason: str, status: int = 404) -> HttpResponse:
    """A wrong, an old or an overtaken link: the same page, which says what to do."""
    return render(request, "handling/feedback_closed.html", {"page": Page("评价答复"), "reason": reason}, status=status)
