"""Pages of manuscripts: the editor keeps words and figures, tells about changes, loses nothing."""

from __future__ import annotations

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Draft
from notices.todos import waiting_for
from reports.forms.manuscripts import slot_of
from reports.manuscripts import passages as kept
from reports.models import Manuscript
from reports.pages import editor, screen, versions
from tests.reports.manuscript_objects import COMPOSED, OWN, a_manuscript, composed

pytestmark = pytest.mark.django_db
#: The sentence with two figures, and its field.
SENTENCE = "paragraph:activities"
FIELD = f"text_{slot_of(SENTENCE)}"


@pytest.fixture
def draft(world) -> Manuscript:
    return world["manuscript.draft"]


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def at(name: str, manuscript: Manuscript) -> str:
    return reverse(name, args=[manuscript.pk])


def fields(manuscript: Manuscript, **changes: str) -> dict[str, str]:
    """What the editor's form sends."""
    texts = {f"text_{slot_of(each.key)}": each.current for each in kept.load(manuscript.passages) if each.is_worded}
    head = {"title": manuscript.title, "version": str(manuscript.version), "idempotency_key": str(uuid.uuid4())}
    return {**head, **texts, **changes}


def send(browser, manuscript: Manuscript, **changes: str):
    response = browser.post(at("manuscript_edit", manuscript), fields(manuscript, **changes))
    manuscript.refresh_from_db()
    return response


def words(manuscript: Manuscript, key: str = SENTENCE) -> str:
    return next(each.current for each in kept.load(manuscript.passages) if each.key == key)


# --- the editor ----------------------------------------------------------------------------------------------------
def test_a_saved_sentence_keeps_its_figure_whatever_was_typed_into_it(staff, draft):
    answer = send(staff, draft, **{FIELD: "半年来办了〔99场·activities〕活动。"})
    assert answer.status_code == 302
    assert words(draft) == "半年来办了〔3次·activities〕活动。"


