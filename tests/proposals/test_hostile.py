"""Hostile text appears literally on every page and in the export."""

import pytest
from django.utils.html import escape

from proposals import services
from proposals.models import Proposal

pytestmark = pytest.mark.django_db
NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}{% now 'Y' %}\"'&lt;"


@pytest.fixture
def nasty(world):
    text = services.Text(
        subject=NASTY[:80], category="society", background=NASTY * 2, analysis=NASTY * 2, suggestions=NASTY * 2,
        wished_units=NASTY[:120],
    )  # fmt: skip
    proposal = world["proposal.draft"]
    services.write(proposal=proposal, text=services.Text(**{**vars(text), "subject": NASTY[:38]}),
                   by=world.people["owner"], and_submit=True)  # fmt: skip
    return Proposal.objects.get(pk=proposal.pk)


@pytest.mark.parametrize(
    ("person", "path"),
    [("owner", "/proposals/{pk}/"), ("owner", "/proposals/{pk}/receipt/"), ("owner", "/proposals/mine/"),
     ("county_staff", "/proposals/"), ("county_staff", "/proposals/{pk}/act/return/"), ("county_staff", "/"),
     ("county_staff", "/proposals/{pk}/act/file/"), ("county_staff", "/notices/")],
)  # fmt: skip
def test_pages_show_it_literally(person, path, nasty, sign_in):
    html = sign_in(person).get(path.format(pk=nasty.pk)).content.decode()
    assert "<script>alert" not in html and "<img src=x" not in html
    if path not in ("/",):
        assert escape(NASTY[:20]) in html


def test_the_form_gives_it_back_as_typed(nasty, world, sign_in):
    services.return_for_changes(proposal=nasty, reason=NASTY, by=world.people["county_staff"])
    html = sign_in("owner").get(f"/proposals/{nasty.pk}/edit/").content.decode()
    assert escape(NASTY) in html and "<script>alert" not in html


def test_a_search_for_it_is_a_search(nasty, sign_in):
    assert sign_in("county_staff").get("/proposals/", {"q": NASTY[:20]}).context["table"].rows[0].record == nasty
