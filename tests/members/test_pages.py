"""The register, the file, the own record."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEntry
from members import dossier
from members.models import Member
from tests import factories as make

pytestmark = pytest.mark.django_db
PHONE = "13987654321"


@pytest.fixture
def owner(world):
    member = world["member.owner"]
    member.phone, member.address, member.email = PHONE, "河街十二号", "a@example.cn"
    member.save()
    return member


def content(browser, url, **options):
    response = browser.get(url, **options)
    assert response.status_code == 200
    return response.content.decode()


def workbook_text(response):
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return "\n".join(str(cell.value) for row in book.active.iter_rows() for cell in row)


def queries(browser, url):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


def add_members(world, count, **values):
    sector = make.SectorFactory(office=world.offices["county"])
    for _ in range(count):
        group = make.GroupFactory(office=world.offices["town"])
        make.MemberFactory(
            office=world.offices["town"], term=world["session"].term, sector=sector, group=group, **values
        )  # fmt: skip


# --- list ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["staff", "county_staff"])
def test_the_list_needs_a_constant_number_of_queries(world, sign_in, who):
    browser = sign_in(who)
    add_members(world, 1)
    first = queries(browser, "/members/")
    add_members(world, 3)
    assert queries(browser, "/members/") == first <= 15


def test_the_list_is_sorted_by_reading_and_masks_numbers(world, sign_in, owner):
    make.MemberFactory(office=owner.office, term=owner.term, name="安然")
    page = content(sign_in("staff"), "/members/")
    assert page.index("安然") < page.index(owner.name) < page.index("曾䶮")
    assert "139****4321" in page
    assert PHONE not in page


def test_filters_narrow_the_list(world, sign_in, owner):
    group = make.GroupFactory(office=owner.office)
    Member.objects.filter(pk=owner.pk).update(group=group, party_affiliation="民盟", is_standing_member=True)
    browser = sign_in("staff")
    for query in (f"group={group.pk}", "party=民盟", "standing=1", f"q={owner.name}"):
        page = content(browser, f"/members/?{query}")
        assert owner.name in page and "曾䶮" not in page, query


def test_only_who_looks_into_several_offices_chooses_one(world, sign_in):
    assert "联络处</label>" not in content(sign_in("staff"), "/members/")
    street = world.offices["street"].pk
    page = content(sign_in("county_staff"), f"/members/?office={street}")
    assert "欧阳玥" in page and "曾䶮" not in page


def test_the_export_is_what_is_on_the_screen_and_is_written_down(world, sign_in, owner):
    response = sign_in("staff").get(f"/members/?q={owner.name}&export=xlsx")
    text = workbook_text(response)
    assert owner.name in text and "139****4321" in text and "曾䶮" not in text
    assert PHONE not in text
    assert AuditEntry.objects.get(action="member.export").actor == world.people["staff"]


def test_a_name_like_a_formula_stays_text_in_the_export(world, sign_in, owner):
    Member.objects.filter(pk=owner.pk).update(employer='=HYPERLINK("http://x")')
    response = sign_in("staff").get("/members/?export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


# --- the file ----------------------------------------------------------------------------------------------------
READERS = ["staff", "head", "county_staff", "county_head", "leader"]


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("url", ["/members/", "/members/?export=xlsx", "/members/address-book/", "/members/{}/"])
def test_no_page_of_another_person_carries_private_data(world, sign_in, owner, who, url):
    response = sign_in(who).get(url.format(owner.pk))
    text = workbook_text(response) if "export" in url else response.content.decode()
    assert not [secret for secret in (PHONE, owner.address, owner.email) if secret in text]


@pytest.mark.parametrize("who", ["colleague", "stranger", "unit", "sysadmin"])
def test_other_members_never_learn_a_number(world, sign_in, owner, who):
    browser = sign_in(who)
    for url in (f"/members/{owner.pk}/", "/members/", "/members/?export=xlsx", "/my/record/", "/members/address-book/"):
        assert PHONE.encode() not in browser.get(url).content, url
    assert PHONE.encode() not in browser.post(f"/members/{owner.pk}/private/").content


def test_showing_the_full_number_is_a_deliberate_audited_act(world, sign_in, owner):
    browser = sign_in("staff")
    assert "显示完整号码" in content(browser, f"/members/{owner.pk}/")
    response = browser.post(f"/members/{owner.pk}/private/")
    assert PHONE in response.content.decode()
    entry = AuditEntry.objects.get(action="member.private_shown")
    assert (entry.object_id, entry.actor) == (str(owner.pk), world.people["staff"])


def test_those_above_are_not_offered_the_number(world, sign_in, owner):
    assert "显示完整号码" not in content(sign_in("leader"), f"/members/{owner.pk}/")


def test_the_note_is_for_the_office(world, sign_in, owner):
    Member.objects.filter(pk=owner.pk).update(note="身体欠佳")
    assert "身体欠佳" in content(sign_in("staff"), f"/members/{owner.pk}/")
    assert "身体欠佳" not in content(sign_in("leader"), f"/members/{owner.pk}/")
    assert "身体欠佳" not in content(sign_in("owner"), f"/members/{owner.pk}/")


# --- the dossier ---------------------------------------------------------------------------------------------------
@pytest.fixture
def section(monkeypatch):
    """A section of an app above, as the registry sees it."""

    def say(member, user, year):
        record = dossier.Record((f"“{member.name}”的书", f"{year}年"), url="/books/1/")
        return dossier.Content(figures=[dossier.Figure("读书", 7, "本", url="/books/")], records=[record])

    entries = {"books": dossier.DossierSection("books", "读书记录", ("书名", "年份"), say)}
    monkeypatch.setattr(dossier.sections, "_entries", entries)


def test_a_registered_section_appears_on_the_file_and_on_the_own_record(world, sign_in, owner, section):
    for browser, url in ((sign_in("staff"), f"/members/{owner.pk}/"), (sign_in("owner"), "/my/record/")):
        page = content(browser, url)
        assert "读书记录" in page and f"“{owner.name}”的书" in page
        assert 'href="/books/1/"' in page and 'href="/books/"' in page


def test_the_year_can_be_switched_and_nonsense_is_this_year(world, sign_in, owner, section):
    browser = sign_in("owner")
    assert "2024年" in content(browser, "/my/record/?year=2024")
    for year in ("1066", "x", "99999999999999999999"):
        assert content(browser, f"/my/record/?year={year}")


@pytest.mark.parametrize("url", ["/members/{}/", "/my/record/"])
def test_each_section_costs_at_most_two_queries(world, sign_in, owner, url):
    browser = sign_in("owner")
    with_sections = queries(browser, url.format(owner.pk))
    registered = dict(dossier.sections._entries)
    dossier.sections._entries.clear()
    try:
        bare = queries(browser, url.format(owner.pk))
    finally:
        dossier.sections._entries.update(registered)
    assert with_sections - bare <= 2 * len(registered)
    assert bare <= 10


def test_the_own_record_shows_the_own_data_in_full(world, sign_in, owner):
    page = content(sign_in("owner"), "/my/record/")
    assert PHONE in page and owner.address in page
    assert not AuditEntry.objects.filter(action="member.private_shown").exists()


# --- forms -------------------------------------------------------------------------------------------------------
def form_data(member, **changes):
    data = {
        "member_no": member.member_no, "name": member.name, "gender": member.gender, "level": member.level,
        "version": member.version,
    }  # fmt: skip
    return data | changes


def test_a_closed_office_registers_nobody(world, sign_in):
    world.offices["town"].is_active = False
    world.offices["town"].save()
    for url in ("/members/new/", "/members/import/", "/members/import/template/"):
        assert "办公室已停用" in sign_in("staff").get(url).content.decode(), url


def test_a_member_is_registered_in_the_browser(world, sign_in):
    data = {
        "term": world["session"].term_id, "member_no": "Ｎ９", "name": "单 晓", "gender": "female", "level": "county",
        "birth_date": "1975年3月1日", "phone": "139 1234 5678",
    }  # fmt: skip
    response = sign_in("staff").post("/members/new/", data)
    member = Member.objects.get(member_no="N9")
    assert response.url == member.get_absolute_url()
    assert (member.name, member.name_pinyin, member.phone) == ("单晓", "shan xiao", "13912345678")
    assert (str(member.birth_date), member.office) == ("1975-03-01", world.offices["town"])


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("phone", "12345", "手机号应为"), ("birth_date", "去年", "看不出是哪一天"), ("name", "李", "至少两个字"),
        ("member_no", "M00001", "已经由"), ("birth_date", "2024-1-1", "岁"),
    ],
)  # fmt: skip
def test_a_wrong_field_gets_a_sentence_and_keeps_the_input(world, sign_in, owner, field, value, says):
    Member.objects.filter(pk=world["member.colleague"].pk).update(member_no="M00001")
    response = sign_in("staff").post(f"/members/{owner.pk}/edit/", form_data(owner, **{field: value}))
    page = response.content.decode()
    assert response.status_code in {409, 422}
    assert says in page and value in page


def test_more_than_the_form_offers_is_not_taken(world, sign_in, owner):
    extra = {"state": "left", "office": world.offices["street"].pk, "user": "", "left_on": "2026-01-01"}
    response = sign_in("staff").post(f"/members/{owner.pk}/edit/", form_data(owner, **extra))
    saved = Member.objects.get(pk=owner.pk)
    assert response.status_code == 302
    assert (saved.state, saved.office, saved.user, saved.left_on) == ("serving", owner.office, owner.user, None)


def test_opening_the_form_is_written_down(world, sign_in, owner):
    assert PHONE in content(sign_in("staff"), f"/members/{owner.pk}/edit/")
    assert AuditEntry.objects.get(action="member.private_shown").detail == {"where": "form"}


def test_leaving_and_coming_back_in_the_browser(world, sign_in, owner):
    browser = sign_in("staff")
    browser.post(f"/members/{owner.pk}/leave/", {"left_on": "2026.3.1", "reason": "换届", "version": owner.version})
    page = content(browser, f"/members/{owner.pk}/")
    assert "2026年3月1日离任：换届" in page and "恢复在任" in page
    browser.post(f"/members/{owner.pk}/reinstate/")
    assert Member.objects.get(pk=owner.pk).state == "serving"


# --- papers ------------------------------------------------------------------------------------------------------
def test_birthdays_are_listed_by_month_for_the_own_office_only(world, sign_in, owner):
    Member.objects.filter(pk=owner.pk).update(birth_date="1961-03-05")
    Member.objects.filter(pk=world["member.stranger"].pk).update(birth_date="1962-07-08")
    page = content(sign_in("staff"), "/members/birthdays/")
    assert "3月5日" in page and "7月8日" not in page and "1961" not in page


def test_the_address_book_leaves_out_who_has_left(world, sign_in, owner):
    Member.objects.filter(pk=owner.pk).update(state="left")
    page = content(sign_in("staff"), "/members/address-book/")
    assert owner.name not in page and "曾䶮" in page
