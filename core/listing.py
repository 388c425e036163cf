"""List pages: filter, sort, page and export with one function. What is exported is what is on the screen."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django_filters import FilterSet

from core import savedviews, spreadsheet
from core.pages import Page

PER_PAGE = 50
EXPORT_LIMIT = 20_000


class Table(tables.Table):
    """Base of every table: one template, an empty sentence, cells labelled for the phone layout."""

    class Meta:
        template_name = "components/table.html"
        empty_text = "没有符合条件的记录。"


def render_list(
    request: HttpRequest,
    *,
    page: Page,
    queryset: QuerySet,
    table_class: type[tables.Table],
    filter_class: type[FilterSet] | None = None,
    template: str = "components/list_page.html",
    context: dict[str, Any] | None = None,
    export: bool = True,
    table_kwargs: dict[str, Any] | None = None,
    known: int | None = None,
) -> HttpResponse:
    """A paged list of 50 rows; `?export=xlsx` gives the same rows and columns as a workbook.

    `known`: how many rows there are, when the caller has counted them already.
    """
    if filter_class and (view := savedviews.default_for(request)):
        return redirect(view.url)
    chosen = filter_class(request.GET, queryset=queryset, request=request) if filter_class else None
    table = table_class(chosen.qs if chosen else queryset, **(table_kwargs or {}))
    exporting = export and request.GET.get("export") == "xlsx"
    if known is not None:
        table.data._length = known  # where the library keeps its own count
    # The library would take any page size from the address; a page has PER_PAGE rows, an export all of them.
    tables.RequestConfig(request, paginate=False).configure(table)
    if exporting:
        return exported(table, page.title)
    table.paginate(page=request.GET.get(table.prefixed_page_field, 1), per_page=PER_PAGE, paginator_class=Pages)
    return render(
        request,
        template,
        {"page": page, "table": table, "filter": chosen, "active_filters": active(chosen), "can_export": export,
         **saved(request, chosen), **(context or {})},
    )  # fmt: skip


def saved(request: HttpRequest, chosen: FilterSet | None) -> dict[str, Any]:
    """The person's own views of this list, and the conditions of the page as they would be kept."""
    if chosen is None:
        return {}
    views, current = savedviews.loaded(request), savedviews.cleaned(request.GET.urlencode())
    return {"saved_views": views, "current_query": current, "is_saved": any(each.query == current for each in views)}


class Pages(Paginator):
    """A page number nobody can have meant leads to the first or last page, never to an error."""

    def page(self, number: Any) -> Any:
        wanted = int(number) if str(number).isdecimal() and len(str(number)) < 10 else 1
        return super().page(min(max(wanted, 1), self.num_pages))


def active(chosen: FilterSet | None) -> int:
    """How many filters are set."""
    if chosen is None:
        return 0
    return sum(1 for name in chosen.filters if any(chosen.data.getlist(name)))


def exported(table: tables.Table, title: str) -> HttpResponse:
    """All rows of the table in its order, at most EXPORT_LIMIT, user text never as a formula."""
    rows = iter(table.as_values())
    head = next(rows)
    body = [row for _, row in zip(range(EXPORT_LIMIT), rows, strict=False)]
    return spreadsheet.response(title, [str(cell) for cell in head], body, f"{title}_{timezone.localdate()}.xlsx")
