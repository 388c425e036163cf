"""Judges, points, prizes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.roles import Can
from calls import pages, permissions, selectors, services
from calls.defaults import GROUP_PRIZE, POINTS_RULE, PRIZE
from calls.enums import JUDGED
from calls.forms import AwardForm, JudgesForm, ScoreForm
from calls.models import Call, Entry, Score
from core.pages import FormPage, Page
from organisation.selectors import code_choices, rule, users_with


@require_http_methods(["GET", "POST"])
def call_judges(request: HttpRequest, pk: int) -> HttpResponse:
    call = selectors.get_call(request.user, pk)
    permissions.can_award(request.user, call).require()
    people = users_with(Can.VIEW_CALLS, call.office)
    return FormPage(
        request, JudgesForm, key=f"calls.judges:{pk}", autosave=False, cancel_url=call.get_absolute_url(),
        page=Page("评委", lead=str(call), breadcrumbs=pages.call_crumbs(request.user, call, "评委")),
        form_kwargs={"people": people, "initial": {"judges": list(call.judges.all())}}, done="评委已确定。",
    ).respond(
        lambda form, version: services.set_judges(
            call=call, judges=list(form.cleaned_data["judges"]), by=request.user
        )
    )  # fmt: skip


def judged(call: Call) -> list[Entry]:
    """What can be scored and awarded, the earliest first for judges, so that points do not pull each other."""
    return [entry for entry in selectors.received(call) if entry.state in JUDGED]


@require_http_methods(["GET", "POST"])
def call_scores(request: HttpRequest, pk: int) -> HttpResponse:
    """A judge's own page; nobody sees what the others gave before the prizes are awarded."""
    call = selectors.get_call(request.user, pk)
    permissions.can_score(request.user, call).require()
    rows = Score.objects.filter(entry__call=call, judge=request.user)
    most = rule(POINTS_RULE, call.office)

    def save(form: ScoreForm, version: int | None) -> Call:
        services.score(call=call, points=form.points, by=request.user)
        return call

    return FormPage(
        request, ScoreForm, key=f"calls.scores:{pk}", template="calls/scores.html", cancel_url=call.get_absolute_url(),
        page=Page("打分", lead=f"满分 {most} 分。空着表示还没有评，可以分几次打。",
                  breadcrumbs=pages.call_crumbs(request.user, call, "打分")),
        form_kwargs={
            "entries": sorted(judged(call), key=lambda entry: (entry.submitted_at, entry.pk)), "most": most,
            "given": {row.entry_id: (row.points, row.remark) for row in rows},
        },
        done="分数已保存。",
    ).respond(save)  # fmt: skip


@require_http_methods(["GET", "POST"])
def call_awards(request: HttpRequest, pk: int) -> HttpResponse:
    """All submissions with their average, prize and presentation on one page."""
    call = selectors.get_call(request.user, pk)
    permissions.can_award(request.user, call).require()
    groups: dict[str, str] = {}
    for each in call.group_prizes.all():
        groups[each.prize] = f"{groups[each.prize]}\n{each.name}" if each.prize in groups else each.name

    def save(form: AwardForm, version: int | None) -> Call:
        services.award(call=call, awards=form.awards, groups=form.groups, by=request.user, version=version)
        return call

    return FormPage(
        request, AwardForm, key=f"calls.awards:{pk}", template="calls/awards.html", instance=call,
        cancel_url=call.get_absolute_url(),
        page=Page("评奖", lead="按平均分从高到低排列。公布时，评了奖和交流过的稿件记为采用；公布以前作者什么也看不到。",
                  breadcrumbs=pages.call_crumbs(request.user, call, "评奖")),
        form_kwargs={
            "entries": judged(call), "prizes": code_choices(PRIZE, call.office),
            "group_prizes": code_choices(GROUP_PRIZE, call.office), "groups": groups,
        },
        done="奖项已保存。核对无误后再公布结果。",
    ).respond(save)  # fmt: skip
