"""The first-run page and the checklist of a new office."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError
from core.pages import Page
from organisation import services, setup
from organisation.forms.first_run import FirstRunForm
from organisation.permissions import can_see_accounts
from organisation.selectors import account_scope, committee_of


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest, token: str) -> HttpResponse:
    """Once, with the address printed in the terminal. The answer to the POST shows the second password and is the
    only page that does; the address is gone afterwards."""
    row = services.find_token(token)
    if row is None:
        raise Http404
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            result = services.open_first_office(token=row, **form.groups)
        except DomainError as error:
            form.add_error(SERVICE_FIELDS.get(error.field or ""), error.message)
        else:
            return render(request, "organisation/first_run_done.html", {"page": Page("设置完成"), "result": result})
    page = Page("首次设置", lead="建立机构和第一个系统管理员。全部填好后一次保存。")
    return render(
        request, "organisation/first_run.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


#: Fields of the services as the page calls them.
SERVICE_FIELDS = {
    "starts": "session_starts",
    "plenary_starts": "plenary_starts",
    "plenary_ends": "plenary_ends",
    "username": "admin_username",
    "name": "office_name",
}


@require_GET
def getting_started(request: HttpRequest) -> HttpResponse:
    can_see_accounts(request.user).require()
    steps = setup.steps(committee_of(request.user), set(account_scope(request.user)))
    rows = [(step, step.link_for(request.user)) for step in steps]
    left = sum(not step.done for step in steps)
    lead = f"还有 {left} 件事要做，按顺序办理即可。" if left else "都已经完成。"
    context = {"page": Page("开始使用", lead=lead), "steps": steps, "rows": rows}
    return render(request, "organisation/getting_started.html", context)
