"""The register as an Excel import: checked first, saved on decision, harmless when repeated."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import AuditEntry
from core.errors import DomainError, StateChanged
from core.importing import template
from members import services
from members.enums import ImportState
from members.importing import definition_for
from members.models import Member, MemberImport
from tests import factories as make
from tests.files.workbooks import GOOD, HEAD, rows

pytestmark = pytest.mark.django_db


def stage(world, *lines, head=HEAD, by="staff"):
    upload = SimpleUploadedFile("名册.xlsx", rows(head, *lines))
    return services.stage_import(
        upload=upload, office=world.offices["town"], term=world["session"].term, by=world.people[by]
    )  # fmt: skip


def apply(world, batch):
    return services.apply_import(batch=batch, by=world.people["staff"])


def counts(batch):
    return (batch.created_count, batch.updated_count, batch.same_count, batch.faulty_count)


def test_nothing_is_saved_before_the_decision(world):
    batch = stage(world, GOOD)
    assert (counts(batch), batch.state) == ((1, 0, 0, 0), ImportState.PENDING)
    assert not Member.objects.filter(member_no="A001").exists()


def test_the_decision_saves_and_is_written_down(world):
    apply(world, stage(world, GOOD))
    member = Member.objects.get(member_no="A001")
    assert (member.name, member.name_pinyin, member.phone) == ("张青山", "zhang qing shan", "13912345678")
    assert (member.birth_date, member.office) == (date(1975, 3, 1), world.offices["town"])
    assert AuditEntry.objects.get(action="member_import.apply").detail["created"] == 1
    assert AuditEntry.objects.filter(action="member.create", object_id=str(member.pk)).exists()


def test_a_second_decision_changes_nothing(world):
    batch = stage(world, GOOD)
    apply(world, batch)
    entries = AuditEntry.objects.count()
    assert counts(apply(world, batch)) == (1, 0, 0, 0)
    assert (Member.objects.filter(member_no="A001").count(), AuditEntry.objects.count()) == (1, entries)


def test_the_same_file_again_is_unchanged(world):
    apply(world, stage(world, GOOD))
    again = stage(world, GOOD)
    assert counts(again) == (0, 0, 1, 0)
    assert counts(apply(world, again)) == (0, 0, 1, 0)
    assert Member.objects.get(member_no="A001").version == 1


def test_an_update_changes_what_is_filled_in_and_keeps_the_rest(world):
    apply(world, stage(world, GOOD))
    batch = stage(world, ("A001", "仇青山", "男", None, ""))
    assert batch.rows[0]["changed"] == [["姓名", "张青山", "仇青山"]]
    apply(world, batch)
    member = Member.objects.get(member_no="A001")
    assert (member.name, member.name_pinyin, member.phone) == ("仇青山", "qiu qing shan", "13912345678")
    assert member.version == 2
    entry = AuditEntry.objects.get(action="member.update")
    assert entry.detail["name"] == ["张青山", "仇青山"]


def test_only_correct_rows_are_imported_and_the_rest_stays_for_download(world):
    batch = apply(world, stage(world, GOOD, ("A002", "李", "男"), ("A003", "赵四", "未知")))
    assert counts(batch) == (1, 0, 0, 2)
    assert [row["row"] for row in batch.rows] == [3, 4]
    assert not Member.objects.filter(member_no__in=["A002", "A003"]).exists()


def test_a_file_without_a_correct_row_cannot_be_applied(world):
    with pytest.raises(DomainError, match="没有可以导入的行"):
        apply(world, stage(world, ("A002", "李四", "")))


def faults(batch):
    return [(f"{fault[0]}{row['row']}", fault[3]) for row in batch.rows for fault in row["faults"]]


@pytest.mark.parametrize(
    ("line", "cell", "says"),
    [
        (("", "张三", "男"), "A2", "没有填写"), (("A 1\u00e9", "张三", "男"), "A2", "编号的写法不对"),
        ((12, "张三", "男"), "A2", "数字格式"), ((1.10101e17, "张三", "男"), "A2", "数字格式"),
        (("A1", "=B3", "男"), "B2", "公式"), (("A1", "#REF!", "男"), "B2", "公式或错误值"),
        (("A1", "张三", "雄"), "C2", "没有这个性别"), (("A1", "张三", "男", "1975.13.1"), "D2", "不是有效的日期"),
        (("A1", "张三", "男", "75.3.1"), "D2", "有效的日期"), (("A1", "张三", "男", "1975年3月"), "D2", "有效的日期"),
        (("A1", "张三", "男", "2031-1-1"), "D2", "今天以后"),
        (("A1", "张三", "男", None, 13912345678), "E2", "数字格式"),
        (("A1", "张三", "男", None, "139"), "E2", "有效的手机号"), (("A1", "张" * 41, "男"), "B2", "最多 40 个字"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_as_in_excel(world, line, cell, says):
    found = faults(stage(world, line))
    assert [each for each, _ in found] == [cell]
    assert says in found[0][1]


def test_a_number_used_twice_in_the_file_is_shown_at_the_second_row(world):
    assert faults(stage(world, GOOD, ("A001", "李四", "男"))) == [("A3", "与第 2 行的编号相同。")]


def test_a_number_of_another_office_is_refused_without_naming_the_person(world):
    make.MemberFactory(office=world.offices["street"], term=world["session"].term, member_no="A001", name="秘密人")
    batch = stage(world, GOOD)
    assert faults(batch) == [("A2", "编号属于其他联络处的委员。")]
    assert "秘密人" not in str(batch.rows)


def test_a_number_taken_meanwhile_stops_the_whole_import(world):
    batch = stage(world, ("A000", "王五", "男"), GOOD)
    make.MemberFactory(office=world.offices["street"], term=world["session"].term, member_no="A001")
    with pytest.raises(DomainError, match="重新上传"):
        apply(world, batch)
    assert not Member.objects.filter(member_no="A000").exists()


def test_lists_are_those_of_the_office(world):
    group = make.GroupFactory(office=world.offices["town"], name="河东（一）组")
    foreign = make.GroupFactory(office=world.offices["street"])
    batch = stage(world, ("A1", "张三", "男", "河东(一)组"), ("A2", "李四", "男", foreign.name),
                  head=(*HEAD[:3], "联络组"))  # fmt: skip
    assert batch.rows[0]["values"]["group_id"] == group.pk
    assert faults(batch) == [("D3", "没有这个联络组。")]


def test_known_spellings_of_a_party_are_put_right(world):
    batch = stage(world, ("A1", "张三", "男", "中国共产党"), ("A2", "李四", "男", "党外"), head=(*HEAD[:3], "党派"))
    assert batch.rows[0]["values"]["party_affiliation"] == "中共党员"
    assert faults(batch) == [("D3", "没有这个党派。")]


def test_uploads_nobody_decided_on_are_dropped_by_the_next(world):
    first = stage(world, GOOD)
    stage(world, GOOD)
    first.refresh_from_db()
    assert (first.state, first.rows) == (ImportState.DISCARDED, [])
    with pytest.raises(StateChanged):
        apply(world, first)


# --- the workbooks ---------------------------------------------------------------------------------------------------
def filled_template(world, *lines):
    book = openpyxl.load_workbook(io.BytesIO(template(definition_for(world.offices["town"]))))
    for line in lines:
        book["填写"].append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_template_comes_back_as_it_was_meant(world):
    data = filled_template(world, ["T001", "张青山", "男", "1975年3月1日"], [None], ["T002", "李玉兰", "女"])
    batch = services.stage_import(
        upload=SimpleUploadedFile("模板.xlsx", data), office=world.offices["town"], term=world["session"].term,
        by=world.people["staff"],
    )  # fmt: skip
    assert (counts(batch), batch.notes) == ((2, 0, 0, 0), [])


def test_the_template_guides_the_hand(world):
    book = openpyxl.load_workbook(io.BytesIO(template(definition_for(world.offices["town"]))))
    form, lists = book["填写"], book["选项"]
    assert [cell.value for cell in form[1]][:3] == ["委员编号*", "姓名*", "性别*"]
    assert form.freeze_panes == "A2"
    assert form.column_dimensions["M"].number_format == "@"
    assert (lists.sheet_state, lists["A1"].value) == ("hidden", "members-1")
    assert "C3:C2000" in [str(rule.sqref) for rule in form.data_validations.dataValidation]
    assert [sheet.title for sheet in book] == ["填写", "说明", "选项"]


def test_an_older_template_and_unknown_columns_get_a_note(world):
    book = openpyxl.load_workbook(io.BytesIO(filled_template(world, ["T001", "张青山", "男"])))
    book["选项"]["A1"] = "members-0"
    book["填写"].cell(1, 20, "爱好")
    buffer = io.BytesIO()
    book.save(buffer)
    upload = SimpleUploadedFile("旧.xlsx", buffer.getvalue())
    batch = services.stage_import(
        upload=upload, office=world.offices["town"], term=world["session"].term, by=world.people["staff"]
    )  # fmt: skip
    assert "爱好" in batch.notes[0] and "旧模板" in batch.notes[1]


# --- in the browser ------------------------------------------------------------------------------------------------
def uploaded(browser, world, *lines):
    data = {"office": world.offices["town"].pk, "term": world["session"].term_id,
            "file": SimpleUploadedFile("名册.xlsx", rows(HEAD, *lines))}  # fmt: skip
    return browser.post("/members/import/", data).url


def test_from_upload_to_members(world, sign_in):
    browser = sign_in("staff")
    url = uploaded(browser, world, GOOD, ("A002", "李四", "无"))
    page = browser.get(url).content.decode()
    assert "只导入正确的 1 行" in page and "C3" in page and "没有这个性别。" in page
    done = browser.post(f"{url}apply/", follow=True).content.decode()
    assert "已导入：新增 1 位，更新 0 位，未变 0 位。" in done
    assert Member.objects.filter(member_no="A001").exists()


def test_the_marked_workbook_can_be_corrected_and_sent_again(world, sign_in):
    browser = sign_in("staff")
    url = uploaded(browser, world, GOOD, ("A002", "李四", "无", "1980.1.1", 13912345678))
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{url}errors/").content))
    sheet = book.active
    assert (sheet["F1"].value, sheet["C3"].fill.fgColor.rgb, sheet["E3"].value) == ("错误说明", "00FFF2A8", 13912345678)
    assert "性别：没有这个性别。" in sheet["F3"].value and sheet["F2"].value is None
    sheet["C3"], sheet["E3"] = "女", "13912345678"
    buffer = io.BytesIO()
    book.save(buffer)
    data = {"office": world.offices["town"].pk, "term": world["session"].term_id,
            "file": SimpleUploadedFile("改好.xlsx", buffer.getvalue())}  # fmt: skip
    browser.post("/members/import/", data)
    assert counts(MemberImport.objects.latest("id")) == (2, 0, 0, 0)


def test_hostile_text_in_cells_is_shown_as_text(world, sign_in):
    browser = sign_in("staff")
    url = uploaded(browser, world, ("<script>1</script>", "<b>张</b>", "<i>"))
    page = browser.get(url).content.decode()
    assert "<script>1" not in page and "&lt;script&gt;1" in page
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{url}errors/").content))
    assert book.active["A2"].data_type == "s"


def test_an_upload_is_its_owners_alone_and_looks_like_a_missing_one(world, sign_in):
    url = uploaded(sign_in("staff"), world, GOOD)
    for who in ("head", "other_staff", "county_staff", "leader", "owner"):
        foreign, missing = sign_in(who).get(url), sign_in(who).get("/members/import/987654/")
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert sign_in(who).post(f"{url}apply/").status_code == 404


def test_the_upload_cannot_be_sent_into_another_office(world, sign_in):
    data = {"office": world.offices["street"].pk, "term": world["session"].term_id,
            "file": SimpleUploadedFile("名册.xlsx", rows(HEAD, GOOD))}  # fmt: skip
    assert sign_in("staff").post("/members/import/", data).status_code == 422
    assert not MemberImport.objects.exists()


def test_giving_up_saves_nothing_and_drops_the_data(world, sign_in):
    browser = sign_in("staff")
    url = uploaded(browser, world, GOOD)
    browser.post(f"{url}discard/")
    assert MemberImport.objects.get().rows == []
    assert "已放弃" in browser.get(url).content.decode()
    assert browser.post(f"{url}apply/").status_code == 409