def test_a_figure_nobody_knows_is_refused_at_its_passage_and_nothing_is_lost(staff, draft):
    answer = send(staff, draft, **{FIELD: "花了〔5元·no.such〕。"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "没有对应的记录" in page and "花了〔5元·no.such〕" in page
    assert f'href="#id_{FIELD}"' in page and words(draft).startswith(OWN)


def test_what_is_added_stands_below_its_passage(staff, draft):
    slot = slot_of(SENTENCE)
    send(staff, draft, **{f"add_{slot}": "补充一句。", f"kind_{slot}": "paragraph", "act": f"add:{slot}"})
    keys = [each.key for each in kept.load(draft.passages)]
    added = kept.load(draft.passages)[keys.index(SENTENCE) + 1]
    assert added.own and added.text == "补充一句。"


def test_a_button_saves_the_words_before_it_acts(staff, draft):
    other = f"text_{slot_of('own:1')}"
    answer = send(staff, draft, **{other: "改了这一段。", "act": f"restore:{slot_of(SENTENCE)}"})
    assert answer.url.endswith(f"#p-{slot_of(SENTENCE)}")
    assert words(draft, "own:1") == "改了这一段。" and words(draft).startswith(COMPOSED)


def test_leaving_out_and_removing(staff, draft):
    table = next(each.key for each in composed() if each.key.startswith("table"))
    send(staff, draft, **{f"hide_{slot_of(table)}": "on", "act": f"remove:{slot_of('own:1')}"})
    hidden = [each.key for each in kept.load(draft.passages) if each.hidden]
    assert hidden == [table] and "own:1" not in str(draft.passages)


def test_both_versions_stand_side_by_side_when_the_records_say_something_else(staff, draft):
    page = staff.get(at("manuscript_edit", draft)).content.decode()
    assert "采用新文字" in page and "保留我的文字" in page and "所依据的记录已经没有了" in page
    send(staff, draft, act=f"accept:{slot_of(SENTENCE)}")
    assert "采用新文字" not in staff.get(at("manuscript_edit", draft)).content.decode()


def test_the_second_of_two_editors_sees_both_texts(staff, draft):
    stale = fields(draft, **{FIELD: "我写的话。"})
    send(staff, draft, **{FIELD: "别人写的话。"})
    answer = staff.post(at("manuscript_edit", draft), stale)
    page = answer.content.decode()
    assert answer.status_code == 409 and "我写的话。" in page and "别人写的话。" in page
    assert words(draft) == "别人写的话。"


def test_what_another_window_added_stays_when_the_first_one_saves_over_it(staff, draft):
    first = fields(draft)
    send(staff, draft, **{f"add_{slot_of(SENTENCE)}": "另一个窗口加的一段。"})
    assert "另一个窗口加的一段。" in staff.post(at("manuscript_edit", draft), first).content.decode()
    again = {**first, "version": str(draft.version), "idempotency_key": str(uuid.uuid4())}
    assert staff.post(at("manuscript_edit", draft), again).status_code == 302
    draft.refresh_from_db()
    assert "另一个窗口加的一段。" in [each.current for each in kept.load(draft.passages)]


def test_lines_pasted_from_word_are_paragraphs_without_their_own_indent(staff, draft):
    send(staff, draft, **{FIELD: "第一行\v第二行\r\n　　第三行"})
    assert words(draft) == "第一行\n第二行\n第三行"


def test_words_of_a_passage_that_is_gone_are_shown(staff, draft):
    stale = fields(draft, **{f"text_{slot_of('own:1')}": "辛苦写的一段。"})
    send(staff, draft, act=f"remove:{slot_of('own:1')}")
    page = staff.post(at("manuscript_edit", draft), stale).content.decode()
    assert "辛苦写的一段。" in page and "已不在文稿里" in page


def test_typing_is_kept_as_a_draft(staff, draft, world):
    Draft.objects.create(
        owner=world.people["staff"], key=f"reports.manuscript:{draft.pk}",
        data={FIELD: ["写到一半"], "title": [draft.title], "version": [str(draft.version)]},
    )  # fmt: skip
    page = staff.get(at("manuscript_edit", draft)).content.decode()
    assert "写到一半" in page and "已恢复您在" in page


def test_markup_typed_into_a_passage_is_text(staff, draft):
    send(staff, draft, **{FIELD: "<script>alert(1)</script>〔3次·activities〕"})
    page = staff.get(draft.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert(1)" not in page


# --- figures -------------------------------------------------------------------------------------------------------
def test_the_list_of_figures_calls_each_by_its_name_or_the_words_before_it(draft):
    for row in draft.figures.values():
        row["label"] = ""
    found = {each.figure.key: (each.label, str(each.figure)) for each in editor.palette(draft)}
    assert found == {"activities": (COMPOSED, "3次"), "activities.person_times": ("参加活动", "9人次")}
    draft.figures["activities"]["label"] = "活动次数"
    assert "活动次数" in [each.label for each in editor.palette(draft)]


def test_figures_on_the_page_lead_to_their_records(staff, draft):
    page = staff.get(draft.get_absolute_url()).content.decode()
    assert re.search(r'<a class="fig" href="/activities/"[^>]*>3次</a>', page)


def test_marks_say_what_the_office_wrote(draft):
    shown = screen.shown(draft, versions.anchors(draft))
    assert [each.mark for each in shown][:4] == ["", "改", "增", "改"]
    assert {each.kind for each in shown} == {"heading", "paragraph", "chart", "other"}


# --- before it is handed in, after it is approved ------------------------------------------------------------------
def test_the_check_leads_to_the_passage(staff, draft):
    page = staff.get(at("manuscript_check", draft)).content.decode()
    assert f"{at('manuscript_edit', draft)}#p-{slot_of('paragraph:gone')}" in page and "提交核稿" in page


def test_the_approver_is_offered_the_next_number(sign_in, world):
    address = reverse("manuscript_step", args=[world["manuscript.reviewed"].pk, "approve"])
    given = {"doc_word": "清政协联", "doc_number": "1", "headed": "on"}
    taken = sign_in("head").post(address, given)
    assert taken.status_code == 409 and "已用于" in taken.content.decode()
    done = sign_in("head").post(address, {**given, "doc_number": "8"})
    page = sign_in("leader").get(done.url).content.decode()
    assert "8号" in page and "文字和数据已经固定" in page and "修改文稿" not in page


def test_whoever_signs_sees_what_is_frozen(world):
    said = screen.contents(world["manuscript.reviewed"])
    assert said.startswith("2 段文字、1 幅图、2 张表，文中 2 个数字；数据截至 2026年7月1日")


def test_an_approved_one_says_what_corrects_it_and_the_other_way_round(sign_in, world):
    old, new = world["manuscript.approved"], world["manuscript.correcting"]
    assert new.get_absolute_url() in sign_in("staff").get(old.get_absolute_url()).content.decode()
    assert old.get_absolute_url() in sign_in("staff").get(new.get_absolute_url()).content.decode()
    page = sign_in("staff").get(at("manuscript_versions", new)).content.decode()
    assert "<del>" in page and "<ins>" in page and "活动次数少计一次" in page
    seen_by_county = sign_in("county_staff").get(old.get_absolute_url()).content.decode()
    assert "已被更正" not in seen_by_county


def test_what_waits_for_whom(world):
    waiting = {key: {each.label for each in waiting_for(world.people[key]) if "文稿" in each.label}
               for key in ("staff", "head", "leader")}  # fmt: skip
    assert waiting == {"staff": set(), "head": {"待核稿的文稿", "待签发的文稿"}, "leader": {"待签发的文稿"}}


def test_the_list_costs_the_same_with_more_rows(staff, world):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            assert staff.get(reverse("manuscript_list")).status_code == 200
        counts.append(len(seen))
        a_manuscript(world, "draft", composed(), year=1999 + len(counts))
    assert counts[0] == counts[1] <= 15
