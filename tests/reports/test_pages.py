"""Asking for a document, getting it, and the same from the shell."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import AuditEntry
from core import files, jobs
from core.models import Job
from reports.models import Report
from reports.services import printed
from tests import factories as make
from tests.pdftext import squeezed, text_of

pytestmark = pytest.mark.django_db
PLAN = {"document": "annual_plan", "year": make.YEAR}


@pytest.fixture
def ask(world, sign_in):
    """`ask("staff")` posts the form for the town's plan."""

    def post(person: str, **data):
        office = data.pop("office", world.offices["town"])
        return sign_in(person).post("/reports/", {**PLAN, "office": office.pk, **data})

    return post


def test_asking_makes_a_job_and_leads_to_it(ask, world):
    response = ask("staff")
    job = Job.objects.get(kind="reports.render", state="queued")
    assert (response.status_code, response.url) == (302, f"/jobs/{job.pk}/")
    assert (job.owner, job.params["year"]) == (world.people["staff"], make.YEAR)


def test_asking_twice_is_one_job(ask):
    assert ask("staff").url == ask("staff").url


def test_the_job_delivers_a_file_a_row_and_a_notice(ask, world, sign_in):
    jobs.run(str(ask("staff").url.split("/")[2]))
    report = Report.objects.exclude(pk=world["report"].pk).get()
    response = sign_in("leader").get(f"/reports/{report.pk}/file/")
    data = b"".join(response.streaming_content)
    assert response["Content-Type"] == "application/pdf" and report.file.size == len(data)
    assert squeezed(world["plan.approved"].title) in text_of(data)
    assert world.people["staff"].notices.get().text.endswith("已完成")
    assert AuditEntry.objects.filter(action="report.make").exists()


def test_an_office_above_or_beside_cannot_be_chosen(ask, world):
    response = ask("staff", office=world.offices["street"])
    assert response.status_code == 422
    assert not Job.objects.filter(state="queued").exists()


@pytest.mark.parametrize("year", ["", "abc", "1999", "99999999999999999999"])
def test_a_strange_year_gets_a_sentence(ask, year):
    response = ask("staff", year=year)
    assert response.status_code == 422 and "有错误：" in response.content.decode()


def test_a_year_without_plan_fails_with_its_sentence(ask):
    jobs.run(str(ask("staff", year=2031).url.split("/")[2]))
    assert "还没有2031年的年度计划" in Job.objects.get(params__year=2031).message


def test_the_list_has_a_constant_number_of_queries(world, sign_in, django_assert_num_queries):
    browser = sign_in("leader")
    browser.get("/reports/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/reports/")
    for number in range(3):
        world["report"].pk, world["report"].file = None, _another_file(number)
        world["report"].save()
    with django_assert_num_queries(len(one)):
        browser.get("/reports/")
    assert len(one) <= 15


def _another_file(number: int):
    return files.store(b"%PDF-1.7", name=f"{number}.pdf", extension="pdf", by=None)


@pytest.mark.parametrize("document", ["annual_plan", "annual_summary"])
def test_render_writes_the_document_from_the_shell(world, tmp_path, document):
    target = tmp_path / "out.pdf"
    call_command("render", document, "--office", "T02", "--out", str(target), verbosity=0)
    assert target.read_bytes()[:5] == b"%PDF-"
    assert "组织视察不少于2次" in text_of(target.read_bytes())


def test_render_says_what_is_wrong(world, tmp_path):
    with pytest.raises(CommandError, match="没有编码为 X 的办公室"):
        call_command("render", "annual_plan", "--office", "X", "--out", str(tmp_path / "x.pdf"))


def test_the_same_data_gives_the_same_bytes(world):
    as_of = timezone.now()
    once, twice = (printed("annual_summary", world.offices["town"], make.YEAR, as_of=as_of)[1] for _ in range(2))
    assert once.data == twice.data
