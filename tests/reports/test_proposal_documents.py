"""Volume, table, statistics and the passages of the summaries about proposals that are handled."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from core import jobs
from core.errors import DomainError
from core.models import Job
from core.pdf.blocks import Contents, Heading, Index, Paragraph, Table
from handling.models import Clock
from reports.documents import documents
from reports.models import Report
from reports.printing import tables
from tests import factories as make
from tests.pdf.measure import page_text
from tests.reports.objects import handled

pytestmark = pytest.mark.django_db
AS_OF = timezone.make_aware(datetime(make.YEAR, 11, 22, 9))


@pytest.fixture
def case():
    made = handled()
    Clock.objects.create(
        proposal=made.proposal, assignment=made.lead, stage="reply", started_on="2026-03-20", amount=3, unit="months",
        due_on="2026-06-20", stopped_on="2026-05-06", outcome="met",
    )  # fmt: skip
    return made


def composed(case, key):
    return documents.get(key).compose(case.office, make.YEAR, AS_OF)


def words(found):
    return "".join(text for block in found.blocks if isinstance(block, Paragraph) for text, _ in block.parts)


def of(found, kind):
    return [block for block in found.blocks if isinstance(block, kind)]


# --- volume ----------------------------------------------------------------------------------------------------------
def test_a_volume_has_contents_texts_replies_and_indices(case):
    found = composed(case, "proposal_volume")
    assert of(found, Contents)[0].entries == [
        ("第12号　关于增设公交站点（张三、李四）", f"proposal-{case.proposal.pk}")
    ]
    assert [block.text for block in of(found, Heading)] == [
        "第12号　关于增设公交站点", "情况", "分析", "建议", "县交通局的答复（B类）",
    ]  # fmt: skip
    entries = {block.title: dict(block.entries) for block in of(found, Index)}
    assert set(entries["提案者索引"]) == {"张三", "李四"} and set(entries["承办单位索引"]) == {"县交通局", "县财政局"}
    assert set(entries["分类索引"]) == {"经济建设"}


def test_chosen_proposals_become_a_volume_and_a_table(case):
    browser = Client()
    browser.force_login(case.people["staff"], backend="django.contrib.auth.backends.ModelBackend")
    sent = {"act": "volume", "pick": [f"{case.proposal.pk}:1:0", f"{case.merged.pk}:1:0"]}
    answer = browser.post("/proposals/bulk/", sent)
    job = Job.objects.get(kind="reports.render")
    assert answer.url == f"/jobs/{job.pk}/" and sorted(job.params["ids"]) == [case.proposal.pk, case.merged.pk]
    jobs.run(str(job.pk))
    report = Report.objects.get()
    assert report.figures["proposals"] == 2 and report.word.size > 10_000
    text = page_text(b"".join(browser.get(f"/reports/{report.pk}/file/").streaming_content))
    place = next(number for number, page in enumerate(text, 1) if "提案者：张三、李四" in page)
    line = next(part for part in text[1].replace(" ", "").split("关于") if part.startswith("增设公交站点"))
    assert line.strip(".—2").endswith(str(place)) or str(place) in line


def test_an_empty_year_has_no_volume(case):
    with pytest.raises(DomainError, match="没有立案的提案"):
        documents.get("proposal_volume").compose(case.office, 1999, AS_OF)


# --- table -----------------------------------------------------------------------------------------------------------
def test_the_table_has_a_line_for_each_unit(case):
    rows = of(composed(case, "proposal_handling"), Table)[0].rows
    lead = next(row for row in rows if row[5] == "县交通局")
    assert lead[0] == "第12号" and lead[6:] == (
        "主办", "2026-03-20", "2026-06-20", "2026-05-07", "B", "不满意",
    )  # fmt: skip
    assert [row[:2] for row in rows if row[5] == "县财政局"] == [("第12号", "")]


# --- statistics ------------------------------------------------------------------------------------------------------
def test_the_statistics_are_those_of_the_page_with_their_definitions(case):
    found = composed(case, "proposal_statistics")
    assert "2026年共征集提案2件，立案2件，立案率100%；交办1件，按期率100%，面商率100%。" in words(found)
    assert ("按期率", "按期率＝按期办复÷（办复＋超期未复）。") in of(found, Table)[-1].rows
    assert [sheet.title for sheet in tables(found)][:2] == ["征集和审查情况表", "各类提案件数"]


def test_a_year_without_proposals_has_no_statistics(case):
    with pytest.raises(DomainError, match="没有征集到提案"):
        documents.get("proposal_statistics").compose(case.office, 1999, AS_OF)


# --- summaries (R07, R09) ------------------------------------------------------------------------------------------
def test_a_summary_says_what_became_of_the_proposals(case):
    found = composed(case, "annual_summary")
    assert "已交办提案1件，送达答复1件，其中正在解决或列入计划（B类）的1件，占100%。" in words(found)
    assert "按期率100%，面商率100%，办理工作满意率100%，办理结果满意率0%。" in words(found)
    assert found.figures["proposals.answer.B"] == 1
