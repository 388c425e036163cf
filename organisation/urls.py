from django.urls import URLPattern, path

from organisation.parts import KINDS
from organisation.views import accounts, audit, days, lists, offices, parts, postings, setup


def part_urls(kind: str) -> list[URLPattern]:
    """The same four addresses for every named list."""
    here, extra = f"basics/{kind}/", {"kind": kind}
    return [
        path(here, parts.part_list, extra, name=f"{kind}_list"),
        path(f"{here}new/", parts.part_new, extra, name=f"{kind}_new"),
        path(f"{here}<int:pk>/", parts.part_edit, extra, name=f"{kind}_edit"),
        path(f"{here}<int:pk>/toggle/", parts.part_toggle, extra, name=f"{kind}_toggle"),
    ]


urlpatterns = [
    path("first-run/<str:token>/", setup.first_run, name="first_run"),
    path("getting-started/", setup.getting_started, name="getting_started"),
    path("accounts/", accounts.account_list, name="account_list"),
    path("accounts/new/", accounts.account_new, name="account_new"),
    path("accounts/<int:pk>/", accounts.account_detail, name="account_detail"),
    path("accounts/<int:pk>/edit/", accounts.account_edit, name="account_edit"),
    path("accounts/<int:pk>/issued/", accounts.account_issued, name="account_issued"),
    path("accounts/<int:pk>/roles/new/", postings.posting_new, name="posting_new"),
    path("accounts/<int:pk>/<slug:action>/", accounts.account_act, name="account_act"),
    path("postings/<int:pk>/end/", postings.posting_end, name="posting_end"),
    path("audit/", audit.audit_list, name="audit_list"),
    path("audit/<int:pk>/", audit.audit_detail, name="audit_detail"),
    path("basics/", lists.basics, name="basics"),
    path("basics/offices/", offices.office_list, name="office_list"),
    path("basics/offices/new/", offices.office_new, name="office_new"),
    path("basics/offices/<int:pk>/", offices.office_edit, name="office_edit"),
    path("basics/offices/<int:pk>/toggle/", offices.office_toggle, name="office_toggle"),
    path("basics/terms/", offices.term_list, name="term_list"),
    path("basics/terms/new/", offices.term_edit, name="term_new"),
    path("basics/terms/<int:pk>/", offices.term_edit, name="term_edit"),
    path("basics/terms/<int:pk>/sessions/new/", offices.session_new, name="session_new"),
    path("basics/sessions/<int:pk>/", offices.session_edit, name="session_edit"),
    path("basics/days/", days.days_list, name="days_list"),
    path("basics/days/new/", days.days_new, name="days_new"),
    path("basics/days/<int:pk>/", days.days_edit, name="days_edit"),
    path("basics/days/<int:pk>/remove/", days.days_remove, name="days_remove"),
    path("basics/codes/", lists.code_table, name="code_list"),
    path("basics/codes/new/", lists.code_new, name="code_new"),
    path("basics/codes/<int:pk>/", lists.code_edit, name="code_edit"),
    path("basics/rules/", lists.rule_list, name="rule_list"),
    path("basics/rules/<str:key>/", lists.rule_detail, name="rule_detail"),
    *(pattern for kind in KINDS for pattern in part_urls(kind)),
]
