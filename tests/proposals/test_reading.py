"""A proposal written in Word: recognised parts, and nothing lost."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.prose import length
from proposals.models import Proposal
from proposals.reading import read

PAPER = """政协青川县委员会提案
案由：关于增加夜间公交班次的提案
提案人：李某　联系电话：0800-1234567
一、基本情况
城东片区晚上八点以后没有公交。
（一）存在的问题
工人和学生步行回家。
二、线路多年没有调整的原因
现有线路按白天客流排班。
三、建议
1．由县交通局测算夜间客流。
2．加强管理措施
先在两条线路上延长。
"""


def test_the_parts_of_a_usual_paper_are_recognised():
    found = read(PAPER)
    assert found.subject == "关于增加夜间公交班次的提案"
    assert found.background == "城东片区晚上八点以后没有公交。\n工人和学生步行回家。"
    assert found.analysis == "二、线路多年没有调整的原因\n现有线路按白天客流排班。"
    assert found.suggestions == "1．由县交通局测算夜间客流。\n2．加强管理措施\n先在两条线路上延长。"
    assert found.leftover == "政协青川县委员会提案\n提案人：李某　联系电话：0800-1234567"


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("情况：路灯不亮。\n分析：线路老化。\n建议：更换。", "analysis", "线路老化。"),
        ("【背景】\n甲\n【原因分析】\n乙\n【对策建议】\n丙", "suggestions", "丙"),
        ("关于路灯的建议\n现状\n甲", "subject", "关于路灯的建议"),
        ("群众有很多意见\n没有标题的一段", "leftover", "群众有很多意见\n没有标题的一段"),
        ("建议\n一、甲\n二、加强原因分析\n乙", "suggestions", "一、甲\n二、加强原因分析\n乙"),
        ("", "leftover", ""),
    ],
)
def test_other_ways_of_writing(text, name, part):
    assert getattr(read(text), name) == part


def test_no_line_is_lost():
    found = read(PAPER)
    kept = "".join(vars(found).values())
    labels = "案由：", "一、基本情况", "（一）存在的问题", "三、建议"
    assert length(kept) == length(PAPER) - sum(map(length, labels))


def document(*lines):
    paper, out = docx.Document(), io.BytesIO()
    for line in lines:
        paper.add_paragraph(line)
    paper.save(out)
    return out.getvalue()


@pytest.mark.django_db
def test_an_uploaded_document_becomes_a_draft_to_be_checked(sign_in):
    upload = SimpleUploadedFile("提案.docx", document(*PAPER.splitlines()))
    html = sign_in("owner").post("/proposals/new/word/", {"file": upload}, follow=True).content.decode()
    draft = Proposal.objects.order_by("-pk").first()
    assert (draft.state, draft.subject) == ("draft", "关于增加夜间公交班次的提案")
    assert "没有认出的文字" in html and "政协青川县委员会提案" in html and "工人和学生步行回家" in html


@pytest.mark.django_db
def test_what_was_not_recognised_must_be_dealt_with_before_submitting(sign_in, post):
    page = sign_in("owner")
    page.post("/proposals/new/", post(intent="save", leftover="其余文字"))
    draft = Proposal.objects.order_by("-pk").first()
    refused = page.post(f"/proposals/{draft.pk}/edit/", post(version="1", leftover="其余文字"))
    assert refused.status_code == 422 and "还有没有认出的文字" in refused.content.decode()
    assert page.post(f"/proposals/{draft.pk}/edit/", post(version="1", leftover="")).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("提案.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式"),
        ("提案.docx", b"PK\x03\x04 not a zip", "已损坏"),
        ("提案.pdf", b"%PDF-1.7", "这里只接收"),
        ("提案.txt", ("长" * 30_001).encode(), "不像一件提案"),
    ],
)
def test_hostile_and_wrong_files_are_refused_in_words(name, body, sentence, sign_in):
    answer = sign_in("owner").post("/proposals/new/word/", {"file": SimpleUploadedFile(name, body)})
    assert answer.status_code == 409 and sentence in answer.content.decode()
