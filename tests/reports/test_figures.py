"""Every number of a summary is one of its records' own: its link lists exactly what was counted, and the printed file
holds no number that nothing explains.
"""

from __future__ import annotations

import re

import pypdfium2
import pytest
from django.db import transaction
from django.test import Client, RequestFactory

from activities.filters import ActivityFilter
from activities.models import Activity, Finding
from core.pdf.blocks import Paragraph
from opinions.models import OpinionReport
from plans import progress
from plans.models import AnnualPlan
from proposals.models import Proposal
from reports.documents import Composition
from reports.printing import as_pdf
from tests import factories as make
from tests.reports.filled import AS_OF, composed, filled

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"\d+(?:\.\d+)?")
#: Dates, years, months, the numbers of annexes and of their list.
NOT_COUNTED = re.compile(
    r"\d{4}年(?:\d+月(?:\d+日)?)?|\d+月(?:\d+日)?|附件\s*：?\s*\d+\s*\.?|^\s*\d\.\s|—\s*\d+\s*—", re.MULTILINE
)


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield filled()
        transaction.set_rollback(True)


# --- links -----------------------------------------------------------------------------------------------------------
def told(page) -> set[str]:
    """The numbers a page tells: of a list how many rows and the sums above them, of another page all in its text."""
    if (table := page.context.get("table")) is None or "filter" not in page.context:
        return set(NUMBER.findall(re.sub(r"<[^>]+>", " ", page.content.decode())))
    return {str(table.page.paginator.count), *summed(page.context["filter"])}


def summed(chosen) -> set[str]:
    return {str(each.value).replace(",", "") for each in getattr(chosen, "sums", ())}


def listed(url: str, user) -> set[str]:
    """What the page of activities tells, without drawing it: there are dozens of them."""
    request = RequestFactory().get(url)
    request.user = user
    chosen = ActivityFilter(request.GET, queryset=Activity.objects.visible_to(user), request=request)
    return {str(chosen.qs.count()), *summed(chosen)}


def plain(value) -> set[str]:
    return {str(value), f"{value:.2f}", f"{value:g}" if value < 1e6 else str(value)}


def wrong(facts, numbers) -> dict:
    return {key: (each.value, each.url) for key, each in facts.items()
            if each.url in numbers and each.unit != "%" and not plain(each.value) & numbers[each.url]}  # fmt: skip


def test_every_figure_has_an_address(scene):
    assert [key for key, each in composed(scene).facts.items() if not each.url] == []


def test_the_lists_of_activities_hold_what_was_counted(scene):
    clerk = make.PostingFactory(office=scene.office).user
    facts = composed(scene).facts
    urls = {each.url for each in facts.values() if each.url.startswith("/activities/?")}
    assert len(urls) > 40 and wrong(facts, {url: listed(url, clerk) for url in urls}) == {}


def test_every_other_page_tells_what_was_counted(scene):
    """And one page of activities for each way to narrow them."""
    user = make.PostingFactory(office=scene.office).user
    clerk = Client()
    clerk.force_login(user)
    facts = composed(scene).facts
    ways = {re.sub(r"=[^&]*", "", each.url): each.url for each in facts.values() if "/activities/?" in each.url}
    urls = {each.url for each in facts.values() if not each.url.startswith("/activities/?")} | set(ways.values())
    pages = {url: clerk.get(url) for url in urls}
    assert {page.status_code for page in pages.values()} == {200} and len(pages) > 30
    assert wrong(facts, {url: told(page) for url, page in pages.items()}) == {}


# --- the printed file -----------------------------------------------------------------------------------------------
def printed(found: Composition) -> str:
    document = pypdfium2.PdfDocument(as_pdf(found, author="联络处", as_of=AS_OF).data)
    text = "\n".join(document[index].get_textpage().get_text_range() for index in range(len(document)))
    document.close()
    return text


def explained(scene, found: Composition) -> set[str]:
    """Figures, what the targets ask and have reached, and every number somebody typed into a record."""
    plan = AnnualPlan.objects.get(office=scene.office, state="approved")
    standings = progress.of_plan(plan)
    counted = [each.value for each in found.facts.values()]
    counted += [number for each in standings for number in (each.goal, each.done, each.percent)]
    came = Activity.objects.filter(office=scene.office).values_list("attendances__activity").distinct()
    typed = [
        plan.title, scene.office.name, scene.office.short_name, *(each.text for each in plan.targets.all()),
        *(each.topic for each in plan.items.all()), *(each.title for each in plan.sections.all()),
        *Activity.objects.values_list("title", flat=True), *Activity.objects.values_list("outcome", flat=True),
        *Finding.objects.values_list("text", flat=True), *OpinionReport.objects.values_list("title", flat=True),
        *Proposal.objects.values_list("subject", flat=True), *(each.case_label for each in Proposal.objects.all()),
        *(each.name for each in scene.members),
    ]  # fmt: skip
    given = {NUMBER.search(f"{value:f}" if hasattr(value, "quantize") else str(value)) for value in counted}
    lists = {str(Activity.objects.get(pk=pk).attendances.filter(state="present").count()) for (pk,) in came if pk}
    return {each[0] for each in given if each} | {normal(n) for text in typed for n in NUMBER.findall(text)} | lists


def normal(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def unexplained(text: str, known: set[str]) -> set[str]:
    found = {normal(number) for number in NUMBER.findall(NOT_COUNTED.sub(" ", text))}
    return found - {normal(number) for number in known}


def test_every_number_of_the_printed_file_is_explained(scene):
    found = composed(scene)
    text = printed(found)
    assert len(NUMBER.findall(text)) > 300
    assert unexplained(text, explained(scene, found)) == set()


def test_a_typed_number_is_found(scene):
    found = composed(scene)
    found.blocks = [Paragraph(["征集提案", found.facts["proposals"], "，还办理了98765件没有登记的事。"])]
    assert unexplained(printed(found), explained(scene, found)) == {"98765"}


def test_the_same_records_give_the_same_words(scene):
    once, twice = composed(scene), composed(scene)
    assert once.blocks == twice.blocks and once.facts == twice.facts
