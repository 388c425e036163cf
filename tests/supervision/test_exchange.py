"""Exchange files: hostile ones are refused with a sentence, good ones go through the services, once."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import files, jobs
from core.errors import Denied, DomainError
from handling.models import Reply
from supervision.exchange import FORMAT, answers, reading, writing
from supervision.models import Exchange, ExternalKey
from supervision.services import exchange
from tests.handling import objects, reply_objects

BOMB = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><exchange format="liaison-exchange/1">&c;</exchange>'
XXE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><exchange><answer><key>&x;</key></answer></exchange>'


def packed(rows, **more):
    return json.dumps({"format": FORMAT, "answers": rows, **more}).encode()


@pytest.mark.parametrize(
    "data, form, says",
    [
        (b"", "json", "不是有效的 JSON"),
        (b"[1, 2", "json", "不是有效的 JSON"),
        (b"\xff\xfe\x00", "json", "UTF-8"),
        (b"[" * 20_000, "json", "层次太深"),
        (b'{"format": "x", "format": "y"}', "json", "两次"),
        (b'{"format": NaN}', "json", "不能用"),
        (b"[]", "json", "最外层"),
        (packed([], format="liaison-exchange/9"), "json", "格式不是"),
        (packed([{}], hidden=1), "json", "不认识的内容：hidden"),
        (packed([]), "json", "一条也没有"),
        (packed([{}] * 2001), "json", "最多 2000 条"),
        (b" " * (5 * 1024 * 1024 + 1), "json", "超过 5 MB"),
        (BOMB, "xml", "实体"),
        (XXE, "xml", "实体"),
        (b"<a><b></a>", "xml", "不是有效的 XML"),
        (b"<other/>", "xml", "exchange"),
        (b'<exchange format="liaison-exchange/1">' + b"<a>" * 50 + b"</a>" * 50 + b"</exchange>", "xml", "太深"),
    ],
    ids=range(17),
)
def test_a_hostile_file_is_refused_with_a_sentence(data, form, says):
    with pytest.raises(DomainError, match=says):
        reading.read(data, form)


SIGN = {"key": "k1", "assignment": "1", "kind": "sign", "handler": "周科长"}
ROW = {
    "key": "k2", "assignment": "1", "kind": "reply", "category": "B", "body": "王委员：\n答复如下。",
    "doc_no": "县交函8号", "signatory": "孙局长", "signed_on": "2026-05-08", "contact_name": "周科长",
    "contact_phone": "0800-7654321",
    "items": [{"kind": "done", "text": "已办。"}, {"kind": "promised", "text": "明年办。", "date": "2027-06-30"}],
}  # fmt: skip


@pytest.mark.parametrize(
    "change, says",
    [
        ({"state": "passed"}, "不认识的内容：state"),
        ({"kind": "delete"}, "kind 应是"),
        ({"key": ""}, "缺少 key"),
        ({"body": 5}, "body 应是文字"),
        ({"body": "长" * 20_001}, "最多 20000 字"),
        ({"signed_on": "5月8日"}, "signed_on 应是"),
        ({"signatory": "孙\x00局长"}, "无法打印"),
        ({"body": "好的\U0001f44d"}, "无法打印"),
        ({"items": "all"}, "items 应是列表"),
        ({"items": [{"kind": "promised", "text": "x"}]}, "第 1 项：计划落实的事项缺少 date"),
        ({"items": [{"kind": "not_adopted", "text": "x"}]}, "缺少 reason"),
        ({"items": [{"kind": "done", "text": "x", "owner": "y"}]}, "第 1 项：不认识的内容：owner"),
        ({"items": [7]}, "第 1 项：不是一个对象"),
    ],
)
def test_a_row_says_what_is_wrong_with_it(change, says):
    assert says in "；".join(answers.judge(1, {**ROW, **change}).errors)


def test_a_good_row_has_no_mistakes_and_a_key_stands_once():
    first, second = answers.judged([ROW, ROW])
    assert (first.errors, second.errors) == ([], ["key 在文件里重复"])


def test_xml_says_the_same_as_json():
    inside = ["".join(f"<{name}>{value}</{name}>" for name, value in item.items()) for item in ROW["items"]]
    items = "".join(f"<item>{each}</item>" for each in inside)
    texts = "".join(f"<{name}>{value}</{name}>" for name, value in ROW.items() if name != "items")
    data = f'<exchange format="{FORMAT}"><answer>{texts}<items>{items}</items></answer></exchange>'.encode()
    (row,) = answers.judged(reading.read(data, "xml"))
    assert (row.errors, row.digest) == ([], answers.judge(1, ROW).digest)


def test_what_is_written_is_read_by_a_parser_in_both_forms():
    rows = [{"assignment": "7", "subject": "<b>&", "proposers": ["张三", "李四"], "reply_due": ""}]
    assert json.loads(writing.written({"office": "县"}, rows, "json"))["assignments"] == rows
    root = reading.fromstring(writing.written({"office": "县"}, rows, "xml"))
    assert (root.get("format"), root.findtext("assignment/subject")) == (FORMAT, "<b>&")


# --- through the services ------------------------------------------------------------------------------------------
@pytest.fixture
def desk(db):
    reply_objects.set_rule("handling.contact_required", False)
    return objects.desk()


def take_in(desk, *rows, by=None):
    upload = SimpleUploadedFile("办理.json", packed(list(rows)))
    return exchange.take_in(office=desk.office, upload=upload, by=by or desk.staff)


def rows_for(assignment):
    pk = str(assignment.pk)
    return [{**SIGN, "assignment": pk}, {**ROW, "assignment": pk, "signed_on": "2026-01-08"}]


def test_a_trial_changes_nothing_and_taking_it_in_does_everything_once(desk):
    assignment = desk.dispatched()
    batch = take_in(desk, *rows_for(assignment))
    assert ([row["ok"] for row in batch.report], Reply.objects.count()) == ([True, True], 0)
    exchange.apply(batch=batch, by=desk.staff)
    reply = Reply.objects.get()
    assert (reply.state, reply.signatory, reply.items.count()) == ("sent", "孙局长", 2)
    with pytest.raises(DomainError, match="已经导入过"):
        exchange.apply(batch=batch, by=desk.staff)
    again = take_in(desk, *rows_for(assignment))
    assert ["跳过" in row["sentence"] for row in again.report] == [True, True]
    exchange.apply(batch=again, by=desk.staff)
    assert (Reply.objects.count(), ExternalKey.objects.count()) == (1, 2)


def test_the_same_key_with_other_content_is_refused(desk):
    assignment = desk.dispatched()
    sign, _ = rows_for(assignment)
    exchange.apply(batch=take_in(desk, sign), by=desk.staff)
    batch = take_in(desk, {**sign, "handler": "别人"})
    assert (batch.refused, "别的内容" in batch.report[0]["sentence"]) == (1, True)


def test_a_refused_row_leaves_the_others(desk):
    assignment = desk.dispatched()
    sign, reply = rows_for(assignment)
    batch = exchange.apply(batch=take_in(desk, {**sign, "key": "k0", "assignment": "999"}, sign,
                                         {**reply, "category": "Z"}), by=desk.staff)  # fmt: skip
    assert [row["ok"] for row in batch.report] == [False, True, False]


def test_only_the_receiving_office_takes_in_and_rights_end_with_the_row(desk):
    assignment = desk.dispatched()
    with pytest.raises(Denied):
        take_in(desk, *rows_for(assignment), by=desk.clerks[0])
    take_in(desk, *rows_for(assignment))
    with pytest.raises(Denied):
        objects.assignments.sign(assignment=assignment, handlers=objects.HANDLERS, by=desk.staff)


def test_another_offices_assignment_is_no_assignment(desk):
    other = objects.desk().dispatched()
    batch = take_in(desk, *rows_for(other))
    assert {row["sentence"] for row in batch.report} == {"没有这个 assignment。"}


def test_an_export_is_a_job_with_a_file_and_a_line_in_the_log(desk):
    dispatched = desk.dispatched().dispatched_at
    job = exchange.ask_export(office=desk.office, form="xml", year=dispatched.year, by=desk.staff)
    jobs.run(str(job.pk))
    batch = Exchange.objects.get(office=desk.office)
    root = reading.fromstring(files.read(batch.file))
    assert (batch.direction, batch.count, root.findtext("assignment/unit")) == ("out", 1, "县交通局")


def test_the_file_names_what_was_dispatched_and_no_telephone(desk):
    desk.dispatched()
    (row,) = exchange.entries(exchange.dispatched(desk.office))
    assert (row["unit"], row["proposers"]) == ("县交通局", [desk.member.name])
    assert desk.member.phone not in json.dumps(row) or not desk.member.phone
