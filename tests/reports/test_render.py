"""Every document that is registered can be made in every format it claims, or says in a sentence why not."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.errors import DomainError
from reports.documents import Document, documents
from reports.manuscripts import services
from reports.papers import Making, kinds
from reports.printing import DOCX, FORMATS, PDF, XLSX, in_format
from reports.services import available
from tests import factories as make
from tests.pdftext import text_of

pytestmark = pytest.mark.django_db
#: Laid out here; script/check_word lays out all of them.
PRINTED = {"annual_plan", "filing_notice"}
BEGINS = {PDF: b"%PDF-", DOCX: b"PK", XLSX: b"PK"}
CHINESE = re.compile("[一-鿿]")


def found_in(world):
    """(key, composition) of everything there is, or the sentence that says why not."""
    now, office = timezone.now(), world.offices["town"]
    for kind in documents:
        part = kind.parts[-1][0] if kind.parts else ""
        yield kind.key, attempted(lambda kind=kind, part=part: kind.of(office, make.YEAR, now, part))
    for paper in kinds:
        newest = paper.newest()
        record = paper.load(*newest) if newest else None
        if record is not None:
            making = Making(now, "https://portal.example")
            yield paper.key, attempted(lambda paper=paper, record=record, making=making: paper.compose(record, making))


def attempted(compose):
    try:
        return compose()
    except DomainError as error:
        return error.message


def test_everything_can_be_made_in_every_format_it_claims(world):
    made, refused = {}, []
    for key, found in found_in(world):
        if isinstance(found, str):
            refused.append(found)
            continue
        assert found.title and found.blocks, key
        for form in available(found):
            if form != PDF or key in PRINTED:
                data = in_format(form, found, author="办公室", as_of=timezone.now())
                assert data.startswith(BEGINS[form]), (key, form)
                made.setdefault(key, set()).add(form)
    assert all(CHINESE.search(sentence) and sentence.endswith(("。", "！")) for sentence in refused), refused
    assert set(made["annual_plan"]) == {PDF, DOCX, XLSX} and len(made) > len(refused)


def test_the_list_names_every_document_with_its_formats(world, capsys):
    call_command("render", "--list", "--office", "T02", "--year", str(make.YEAR))
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines() if "\t" in line]
    told = {key.strip(): formats for key, _, formats in lines}
    assert told.keys() == {*documents.keys(), *kinds.keys()}
    assert told["annual_plan"] == "PDF、Word、Excel" and told["plan_board_a3"] == "PDF"
    assert all(formats.split("、")[0] in FORMATS.values() or formats.startswith("（") for formats in told.values())


def test_a_manuscript_is_rendered_as_it_was_edited(world, tmp_path):
    owned = next(each for each in documents if each.owned and not each.parts)
    manuscript = services.start(document=owned.key, office=world.offices["town"], year=make.YEAR,
                                by=world.people["staff"])  # fmt: skip
    services.add(manuscript=manuscript, after="", kind="paragraph", text="本段由办公室撰写。", version=None,
                 by=world.people["staff"])  # fmt: skip
    target = tmp_path / "draft.pdf"
    call_command("render", "--manuscript", str(manuscript.pk), "--out", str(target), verbosity=0)
    assert "本段由办公室撰写。" in text_of(target.read_bytes())
    with pytest.raises(CommandError, match="没有编号为 0 的文稿"):
        call_command("render", "--manuscript", "0", "--out", str(target))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "请写明文件"),
        (["annual_plan"], "请写明文件"),
        (["monthly_brief", "--part", "m13", "--office", "T02"], "没有“m13”这个期间，可以选："),
        (["reply_letter", "--record", "1", "--part", "x"], "--part 是一个编号"),
        (["reply_letter", "--record", "987654321"], "没有可以生成“答复函”的记录"),
    ],
)
def test_what_is_wrong_is_said(world, tmp_path, arguments, sentence):
    out = ["--out", str(tmp_path / "x.pdf")] if len(arguments) > 1 else []
    with pytest.raises(CommandError, match=sentence):
        call_command("render", *arguments, *out)


QUARTERS = tuple((f"q{number}", f"第{number}季度") for number in range(1, 5))


@pytest.mark.parametrize(
    ("parts", "year", "part"),
    [((), 2026, ""), (QUARTERS, 2025, "q4"), (QUARTERS, 2027, "q1"), (QUARTERS, 2026, "q3"),
     (tuple((f"m{month:02d}", "") for month in range(1, 13)), 2026, "m10")],
)  # fmt: skip
def test_the_latest_part_is_the_last_that_is_over(parts, year, part):
    kind = Document("x", "x", "x", lambda *given: None, parts=parts)
    assert kind.latest_part(year, date(2026, 11, 22)) == part


def test_in_january_no_part_is_over():
    assert Document("x", "x", "x", print, parts=QUARTERS).latest_part(2026, date(2026, 1, 31)) == "q1"
