"""A document that is composed from the records and then owned by the office."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from core.errors import Conflict, Denied, DomainError, StateChanged
from core.pdf import codec
from core.pdf.blocks import Figure, Heading, Paragraph
from reports.manuscripts import decisions, differences, files, merging, printing, problems, services, tokens
from reports.manuscripts import passages as kept
from reports.manuscripts.passages import Passage
from reports.models import Manuscript
from reports.printing import as_pdf
from tests import factories as make
from tests.pdftext import text_of

pytestmark = pytest.mark.django_db
SUMMARY = "half_year_summary"


# --- merging, without a database -------------------------------------------------------------------------------------
HELD, CAME = Figure(2, "次", "activities", "活动"), Figure(9, "人次", "came", "到场")
FACTS = {each.key: each for each in (HELD, CAME)}


def passages(*blocks):
    return [Passage(kept.key_of(block), block) for block in blocks]


def sentence(*runs):
    return Paragraph(list(runs))


def test_an_edit_stays_with_its_sentence_when_others_come():
    old = passages(sentence("开展活动", HELD, "。"))
    edited = [replace(old[0], text="活动〔2次·activities〕，反响很好。", base=old[0].composed)]
    more = replace(HELD, value=3)
    new = passages(sentence("到场", CAME), sentence("开展活动", more, "。"))
    found = merging.merged(edited, new, {**FACTS, "activities": more})
    assert [each.current for each in found] == ["到场〔9人次·came〕", "活动〔3次·activities〕，反响很好。"]
    assert not found[1].changed


def test_other_words_below_an_edit_are_told():
    old = passages(sentence("开展活动", HELD, "。"))
    edited = [replace(old[0], text="活动很多。", base=old[0].composed)]
    (found,) = merging.merged(edited, passages(sentence("全年开展活动", HELD, "。")), FACTS)
    assert found.changed and found.current == "活动很多。"


def test_own_and_orphaned_passages_stay_where_they_were():
    first, second, third = passages(Heading(1, "一"), sentence("二"), Heading(1, "三"))
    own = Passage("own:1", Paragraph(""), text="自己写的", own=True)
    old = [first, own, replace(second, text="改过的", base="二"), third]
    found = merging.merged(old, passages(Heading(1, "一"), Heading(1, "三")), FACTS)
    assert [each.current for each in found] == ["一", "自己写的", "改过的", "三"]
    assert [each.orphan for each in found] == [False, False, True, False]


def test_what_nobody_touched_goes_with_its_records():
    assert merging.merged(passages(sentence("二")), [], FACTS) == []


def test_lines_become_paragraphs_and_headings_are_numbered_anew():
    made = [
        *passages(Heading(1, "甲", number="一、"), Heading(1, "乙", number="二、")),
        Passage("own:1", Paragraph(""), text="第一行\n\n活动〔9次·activities〕", own=True),
    ]
    made[0] = replace(made[0], hidden=True)
    heading, first, second = printing.blocks_of(made, FACTS)
    assert heading.number == "一、" and first.runs == ["第一行"] and second.runs == ["活动", HELD]


# --- the life of one -------------------------------------------------------------------------------------------------
@pytest.fixture
def people(world):
    return {key: world.people[key] for key in ("staff", "head", "leader", "owner", "other_staff")}


@pytest.fixture
def draft(world, people):
    return services.start(document=SUMMARY, office=world.offices["town"], year=make.YEAR, by=people["staff"])


def sentence_with(manuscript, figure):
    """The first worded passage in which the figure stands."""
    return next(each for each in kept.load(manuscript.passages)
                if each.is_worded and figure in tokens.keys(each.current))  # fmt: skip


def save(manuscript, by, texts, hidden=(), version=None):
    return services.save(manuscript=manuscript, title=manuscript.title, texts=texts, hidden=hidden,
                         version=version, by=by)  # fmt: skip


def approved(manuscript, people, number=1):
    decisions.submit(manuscript=manuscript, by=people["staff"])
    decisions.review(manuscript=manuscript, by=people["head"])
    return decisions.approve(manuscript=manuscript, doc_word="云联", doc_number=number, by=people["leader"])


@pytest.mark.parametrize("word", ["云联〔2026〕", "云联3号", "云 联"])
def test_the_word_before_a_number_holds_no_number(draft, word):
    with pytest.raises(DomainError, match="只写机关简称"):
        decisions.number(draft, word, make.YEAR, 1)


def test_starting_twice_opens_the_same_draft(world, people, draft):
    again = services.start(document=SUMMARY, office=world.offices["town"], year=make.YEAR, by=people["head"])
    assert again == draft and Manuscript.objects.filter(document=SUMMARY, year=make.YEAR).count() == 1
    with pytest.raises(Denied):
        services.start(document=SUMMARY, office=world.offices["town"], year=make.YEAR, by=people["owner"])
    with pytest.raises(DomainError, match="不需要撰写"):
        services.start(document="annual_plan", office=world.offices["town"], year=make.YEAR, by=people["staff"])


def test_what_is_printed_is_what_was_composed_until_somebody_edits(world, draft):
    fresh = services.fresh(draft, draft.as_of)
    now = printing.blocks_of(kept.passages_of(fresh), fresh.facts)
    assert codec.dump(printing.composition(draft).blocks) == codec.dump(now)


def test_figures_in_edited_words_follow_the_records(world, people, draft):
    before = sentence_with(draft, "activities")
    save(draft, people["staff"], {before.key: "截至六月，共办活动〔88次·activities〕，成效明显。"})
    make.ActivityFactory(office=world.offices["town"], type=make.activity_type("study"))
    services.recompose(manuscript=draft, version=draft.version, by=people["staff"])
    now = services.fresh(draft, draft.as_of).figures["activities"]
    edited = sentence_with(draft, "activities")
    assert edited.is_edited and edited.current == f"截至六月，共办活动〔{now}次·activities〕，成效明显。"


def test_changed_records_are_told_before_submitting(world, people, draft):
    make.ActivityFactory(office=world.offices["town"], type=make.activity_type("study"))
    found = problems.of(draft, services.fresh(draft, draft.as_of))
    assert found[0].tone == "danger" and "成文以后记录有变化" in found[0].text


def test_typed_numbers_gaps_and_lost_figures_are_told(people, draft):
    passage = sentence_with(draft, "activities")
    save(draft, people["staff"], {passage.key: "参加 35 人，×× 待补充。"})
    told = {each.tone: each.text for each in problems.of(draft) if each.key == passage.key}
    assert "手工输入的数字" in told["info"] and "没写完" in told["danger"]


def test_unknown_figures_and_endless_texts_are_refused_at_their_passage(people, draft):
    key = sentence_with(draft, "activities").key
    for text in ("活动〔3次·nothing〕", "长" * (services.LONGEST + 1)):
        with pytest.raises(DomainError) as refused:
            save(draft, people["staff"], {key: text})
        assert refused.value.field == key


def test_words_as_composed_are_no_edit(people, draft):
    passage = sentence_with(draft, "activities")
    save(draft, people["staff"], {passage.key: "别的话"})
    save(draft, people["staff"], {passage.key: passage.composed})
    assert not sentence_with(draft, "activities").is_edited


def test_two_editors_do_not_overwrite_each_other(people, draft):
    seen, key = draft.version, sentence_with(draft, "activities").key
    save(draft, people["staff"], {key: "先保存的"}, version=seen)
    with pytest.raises(Conflict):
        save(draft, people["head"], {key: "后保存的"}, version=seen)


def test_own_passages_come_and_go_composed_ones_stay(people, draft):
    first = kept.load(draft.passages)[0]
    services.add(manuscript=draft, after=first.key, kind="paragraph", text="补充说明", version=None, by=people["staff"])
    own = kept.load(draft.passages)[1]
    assert own.own and own.current == "补充说明"
    services.remove(manuscript=draft, key=own.key, version=None, by=people["staff"])
    assert own.key not in {each.key for each in kept.load(draft.passages)}
    with pytest.raises(DomainError, match="不印这一段"):
        services.remove(manuscript=draft, key=first.key, version=None, by=people["staff"])


def test_photos_keep_their_order(people, draft):
    key = kept.load(draft.passages)[0].key
    services.add_photos(manuscript=draft, after=key, photos=[("7", "甲"), ("9", "乙")], version=None,
                        by=people["staff"])  # fmt: skip
    assert [each.block.caption for each in kept.load(draft.passages)[1:3]] == ["甲", "乙"]


def test_each_saving_is_kept_as_a_version(people, draft):
    from core import textversions

    save(draft, people["staff"], {sentence_with(draft, "activities").key: "改了一句"})
    assert "改了一句" in textversions.version(draft, 2).texts["text"]


# --- approval and correction -----------------------------------------------------------------------------------------
def test_the_steps_are_taken_by_those_who_may(people, draft):
    with pytest.raises(Denied):
        decisions.submit(manuscript=draft, by=people["leader"])
    decisions.submit(manuscript=draft, by=people["staff"])
    with pytest.raises(Denied):
        decisions.review(manuscript=draft, by=people["staff"])
    with pytest.raises(Denied, match="先撤回"):
        save(draft, people["staff"], {})
    with pytest.raises(StateChanged):
        decisions.approve(manuscript=draft, doc_word="云联", doc_number=1, by=people["leader"])
    decisions.return_(manuscript=draft, by=people["head"], reason="补充下半年打算")
    assert draft.state == "returned" and people["staff"].notices.filter(text__contains="补充下半年打算").exists()


def test_an_approved_manuscript_never_changes(people, draft):
    approved(draft, people)
    assert draft.doc_no == f"云联〔{draft.frozen_at.year}〕1号" and draft.digest == printing.digest(draft)
    with pytest.raises(Denied, match="更正"):
        save(draft, people["staff"], {})
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Manuscript.objects.filter(pk=draft.pk).update(title="别的")
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        Manuscript.objects.filter(pk=draft.pk).delete()


def test_a_number_is_given_once(world, people, draft):
    approved(draft, people)
    assert decisions.suggested_number(draft) == ("云联", 2)  # the series the office used last
    other = services.start(document="annual_summary", office=world.offices["town"], year=make.YEAR, by=people["staff"])
    with pytest.raises(DomainError, match="已用于") as refused:
        approved(other, people)
    assert refused.value.field == "doc_number" and other.state == "reviewed"


def test_a_correction_is_another_edition_that_says_what_changed(people, draft):
    passage = sentence_with(draft, "activities")
    approved(draft, people)
    erratum = services.correct(manuscript=draft, reason="次数有误", by=people["staff"])
    assert erratum.edition == 2 and erratum.corrects == draft and erratum.doc_no == ""
    with pytest.raises(Denied, match="已经有更正版"):
        services.correct(manuscript=draft, reason="再来", by=people["staff"])
    save(erratum, people["staff"], {passage.key: "更正后的一句。"})
    (change,) = differences.between(draft, erratum)
    assert change.after == "更正后的一句。" and ("del", change.before) in [*change.pieces, ("del", change.before)]
    assert differences.between(draft, draft) == []


def test_drafts_are_seen_by_those_who_work_on_them_only(people, draft):
    def sees(key):
        return Manuscript.objects.visible_to(people[key]).filter(pk=draft.pk).exists()

    assert [sees(key) for key in people] == [True, True, True, False, False]


def test_the_files_are_made_once_from_what_was_frozen(people, draft, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    approved(draft, people)
    first, second = (files.make_files(manuscript=draft, by=people["leader"], progress=lambda *told: None)
                     for _ in range(2))  # fmt: skip
    one, two = first(), second()
    draft.refresh_from_db()
    assert one.file == two.file == draft.report.file and draft.report.pages > 1
    again = as_pdf(files.composed(draft), author=draft.office.name, as_of=draft.as_of)
    assert hashlib.sha256(again.data).hexdigest() == draft.report.file.sha256
    text = text_of(again.data)
    assert "云联〔" in text and "数据截至" in text and draft.report.word is not None
