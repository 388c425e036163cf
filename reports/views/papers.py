"""Documents about one record: made when first asked for, then kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import files
from core.errors import DomainError
from core.views import safe_next
from reports.models import Paper
from reports.papers import record_for
from reports.papers import services as papers
from reports.printing import FORMATS, PDF


@require_POST
def paper_make(request: HttpRequest, document: str, pk: int, part: int = 0) -> HttpResponse:
    """A document of one record: opens it at once if it has been made, else as soon as the worker has it."""
    form = request.POST.get("as", PDF)
    site = request.build_absolute_uri("/")
    try:
        made = papers.request(document=document, pk=pk, part=part, site=site, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(safe_next(request))
    if isinstance(made, Paper):
        return redirect(f"{made.get_absolute_url()}?as={form if form in FORMATS else PDF}")
    return redirect(f"{reverse('job_page', args=[made.pk])}?forward={form if form in FORMATS else PDF}")


@require_GET
def paper_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, as long as the user sees the record it is about. PDFs open in the browser."""
    paper = get_object_or_404(Paper.objects.select_related("pdf", "word"), pk=pk)
    record_for(request.user, paper.document, paper.record_id, paper.part_id)
    form = request.GET.get("as", PDF)
    stored = paper.in_format(form)
    if stored is None:
        raise Http404
    return files.serve(stored, inline=form == PDF)
