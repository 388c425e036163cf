"""From text to a draft of a plan: paste or upload, check, save."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plans.models import AnnualPlan
from tests.plans.reading_score import source

YEAR = 2031


@pytest.fixture
def clerk(sign_in):
    return sign_in("staff")


def paste(client, staff, text, **files):
    from organisation.selectors import home_office

    data = {"office": home_office(staff).pk, "year": YEAR, "text": text, "idempotency_key": str(uuid.uuid4()), **files}
    return client.post(reverse("plan_read"), data)


def shown(page: str) -> dict[str, str]:
    """What the review's form would post as it stands."""
    form = page[page.index('<form method="post" class="sheet') :]
    data = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, kind = re.search(r'name="([^"]*)"', tag), re.search(r'type="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and (kind[1] not in ("checkbox", "radio") or " checked" in tag):
            data[name[1]] = value[1] if value else "on" if kind[1] == "checkbox" else ""
    for name, body in re.findall(r'<textarea name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        data[name] = body.lstrip("\n")
    for name, body in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        data[name] = chosen[1] if chosen else ""
    return {name: value.replace("&amp;", "&").replace("&quot;", '"') for name, value in data.items()}


def review(client) -> str:
    return client.get(reverse("plan_read_review")).content.decode()


def test_a_pasted_plan_becomes_a_draft_as_it_was_read(clerk, staff):
    assert paste(clerk, staff, source("01-township")).url == reverse("plan_read_review")
    page = review(clerk)
    assert "每名委员年内至少提交1件提案" in page and "2025年1月10日" in page
    response = clerk.post(reverse("plan_read_review"), shown(page))
    plan = AnnualPlan.objects.get(year=YEAR)
    assert response.url == plan.get_absolute_url()
    assert (plan.targets.count(), plan.items.count(), plan.sections.count()) == (14, 1, 9)
    assert plan.foreword.startswith("2025年，镇政协委员联络处将")
    goal = plan.targets.get(text__contains="视察3次以上")
    assert (goal.filters, goal.operator, goal.amount) == ({"type": "inspection"}, "at_least", 3)


def test_rows_without_a_tick_are_left_out_however_wrong(clerk, staff):
    paste(clerk, staff, source("05-terse"))
    data = shown(review(clerk))
    del data["targets-0-use"]
    data["targets-0-text"] = ""
    clerk.post(reverse("plan_read_review"), data)
    assert AnnualPlan.objects.get(year=YEAR).targets.count() == 11


def test_what_is_wrong_is_said_and_the_input_kept(clerk, staff):
    paste(clerk, staff, source("05-terse"))
    data = shown(review(clerk)) | {"targets-1-subject": "", "targets-2-text": "改过的目标"}
    response = clerk.post(reverse("plan_read_review"), data)
    page = response.content.decode()
    assert response.status_code == 422 and "目标 2：统计什么" in page and "改过的目标" in page
    assert not AnnualPlan.objects.filter(year=YEAR).exists()


def test_a_year_that_has_a_plan_keeps_the_text(clerk, staff, draft):
    paste(clerk, staff, source("05-terse"))
    clerk.post(reverse("plan_read"), {"office": draft.office_id, "year": draft.year, "text": source("05-terse")})
    response = clerk.post(reverse("plan_read_review"), shown(review(clerk)))
    assert response.status_code == 409 and "已经有" in response.content.decode()
    assert "2026年联络组目标清单" in clerk.get(reverse("plan_read")).content.decode()


def test_an_empty_draft_is_filled(clerk, staff, draft):
    for part in (draft.sections, draft.targets, draft.items):
        part.all().delete()
    AnnualPlan.objects.filter(pk=draft.pk).update(foreword="")
    clerk.post(reverse("plan_read"), {"office": draft.office_id, "year": draft.year, "text": source("05-terse")})
    assert clerk.post(reverse("plan_read_review"), shown(review(clerk))).url == draft.get_absolute_url()
    assert draft.targets.count() == 12


def test_an_uploaded_file_counts_more_than_the_text(clerk, staff):
    upload = SimpleUploadedFile("计划.txt", source("05-terse").encode("gb18030"))
    paste(clerk, staff, "别的", file=upload)
    assert "编印学习资料" in review(clerk)


def test_an_old_word_file_is_refused_with_advice(clerk, staff):
    response = paste(clerk, staff, "", file=SimpleUploadedFile("计划.doc", b"\xd0\xcf\x11\xe0" * 9))
    assert response.status_code == 422 and "另存为 .docx" in response.content.decode()


def test_one_plan_of_a_collection(clerk, staff):
    paste(clerk, staff, source("12-anthology"))
    assert "只读第 2 份" in review(clerk)
    assert clerk.post(reverse("plan_read_part", args=[2])).url == reverse("plan_read_review")
    page = review(clerk)
    assert "每个委员提交提案1件以上" in page and "幼儿园" not in page


def test_items_without_a_month_wait_for_one(clerk, staff):
    paste(clerk, staff, source("14-consultation-inline"))
    page = review(clerk)
    data = shown(page)
    assert "items-6-use" not in data and "适时" in page
    clerk.post(reverse("plan_read_review"), data)
    plan = AnnualPlan.objects.get(year=YEAR)
    assert plan.items.count() == 6 and set(plan.items.values_list("form", flat=True)) == {
        "plenary", "standing", "chair", "sector"}  # fmt: skip
