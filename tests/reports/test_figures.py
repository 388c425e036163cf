"""Every number of a summary is one of its records' own: its link lists exactly what was counted, and the printed file
holds no number that nothing explains.
"""

from __future__ import annotations

import re

import pypdfium2
import pytest
from django.db import transaction
from django.test import Client

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
def shown(page) -> set[str]:
    """The numbers a page tells: of a list how many rows and the sums above them, of another page all in its text."""
    if (table := page.context.get("table")) is None or "filter" not in page.context:
        return set(NUMBER.findall(re.sub(r"<[^>]+>", " ", page.content.decode())))
    sums = getattr(page.context["filter"], "sums", ())
    return {str(table.page.paginator.count), *(str(each.value).replace(",", "") for each in sums)}


def plain(value) -> set[str]:
    return {str(value), f"{value:.2f}", f"{value:g}" if value < 1e6 else str(value)}


def test_every_figure_leads_to_its_records(scene):
    clerk = Client()
    clerk.force_login(make.PostingFactory(office=scene.office).user)
    facts = composed(scene).facts
    pages = {url: clerk.get(url) for url in {each.url for each in facts.values()} if url}
    assert {page.status_code for page in pages.values()} == {200} and len(pages) > 40
    wrong = {key: (each.value, each.url) for key, each in facts.items()
             if each.url and each.unit != "%" and not plain(each.value) & shown(pages[each.url])}  # fmt: skip
    assert wrong == {}
    assert [key for key, each in facts.items() if not each.url] == []


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
