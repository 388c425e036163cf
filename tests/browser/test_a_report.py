"""One half-year summary from the records to the correction, by the people whose work it is.

The staff changes a sentence without being able to change its figure and adds one; a record comes late and the figure
follows; the head reviews, the leader signs, the PDF says it; a mistake is corrected as a second edition.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from reports.models import Manuscript
from tests import factories as make
from tests import workers
from tests.pdftext import squeezed, text_of
from tests.world import build_small

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.stands_alone,
              pytest.mark.django_db(transaction=True)]  # fmt: skip
BEFORE, ADDED = "截至六月底，", "群众对解决路灯问题表示满意。"
HELD = "[data-key=activities]"


@pytest.fixture
def world():
    return build_small()


def test_a_summary_from_the_records_to_its_correction(world, visit):
    staff, head, leader = (visit(world.people[key]) for key in ("staff", "head", "leader"))
    manuscript = written(staff)
    renewed(staff, world)
    handed_in(staff)
    press(head, manuscript, "核稿通过")
    with workers.worker():
        signed(leader, manuscript)
        check_pdf(downloaded(leader, manuscript), manuscript)
    corrected(staff, manuscript)
    assert [each.complaints for each in (staff, head, leader)] == [[], [], []]


def written(staff) -> Manuscript:
    """Composed at one press; a sentence begins otherwise, one is added below it."""
    staff.go("/reports/").get_by_role("button", name=re.compile(r"撰写\s*半年工作小结")).click()
    sentence = first_sentence(staff)
    expect(sentence.locator(HELD)).to_have_text("1次")
    sentence.click()
    staff.page.keyboard.press("Control+Home")
    staff.page.keyboard.type(BEFORE)
    mistype(staff, sentence)
    passage = sentence.locator("xpath=ancestor::section")
    passage.locator("summary").click()
    passage.get_by_label("在下面增加").fill(ADDED)
    passage.get_by_role("button", name="增加", exact=True).click()
    expect(staff.page.locator(".words-area").filter(has_text=ADDED)).to_have_count(1)
    return Manuscript.objects.get()


def first_sentence(staff):
    """By its place, which stays also while the figure is away."""
    place = staff.page.locator(f"[data-passage]:has({HELD})").first.get_attribute("id")
    return staff.page.locator(f"#{place} .words-area")


def mistype(staff, sentence) -> None:
    """Typing goes beside a figure, never into it; one key removes it as a whole, another brings it back."""
    figure = sentence.locator(HELD)
    figure.click()
    staff.page.keyboard.press("Backspace")
    expect(figure).to_have_count(0)
    staff.page.keyboard.press("Control+z")
    expect(figure).to_have_text("1次")


def renewed(staff, world) -> None:
    """A record comes late: the words stay, the figure moves."""
    make.ActivityFactory(office=world.offices["town"], type=make.activity_type("study"))
    staff.page.get_by_role("button", name="按最新记录更新").click()
    expect(first_sentence(staff).locator(HELD)).to_have_text("2次")
    expect(first_sentence(staff)).to_contain_text(re.compile(f"^{BEFORE}"))
    expect(staff.page.locator(".words-area").filter(has_text=ADDED)).to_have_count(1)


def handed_in(staff) -> None:
    staff.page.get_by_role("button", name="检查并提交").click()
    staff.page.get_by_role("button", name="提交核稿").click()
    expect(staff.page.locator("h1")).to_contain_text("待核稿")


def press(visitor, manuscript: Manuscript, name: str) -> None:
    visitor.go(manuscript.get_absolute_url()).get_by_role("button", name=name).click()


def signed(leader, manuscript: Manuscript) -> None:
    """The number is suggested; what is signed never changes again."""
    leader.go(manuscript.get_absolute_url()).get_by_role("link", name="签发").click()
    leader.page.fill("#id_doc_word", "清政协联")
    expect(leader.page.locator("#id_doc_number")).to_have_value("1")
    leader.page.get_by_role("button", name="确定签发").click()
    expect(leader.page.locator("h1")).to_contain_text("已签发")


def downloaded(leader, manuscript: Manuscript) -> str:
    workers.wait_for(lambda: Manuscript.objects.get(pk=manuscript.pk).report_id, what="the file")
    page = leader.go(manuscript.get_absolute_url())
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载 PDF").click()
    with open(waiting.value.path(), "rb") as handle:
        return text_of(handle.read())


def check_pdf(text: str, manuscript: Manuscript) -> None:
    manuscript.refresh_from_db()
    assert manuscript.doc_no in text and squeezed(ADDED) in text
    assert re.search(rf"{BEFORE}[^。]*开展各类活动2次", text), text[:300]


def corrected(staff, manuscript: Manuscript) -> None:
    """A second edition; the first one leads to it, and both are shown against each other."""
    staff.go(manuscript.get_absolute_url()).get_by_role("link", name="更正").click()
    staff.page.fill("#id_reason", "路灯是县里装的")
    staff.page.get_by_role("button", name="开始更正").click()
    words = staff.page.locator(".words-area").filter(has_text=ADDED)
    words.click()
    staff.page.keyboard.press("Control+End")
    staff.page.keyboard.type("路灯由县里安装。")
    staff.page.get_by_role("button", name="保存").first.click()
    expect(staff.page.get_by_text("已保存。")).to_be_visible()
    staff.go(manuscript.get_absolute_url()).get_by_role("link", name=re.compile("第 2 版《")).click()
    staff.page.get_by_role("link", name="看新旧对照").click()
    expect(staff.page.locator("ins").first).to_contain_text("路灯由县里安装。")
    assert [each.edition for each in Manuscript.objects.order_by("edition")] == [1, 2]
