"""Documents of one record: what they say, who may have them, made once for the same contents."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from core import jobs, printing
from core.models import Job
from core.pdf.blocks import Code, Grid, Paragraph, Signature, Table
from notices.models import Notice
from proposals.panels import Sight
from reports import papers
from reports.models import Paper
from reports.papers import Making, kinds, offers
from tests.pdftext import squeezed, text_of
from tests.reports.objects import handled

pytestmark = pytest.mark.django_db
SITE = "https://portal.example/"


@pytest.fixture
def case():
    return handled()


def composed(key, pk, part=0, site=""):
    kind = kinds.get(key)
    return kind.compose(kind.load(pk, part), Making(timezone.now(), site))


def words(found):
    return "\n".join(text for block in found.blocks if isinstance(block, Paragraph) for text, _ in block.parts)


def table(found):
    return next(block.rows for block in found.blocks if isinstance(block, Table))


def people(case, reply=None):
    return {row.member.name: row.pk for of in (case.proposal, case.merged) for row in of.proposers.all()}


def test_a_corrected_layout_makes_the_paper_anew(case, monkeypatch):
    found = composed("reply_letter", case.reply.pk)
    before = papers.fingerprint(found)
    assert before == papers.fingerprint(composed("reply_letter", case.reply.pk)) and papers.layout()
    monkeypatch.setattr(papers, "layout", lambda: "another version")
    assert papers.fingerprint(found) != before
    assert all(any((settings.ROOT / each).rglob("*")) for each in papers.LAYOUT)


# --- the letter of a reply -------------------------------------------------------------------------------------------
def test_each_joint_proposer_gets_a_letter_of_his_own(case):
    letters = {name: composed("reply_letter", case.reply.pk, pk) for name, pk in people(case).items()}
    assert [words(each).splitlines()[0] for each in letters.values()] == ["张三委员：", "李四委员：", "王五委员："]
    assert "与《关于增设公交站点》（" in words(letters["王五"]) and "并案办理" in words(letters["王五"])
    assert "并案" not in words(letters["李四"])


def test_a_reply_letter_says_number_category_items_and_date(case):
    found = composed("reply_letter", case.reply.pk)
    assert (found.head.issuer, found.head.number, found.head.mark) == ("县交通局", "云交提〔2026〕3号", "B")
    assert found.title.endswith("第12号提案的答复") and found.figures == {}
    assert [row[2:] for row in table(found)] == [
        ("已落实", ""), ("计划落实", "2026年12月31日前"), ("未采纳", "超出本级财力"),
    ]  # fmt: skip
    signed = next(block for block in found.blocks if isinstance(block, Signature))
    assert (signed.office, signed.date.isoformat()) == ("县交通局", "2026-05-06")


def test_an_unsigned_reply_is_marked_as_a_draft(case):
    case.reply.signed_on = case.reply.sent_at = None
    case.reply.save()
    assert composed("reply_letter", case.reply.pk).date == "未签发的稿"


def test_a_proposer_of_another_proposal_is_not_addressed(case):
    other = case.people["stranger"].member
    stranger = case.merged.proposers.model.objects.create(
        proposal=type(case.merged).objects.create(
            office=case.office, home_office=case.office, session=case.session, subject="无关", state="submitted",
            submitted_at=timezone.now(),
        ), member=other,
    )  # fmt: skip
    assert kinds.get("reply_letter").load(case.reply.pk, stranger.pk) is None


def test_a_co_handling_opinion_goes_to_the_leading_unit(case):
    found = composed("coop_letter", case.opinion.pk)
    assert words(found).startswith("县交通局：") and found.head.issuer == "县财政局" and found.head.mark == ""
    assert kinds.get("reply_letter").load(case.opinion.pk, 0) is None


def test_the_sheet_has_a_code_only_where_the_portals_address_is_known(case):
    with_code = composed("opinion_sheet", case.reply.pk, site=SITE)
    code = next(block for block in with_code.blocks if isinstance(block, Code))
    assert code.url.startswith("https://portal.example/")
    assert not [block for block in composed("opinion_sheet", case.reply.pk).blocks if isinstance(block, Code)]


# --- the other documents ---------------------------------------------------------------------------------------------
def test_a_dispatch_letter_names_unit_role_and_proposers(case):
    found = composed("dispatch_letter", case.lead.pk)
    assert words(found).startswith("县交通局：")
    assert "（提案者：张三、李四）交由你单位主办。" in words(found) and "请与会办单位会商" in words(found)


def test_a_units_list_has_all_of_the_session(case):
    found = composed("dispatch_list", case.lead.unit_id, case.session.pk)
    assert [row[:2] for row in table(found)] == [("第12号", "关于增设公交站点")]
    assert found.figures == {"assignments": 1}


def test_a_merged_proposal_is_told_where_it_went(case):
    assert "与《关于增设公交站点》（" in words(composed("filing_notice", case.merged.pk))
    assert "案号为" in words(composed("filing_notice", case.proposal.pk))


def test_the_handling_sheet_tells_who_did_what(case):
    steps = table(composed("handling_sheet", case.proposal.pk))
    assert [row[1] for row in steps] == ["与提案者沟通\n（县交通局）", "提案者评价"]
    assert steps[0][3] == "上门，张三" and "办理结果：不满意" in steps[1][3]


def test_the_text_of_a_proposal_has_its_facts_and_parts(case):
    found = composed("proposal_text", case.proposal.pk)
    facts = next(block for block in found.blocks if isinstance(block, Grid))
    assert facts.rows[1] == ["提案者", "张三、李四"] and found.title == "关于增设公交站点的提案"


# --- who may have them -----------------------------------------------------------------------------------------------
READERS = {
    "proposal_text": "staff leader lead_clerk coop_clerk first second",
    "filing_notice": "staff leader first second",
    "handling_sheet": "staff leader",
    "dispatch_letter": "staff leader lead_clerk",
    "reply_letter": "staff leader lead_clerk first second",
    "opinion_sheet": "staff leader lead_clerk first second",
}


def test_who_reads_what(case):
    about = {"dispatch_letter": case.lead.pk, "reply_letter": case.reply.pk, "opinion_sheet": case.reply.pk}
    for key, readers in READERS.items():
        kind = kinds.get(key)
        record = kind.load(about.get(key, case.proposal.pk), 0)
        assert {who for who, user in case.people.items() if kind.sees(user, record)} == set(readers.split()), key


def test_a_draft_of_a_reply_is_not_for_proposers(case):
    letter = kinds.get("reply_letter").load(case.reply.pk, 0)
    letter.reply.state = "sent"
    assert not kinds.get("reply_letter").sees(case.people["first"], letter)
    assert kinds.get("reply_letter").sees(case.people["lead_clerk"], letter)


def test_the_page_offers_what_each_may_have(case):
    def labels(who, proposal=case.proposal):
        return [each.label for each in offers.of_proposal(Sight(case.people[who], proposal))]

    assert labels("first") == ["提案正文", "审查结果通知", "答复函（县交通局致张三）", "征求意见表（县交通局致张三）"]
    assert labels("third", case.merged)[2:] == ["答复函（县交通局致王五）", "征求意见表（县交通局致王五）"]
    assert labels("coop_clerk") == [
        "提案正文", "交办通知（县财政局）", "交办通知和清单（县财政局）", "会办意见（县财政局）",
    ]  # fmt: skip
    assert sum("答复函" in label for label in labels("staff")) == 3 and labels("staff")[-1] == "办理流程单"


def test_the_page_of_a_reply_offers_its_letter(case):
    def labels(who, reply):
        panels = printing.panels(case.people[who], "reply", reply)
        return [each.label.partition("（")[0] for panel in panels for each in panel.context["offers"]]

    assert labels("first", case.reply) == labels("third", case.reply) == ["答复函", "征求意见表"]
    assert labels("other_clerk", case.reply) == [] and labels("coop_clerk", case.opinion) == ["会办意见"]
    assert printing.panels(case.people["staff"], "poster", case.reply) == []


# --- making them -----------------------------------------------------------------------------------------------------
def asked(browser, case, form="pdf"):
    return browser.post(reverse("paper_part_make", args=["reply_letter", case.reply.pk, 0]), {"as": form})


def test_a_letter_is_made_once_and_opened_at_once_from_then_on(case, sign_in_as):
    browser = sign_in_as(case.people["first"])
    waiting = asked(browser, case)
    job = Job.objects.get(kind="reports.paper")
    assert waiting.url == f"/jobs/{job.pk}/?forward=pdf"
    jobs.run(str(job.pk))
    paper = Paper.objects.get()
    assert browser.get(waiting.url).url == f"/papers/{paper.pk}/file/?as=pdf"
    assert asked(browser, case, "docx").url == f"/papers/{paper.pk}/file/?as=docx"
    data = b"".join(browser.get(f"/papers/{paper.pk}/file/").streaming_content)
    assert squeezed("张三委员：") in text_of(data)
    assert not Notice.objects.filter(recipient=case.people["first"]).exists()
    case.reply.body = "改写后的答复。"
    case.reply.save()
    assert "/jobs/" in asked(browser, case).url and Paper.objects.count() == 1


def test_strangers_get_nothing(case, sign_in_as):
    browser = sign_in_as(case.people["stranger"])
    assert asked(browser, case).status_code == 404
    assert browser.post(reverse("paper_part_make", args=["poster", 1, 0])).status_code == 404


def test_the_shell_makes_any_format(case, tmp_path):
    target = tmp_path / "letter.docx"
    call_command("render", "reply_letter", "--out", str(target), verbosity=0)
    assert target.read_bytes()[:2] == b"PK"
    call_command("render", "dispatch_list", "--format", "xlsx", "--out", str(target), verbosity=0)
    assert target.read_bytes()[:2] == b"PK"
    with pytest.raises(CommandError, match="没有表格"):
        call_command("render", "proposal_text", "--format", "xlsx", "--out", str(target))
