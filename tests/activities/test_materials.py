"""Materials: judged by content, shared or not, deleted with a reason; what an activity lacks is known in the list."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from activities import evidence, services
from activities.models import Activity, ActivityType, Material, TypeNeeds
from audit.models import AuditEntry
from core.clock import Span
from core.errors import DomainError
from plans.measures import Window, measures
from tests.activities.test_pages import queries_of
from tests.activities.test_photos import heic, jpeg
from tests.factories import ActivityFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 test"


def office_file(part):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(part, "<x/>")
    return buffer.getvalue()


@pytest.fixture
def held(office):
    return ActivityFactory(office=office, state="held")


@pytest.fixture
def add(held, clerk):
    """`add(bytes, name)` → the kept material."""

    def keep(data=PDF, name="方案.pdf", **more):
        upload = SimpleUploadedFile(name, data)
        return services.materials.add_material(
            by=clerk, activity=held, upload=upload, kind=more.pop("kind", "document"), **more
        )

    return keep


@pytest.mark.parametrize(
    ("name", "data"),
    [("方案.pdf", PDF), ("议程.docx", office_file("word/document.xml")), ("名单.xlsx", office_file("xl/workbook.xml")),
     ("汇报.pptx", office_file("ppt/presentation.xml")), ("签到表.jpg", jpeg()), ("签到表.heic", heic())],
)  # fmt: skip
def test_usual_files_are_kept_and_called_as_the_file(add, name, data):
    assert add(data, name).title == name.rsplit(".", 1)[0]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("页.html", b"<p>", "只接收"), ("旧.doc", b"x", "旧格式"), ("假.pdf", b"MZ", "不是有效的 PDF"),
     ("假.docx", office_file("xl/workbook.xml"), "内容不是 .docx"), ("空.pdf", b"", "空文件"),
     ("假.jpg", b"<script>", "不是有效的照片")],
)  # fmt: skip
def test_a_bad_file_is_refused_with_a_sentence(add, name, data, words):
    with pytest.raises(DomainError, match=words):
        add(data, name)
    assert not Material.objects.exists()


def test_the_same_file_is_kept_once(add):
    add()
    with pytest.raises(DomainError, match="“方案”，没有重复保存"):
        add(name="方案2.pdf")


def test_a_picture_loses_its_metadata(add):
    assert b"Exif" not in default_storage.open(add(heic(), "签到表.heic").file.storage_name).read()


def test_a_bad_upload_is_explained_on_the_page(held, clerk, browser):
    data = {"files": SimpleUploadedFile("页.html", b"<p>"), "kind": "document"}
    answer = browser(clerk).post(reverse("activity_materials", args=[held.pk]), data)
    assert answer.status_code == 409 and "这里只接收文档" in answer.content.decode()


def test_of_several_files_the_good_ones_are_kept(held, clerk, browser):
    picked = [
        SimpleUploadedFile("甲.pdf", PDF),
        SimpleUploadedFile("页.html", b"<p>"),
        SimpleUploadedFile("乙.jpg", jpeg()),
    ]
    url = reverse("activity_materials", args=[held.pk])
    page = browser(clerk).post(url, {"files": picked, "kind": "document", "title": "不用"}, follow=True)
    assert sorted(held.materials.values_list("title", flat=True)) == ["乙", "甲"]
    assert "已保存 2 份材料" in page.content.decode() and "不能上传“页.html”" in page.content.decode()


def test_members_get_only_what_is_shared(held, as_member, browser, add):
    _, user = as_member
    shared, own = add(shared=True), add(b"%PDF-1.7 x", "内部.pdf")
    page = browser(user).get(held.get_absolute_url()).content.decode()
    assert "方案" in page and "内部" not in page
    status = [browser(user).get(reverse("material", args=[each.pk])).status_code for each in (shared, own)]
    assert status == [200, 404]


def test_a_download_is_no_page_of_ours(clerk, browser, add):
    answer = browser(clerk).get(reverse("material", args=[add().pk]))
    assert answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"


def test_deleting_asks_why_and_leaves_no_file(clerk, add, django_capture_on_commit_callbacks):
    material = add()
    name = material.file.storage_name
    with pytest.raises(DomainError, match="删除原因"):
        services.materials.delete_material(by=clerk, material=material, reason=" ")
    with django_capture_on_commit_callbacks(execute=True):
        services.materials.delete_material(by=clerk, material=material, reason="传错了")
    assert not default_storage.exists(name)
    assert AuditEntry.objects.filter(action="activity.material").latest("pk").detail["reason"] == "传错了"


# --- evidence ----------------------------------------------------------------------------------------------------
@pytest.fixture
def needing(held):
    """`needing("photos", …)`: what the type of the held activity asks for."""

    def ask(*codes):
        TypeNeeds.objects.update_or_create(type=held.type, defaults={"evidence": list(codes)})

    return ask


def listed(held):
    by_type = evidence.required_by_type()
    row = evidence.with_evidence(Activity.objects.filter(pk=held.pk), by_type).get()
    return row.evidence_given, len(by_type[held.type_id])


def test_list_and_checklist_know_the_same(held, needing, add):
    needing("notice", "material", "minutes", "photos", "attendance", "report", "briefing")
    assert listed(held) == (0, 7)
    add(kind="notice")
    add(b"%PDF-1.7 a", "议程.pdf", kind="agenda")
    add(b"%PDF-1.7 b", "报告.pdf", kind="report")
    there = {each.code: given for each, given in evidence.of_activity(held)}
    assert [code for code, given in there.items() if given] == ["notice", "material", "report"]
    assert listed(held) == (3, 7)


def test_only_what_took_place_can_be_incomplete(held, needing, office):
    needing("photos")
    ActivityFactory(office=office, state="preparing", type=held.type)
    assert list(Activity.objects.filter(evidence.incomplete())) == [held]
    needing()
    assert not Activity.objects.filter(evidence.incomplete()).exists()


def test_plain_records_need_no_evidence(db):
    plain = ActivityType.objects.filter(is_record=True).first()
    assert evidence.required(plain) == ()


def test_the_activity_list_shows_how_much_is_there(held, needing, add, clerk, browser):
    needing("notice", "photos")
    add(kind="notice")
    page = browser(clerk).get(f"{reverse('activity_list')}?waiting=evidence")
    assert [row.record for row in page.context["table"].rows] == [held]
    assert '<span class="lacking">1/2</span>' in page.content.decode()
    sheet = load_workbook(io.BytesIO(browser(clerk).get(f"{reverse('activity_list')}?export=xlsx").content)).active
    assert "1/2" in [cell.value for cell in sheet[2]]


# --- figures -----------------------------------------------------------------------------------------------------
def test_the_figure_is_the_list_its_link_opens(held, add, clerk, office, browser):
    add(kind="report")
    add(b"%PDF-1.7 x", "方案二.pdf")
    coming = ActivityFactory(office=office, state="preparing")
    Material.objects.create(activity=coming, file=held.materials.first().file, kind="report", title="草稿")
    measure = measures.find("materials")
    for filters, figure in (((), 2), ((("kind", "report"),), 1), ((("type", held.type.code), ("kind", "report")), 1)):
        window = Window(frozenset({office.pk}), Span.year(held.starts_at.year), filters)
        rows = browser(clerk).get(measure.url(window)).context["table"].rows
        assert measure.records(window).count() == len(rows) == figure


def test_the_list_costs_the_same_with_one_row_and_with_three(add, clerk, browser):
    signed_in, counts = browser(clerk), []
    signed_in.get(reverse("material_list"))
    for number in range(3):
        add(b"%PDF-1.7 " + bytes([65 + number]), f"{number}.pdf")
        counts.append(queries_of(signed_in, reverse("material_list")))
    assert counts[0] == counts[2] <= 15
