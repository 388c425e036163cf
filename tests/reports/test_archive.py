"""The package of a year: what is in it, that nothing can be changed unseen, who may have it; approved documents."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core import files, jobs
from core.errors import DomainError
from core.files import digest_of
from core.models import Job
from organisation.selectors import grants
from reports import selectors, standing
from reports.archive import checking, contents, names, papers, services
from reports.documents import documents
from reports.models import Archive, Manuscript, Paper, Report
from reports.papers import kinds
from tests import factories as make
from tests.pdftext import squeezed, text_of
from tests.reports.objects import handled

pytestmark = pytest.mark.django_db
YEAR = make.YEAR
OWNED = next((each.key for each in documents if each.owned), "annual_summary")


def stored(words, form="pdf"):
    return files.store(f"%PDF-1.7 {words}".encode(), name=f"{words}.{form}", extension=form, by=None)


def a_report(office, document, title, **values):
    return Report.objects.create(
        office=office, document=document, year=YEAR, title=title, as_of=make.moment(6, 30), pages=3,
        file=stored(f"{title}{Report.objects.count()}"), **values,
    )  # fmt: skip


def an_approved(office, title, number, **values):
    report = a_report(office, OWNED, title, word=stored(f"{title}{number}", "docx"))
    return Manuscript.objects.create(
        office=office, document=OWNED, year=YEAR, title=title, as_of=make.moment(6, 30), state="approved",
        frozen_at=make.moment(7, number), doc_word="云联", doc_year=YEAR, doc_number=number,
        **{"part": f"p{number}", "report": report, **values},
    )  # fmt: skip


def a_letter(document, record, title="答复函", part=0):
    count = Paper.objects.count()
    return Paper.objects.create(
        document=document, record_id=record.pk, part_id=part, title=title, fingerprint=f"{count:064d}",
        pdf=stored(f"{title}{count}"), word=stored(f"{title}{count}", "docx"),
    )  # fmt: skip


@pytest.fixture
def case():
    found = handled()
    found.approved = an_approved(found.office, "云溪县半年总结", 1)
    a_report(found.office, "annual_plan", "年度计划")
    return found


def packed(office, **options):
    out = io.BytesIO()
    options = {"with_activities": False, **options}
    services.write(out, office=office, year=YEAR, progress=lambda *told: None, **options)
    return out


def paths(office, **options):
    return [each.path for each in contents.entries(office, YEAR, **options)]


# --- what is in it ---------------------------------------------------------------------------------------------------
def test_approved_documents_the_newest_of_others_and_no_trial_prints(case):
    a_report(case.office, "annual_plan", "年度计划")
    a_report(case.office, OWNED, "试打的总结")
    a_report(make.OfficeFactory(), "annual_plan", "别处的计划")
    assert paths(case.office) == [
        "01_已签发文件/0001_云联〔2026〕1号_云溪县半年总结.docx",
        "01_已签发文件/0001_云联〔2026〕1号_云溪县半年总结.pdf",
        "02_计划和其他报告/0001_年度计划.pdf",
    ]
    newest = Report.objects.filter(document="annual_plan", office=case.office).first()
    assert contents.entries(case.office, YEAR)[-1].file == newest.file


def test_every_edition_of_a_corrected_document_is_kept(case):
    an_approved(case.office, "云溪县半年总结", 2, part="p1", edition=2, corrects=case.approved, reason="数字有误")
    assert [path for path in paths(case.office) if path.endswith("pdf")][:2] == [
        "01_已签发文件/0001_云联〔2026〕1号_云溪县半年总结.pdf",
        "01_已签发文件/0002_云联〔2026〕2号_云溪县半年总结（第2版）.pdf",
    ]


def test_a_letter_belongs_into_it_once_the_reply_was_passed(case):
    draft = a_letter("reply_letter", case.reply, "稿")
    Paper.objects.filter(pk=draft.pk).update(created_at=make.moment(5, 5))
    assert not [path for path in paths(case.office) if "答复函" in path]
    a_letter("reply_letter", case.reply, "答复函")
    a_letter("dispatch_list", case.lead.unit, "清单", part=case.session.pk)
    a_letter("coop_letter", case.opinion, "会办意见")
    assert [path for path in paths(case.office) if path.startswith("03") and path.endswith("pdf")] == [
        "03_提案文书/交办通知和清单/0001_清单.pdf",
        "03_提案文书/会办意见/0001_会办意见.pdf",
        "03_提案文书/答复函/0001_答复函.pdf",
    ]


def test_papers_of_an_activity_that_took_place(case):
    activity = make.ActivityFactory(office=case.office, title="走访", state="held", starts_at=make.moment(3, 9))
    other = make.ActivityFactory(office=case.office, title="没有开展", state="cancelled", starts_at=make.moment(3, 9))
    early = a_letter("activity_minutes", activity, "事前的稿")
    Paper.objects.filter(pk=early.pk).update(created_at=make.moment(3, 8))
    for record in (activity, other):
        a_letter("activity_report", record, f"{record.title}报告")
    found = [path for path in paths(case.office) if path.startswith("04")]
    assert found == [f"04_活动文书/活动报告/0001_走访报告.{form}" for form in ("docx", "pdf")]


def test_every_kind_of_paper_is_in_the_tables():
    assert set(kinds.keys()) == {*papers.BY_PROPOSAL, *papers.BY_ACTIVITY, *papers.LEFT_OUT}


def test_materials_and_photos_only_when_asked_for(case):
    activity = make.ActivityFactory(office=case.office, title="走访/../企业", state="held", starts_at=make.moment(3, 9))
    activity.materials.create(file=stored("签到表"), kind="sign_in", title="签到表")
    activity.photos.create(file=stored("照片", "jpg"), thumbnail=stored("小", "jpg"), caption="合影")
    assert not [path for path in paths(case.office) if path.startswith("05")]
    found = [path for path in paths(case.office, with_activities=True) if path.startswith("05")]
    assert [path.split("/")[1] for path in found] == ["2026-03-09 走访_.._企业"] * 2
    assert found[1].endswith("0002_照片_合影.jpg")


def test_nothing_to_pack_and_a_file_still_being_made_are_told(case):
    with pytest.raises(DomainError, match="2026年还没有可以归档的文件"):
        contents.entries(make.OfficeFactory(), YEAR)
    an_approved(case.office, "云溪县年度总结", 2, report=None)
    with pytest.raises(DomainError, match="《云溪县年度总结》已签发，文件还在生成"):
        contents.entries(case.office, YEAR)
    services.request(office=case.office, year=YEAR, with_activities=False, by=case.people["staff"])
    assert [each.kind for each in Job.objects.order_by("created_at")] == ["reports.freeze", "reports.archive"]


@pytest.mark.parametrize(
    ("given", "name"),
    [("../../etc/passwd", "etc_passwd"), ("...", "未命名"), ("长" * 200, "长" * 60),
     ('a<b>:"|?*\\c', "a_b_______c"), ("行\n尾\u202egpj. ", "行尾gpj")],
)  # fmt: skip
def test_names_are_safe_everywhere(given, name):
    assert names.safe(given) == name


# --- the file --------------------------------------------------------------------------------------------------------
def test_the_same_documents_give_the_same_bytes_with_index_and_checksums(case):
    once, twice = packed(case.office), packed(case.office)
    assert once.getvalue() == twice.getvalue()
    with zipfile.ZipFile(once) as archive:
        infos = {each.filename.partition("/")[2]: each for each in archive.infolist()}
        index = archive.read(infos["目录.pdf"])
        rows = list(load_workbook(io.BytesIO(archive.read(infos["目录.xlsx"]))).active.values)
    assert {each.flag_bits & 0x800 for each in infos.values()} == {0x800}
    assert {each.date_time for each in infos.values()} == {(1980, 1, 1, 0, 0, 0)}
    digest = case.approved.report.file.sha256
    assert squeezed("云联〔2026〕1号") in text_of(index) and digest in text_of(index)
    assert [row[2] for row in rows[1:]] == ["云联〔2026〕1号", "云联〔2026〕1号", None]
    assert rows[2][4:] == (
        3,
        "01_已签发文件/0001_云联〔2026〕1号_云溪县半年总结.pdf",
        case.approved.report.file.size,
        digest,
    )


def test_sha256sum_accepts_it(case, tmp_path):
    with zipfile.ZipFile(packed(case.office)) as archive:
        archive.extractall(tmp_path)
    told = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS.txt"], cwd=tmp_path / "云溪县政协2026年归档", capture_output=True
    )
    assert told.returncode == 0 and told.stdout.decode().count(": OK") == 5, told.stderr


def test_a_file_that_is_not_what_was_recorded_stops_it(case):
    case.approved.report.file.sha256 = "0" * 64
    case.approved.report.file.save()
    with pytest.raises(DomainError, match="与登记的校验码不一致"):
        packed(case.office)


# --- is it untouched -------------------------------------------------------------------------------------------------
def rewritten(package, change):
    """The package with `change(path, body)` applied to every file."""
    out = io.BytesIO()
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            for path, body in change(name, source.read(name)):
                target.writestr(path, body)
    return out.getvalue()


def complaints(tmp_path, data):
    target = tmp_path / "package.zip"
    target.write_bytes(data)
    return [each.partition("：")[0] for each in checking.check(target).wrong]


def test_a_changed_missing_or_added_file_is_found(case, tmp_path):
    package = packed(case.office)
    plan = "年度计划.pdf"
    assert complaints(tmp_path, package.getvalue()) == []
    changed = rewritten(package, lambda name, body: [(name, body + b"!" if name.endswith(plan) else body)])
    assert complaints(tmp_path, changed) == ["内容已改变"]
    missing = rewritten(package, lambda name, body: [] if name.endswith(plan) else [(name, body)])
    assert complaints(tmp_path, missing) == ["缺少文件"]
    added = rewritten(package, lambda name, body: [(name, body), *([(f"{name}2", b"")] if name.endswith(plan) else [])])
    assert complaints(tmp_path, added) == ["多出文件"]


def test_a_file_exchanged_together_with_its_checksum_is_found_in_the_database(case, tmp_path):
    package, forged = packed(case.office), b"%PDF-1.7 forged"
    old = Report.objects.get(document="annual_plan").file.sha256.encode()
    new = hashlib.sha256(forged).hexdigest().encode()

    def change(name, body):
        return [(name, forged if name.endswith("年度计划.pdf") else body.replace(old, new))]

    assert "平台没有这份文件" in complaints(tmp_path, rewritten(package, change))


def test_what_is_no_package_gets_a_sentence(tmp_path):
    for data in (b"no zip", rewritten(zipped({"a.txt": b""}), lambda name, body: [(name, body)])):
        with pytest.raises(DomainError, match="归档包"):
            complaints(tmp_path, data)


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out


# --- making and downloading it ---------------------------------------------------------------------------------------
def test_asking_makes_one_package_and_the_same_documents_no_second(case, sign_in_as):
    browser = sign_in_as(case.people["staff"])
    for _ in range(2):
        asked = browser.post(reverse("archive_list"), {"office": case.office.pk, "year": YEAR})
        jobs.run(asked.url.strip("/").split("/")[-1])
    archive = Archive.objects.get()
    assert archive.documents == 3 and archive.created_by == case.people["staff"]
    assert Job.objects.order_by("created_at").last().message == "共 3 个文件，与上次归档完全相同"
    response = browser.get(reverse("archive_file", args=[archive.pk]))
    data = b"".join(response.streaming_content)
    assert response["Content-Type"] == "application/zip" and digest_of(io.BytesIO(data)) == archive.file.sha256
    assert archive.file.sha256 in browser.get(reverse("archive_list")).content.decode()


def test_lists_have_a_constant_number_of_queries(case, sign_in_as, django_assert_num_queries):
    browser, addresses = sign_in_as(case.people["leader"]), [reverse("approved_list"), reverse("archive_list")]
    a_package(case)
    counts = []
    for address in addresses:
        browser.get(address)
        with CaptureQueriesContext(connection) as one:
            browser.get(address)
        counts.append(len(one))
    for number in (2, 3):
        an_approved(case.office, "总结", number)
        a_package(case)
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_num_queries(count):
            browser.get(address)
    assert max(counts) <= 15


def a_package(case):
    return Archive.objects.create(
        office=case.office, year=YEAR, documents=1, created_by=case.people["staff"],
        file=stored(f"{Archive.objects.count()}", "zip"),
    )  # fmt: skip


def test_a_member_gets_no_package(case, sign_in_as):
    assert sign_in_as(case.people["first"]).get(reverse("archive_list")).status_code == 403
    assert sign_in_as(case.people["first"]).get(reverse("approved_list")).status_code == 403


def test_the_shell_packs_and_checks(case, tmp_path, capsys):
    target = tmp_path / "2026.zip"
    call_command("archive", "--office", case.office.code, "--year", str(YEAR), "--out", str(target))
    call_command("check_archive", str(target))
    assert "5 个文件完整" in capsys.readouterr().out
    with pytest.raises(CommandError, match="没有编码为 X 的办公室"):
        call_command("archive", "--office", "X", "--out", str(target))
    with pytest.raises(CommandError, match="还没有可以归档的文件"):
        call_command("archive", "--office", case.office.code, "--year", "2001", "--out", str(tmp_path / "none.zip"))
    assert not (tmp_path / "none.zip").exists()


# --- how a document stands -------------------------------------------------------------------------------------------
def test_the_list_tells_approved_documents_from_trial_prints(case, sign_in_as):
    a_report(case.office, OWNED, "试打的总结")
    browser = sign_in_as(case.people["leader"])

    def titles(which):
        rows = browser.get(reverse("report_list"), {"standing": which}).context["table"].rows
        return [str(row.get_cell_value("title")) for row in rows]

    assert titles("approved") == ["云溪县半年总结"] and titles("trial") == ["试打的总结"]
    assert titles("plain") == ["年度计划"]
    said = [standing.words(each) for each in Report.objects.select_related("manuscript").order_by("pk")]
    assert said == ["已签发，云联〔2026〕1号", "按记录生成", "试打"]


def test_leaders_find_approved_documents_of_all_years_and_what_replaced_them(case, sign_in_as):
    an_approved(case.office, "更正后的总结", 2, part="p1", edition=2, corrects=case.approved)
    page = sign_in_as(case.people["leader"]).get(reverse("approved_list")).content.decode()
    assert "第1版，已由第2版更正" in page and "云联〔2026〕2号" in page
    assert f"{reverse('report_file', args=[case.approved.report.pk])}?as=docx" in page


def test_the_page_of_a_corrected_edition_leads_to_the_new_one(case, sign_in_as):
    Report.objects.update(created_by=case.people["staff"])
    later = an_approved(case.office, "总结", 2, part="p1", edition=2, corrects=case.approved, reason="数字有误")
    page = sign_in_as(case.people["leader"]).get(case.approved.report.get_absolute_url())
    Report.objects.update(created_by=case.people["staff"])
    assert "数字有误" in page.content.decode() and page.context["later_url"] == later.report.get_absolute_url()


def test_home_pages_offer_what_is_in_force(case):
    a_report(case.office, OWNED, "签发前的试打", part="p1")
    an_approved(case.office, "更正后的总结", 2, part="p1", edition=2, corrects=case.approved)
    assert [each.title for each in selectors.latest(case.people["leader"])] == ["更正后的总结", "年度计划"]


def test_home_pages_offer_approved_documents_first(case, django_assert_num_queries):
    trial = a_report(case.office, OWNED, "试打的总结")
    grants(case.people["leader"])
    with django_assert_num_queries(1):
        found = selectors.latest(case.people["leader"])
    assert [each.title for each in found] == ["云溪县半年总结", "试打的总结", "年度计划"]
    assert found[0].note == "云联〔2026〕1号 · 2026年7月1日签发 · 3 页"
    assert found[1].note == f"{timezone.localdate(trial.created_at):%Y年%-m月%-d日}试打 · 3 页"


def test_a_trial_print_says_so_on_its_page(case, sign_in_as):
    trial = a_report(case.office, OWNED, "试打的总结", created_by=case.people["staff"])
    page = sign_in_as(case.people["leader"]).get(trial.get_absolute_url()).content.decode()
    assert "没有经过核稿和签发" in page and "2026年6月30日" in page
