"""From text to a draft of a plan: paste or upload, check, save."""

from __future__ import annotations

import io
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
