"""Collections: who sets them up, and that the server's clock decides what they still take."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import Denied, DomainError
from notices.models import Notice
from proposals import services
from proposals.models import Batch, Proposal
from tests import factories as make

pytestmark = pytest.mark.django_db
LONG = ("关于河堤护栏的提案", "society", "情" * 30, "析" * 30, "议" * 30)
NAME = "十届六次会议提案征集"


@pytest.fixture
def clerk(world):
    return world.people["county_staff"]


@pytest.fixture
def owner(world):
    return world.people["owner"]


@pytest.fixture
def batch(world):
    """Open since yesterday, closing in an hour, with ten minutes of grace."""
    now = timezone.now()
    return Batch.objects.create(
        office=world.offices["county"], name=NAME, topics="防汛\n养老", opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(hours=1), grace_minutes=10, in_plenary=True,
    )  # fmt: skip


def closed(batch, minutes):
    """As if the closing time had been `minutes` ago."""
    Batch.objects.filter(pk=batch.pk).update(closes_at=timezone.now() - timedelta(minutes=minutes))


def draft(owner, batch):
    return services.write(text=services.Text(*LONG, batch_id=batch.pk), by=owner)


def test_what_is_handed_in_in_time_belongs_to_the_collection(batch, owner):
    proposal = services.submit(proposal=draft(owner, batch), by=owner)
    assert (proposal.batch, proposal.in_plenary) == (batch, True)


def test_without_a_collection_the_day_decides_about_the_plenary(owner):
    proposal = services.write(text=services.Text(*LONG), by=owner, and_submit=True)
    assert Proposal.objects.get(pk=proposal.pk).in_plenary is False


@pytest.mark.parametrize(("minutes", "taken"), [(9, True), (11, False)])
def test_the_grace_is_kept_to_the_minute(minutes, taken, batch, owner):
    proposal = draft(owner, batch)
    closed(batch, minutes)
    if taken:
        assert services.submit(proposal=proposal, by=owner).state == "submitted"
    else:
        with pytest.raises(DomainError, match="截止，不能再提交到这次征集"):
            services.submit(proposal=proposal, by=owner)


def test_a_draft_from_before_the_deadline_goes_in_without_the_collection(batch, owner, sign_in, post):
    proposal = draft(owner, batch)
    closed(batch, 11)
    page, url = sign_in("owner"), f"/proposals/{proposal.pk}/edit/"
    refused = page.post(url, post(version="1", batch=batch.pk))
    html = refused.content.decode()
    assert refused.status_code == 409 and "不能再提交到这次征集" in html and "下晚班的工人" in html
    assert f"{NAME}（已截止）" in html
    assert page.post(url, post(version="1", batch="")).status_code == 302
    assert (Proposal.objects.get(pk=proposal.pk).state, Proposal.objects.get(pk=proposal.pk).batch) == (
        "submitted",
        None,
    )


def test_a_page_opened_before_the_deadline_is_no_way_round_it(batch, sign_in, post):
    page = sign_in("owner")
    assert NAME in page.get("/proposals/new/").content.decode()
    closed(batch, 11)
    assert page.post("/proposals/new/", post(batch=batch.pk)).status_code == 409


def test_before_it_opens_nothing_is_taken(batch, owner):
    Batch.objects.filter(pk=batch.pk).update(opens_at=timezone.now() + timedelta(minutes=5))
    with pytest.raises(DomainError, match="才开始"):
        services.submit(proposal=draft(owner, batch), by=owner)


def test_a_returned_one_comes_back_after_the_deadline(batch, owner, clerk):
    proposal = services.submit(proposal=draft(owner, batch), by=owner)
    services.return_for_changes(proposal=proposal, reason="补充", by=clerk)
    closed(batch, 60)
    assert services.submit(proposal=proposal, by=owner).batch == batch


def test_invitations_never_outlast_the_collection(batch, owner, world):
    joint = services.write(text=services.Text(*LONG, kind="joint", batch_id=batch.pk), by=owner)
    services.choose(proposal=joint, members=[world["member.colleague"].pk], by=owner)
    services.invite(proposal=joint, until=timezone.localdate() + timedelta(days=9), by=owner)
    assert joint.invitations.get().expires_at == batch.closes_at


def test_only_open_collections_of_the_own_committee_are_offered(batch, sign_in):
    now = timezone.now()
    span = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
    Batch.objects.create(office=make.OfficeFactory(), name="邻县的征集", **span)
    html = sign_in("owner").get("/proposals/new/").content.decode()
    assert NAME in html and "防汛" in html and "邻县的征集" not in html
    closed(batch, 1)
    assert NAME not in sign_in("owner").get("/proposals/new/").content.decode()


# --- setting up ----------------------------------------------------------------------------------------------------
def form(**changes):
    return {"name": NAME, "topics": "防汛", "opens_at": "2026-12-01T09:00", "closes_at": "2026-12-20T18:00",
            "grace_minutes": "15", **changes}  # fmt: skip


def test_staff_set_one_up_and_members_are_told_when_asked_for(sign_in, owner, clerk):
    page = sign_in("county_staff")
    assert 'value="15"' in page.get("/proposals/batches/new/").content.decode()
    page.post("/proposals/batches/new/", form(announce="on"))
    batch = Batch.objects.get(name=NAME)
    assert timezone.localtime(batch.closes_at).hour == 18 and batch.grace_minutes == 15
    assert "2026年12月20日 18:00截止" in Notice.objects.get(recipient=owner, text__contains=NAME).text
    assert not Notice.objects.filter(recipient=clerk, text__contains=NAME).exists()


def test_it_closes_after_it_opens(sign_in):
    answer = sign_in("county_staff").post("/proposals/batches/new/", form(closes_at="2026-11-01T09:00"))
    assert answer.status_code == 409 and "截止时间要晚于开始时间" in answer.content.decode()


def test_a_liaison_office_sets_up_none(world):
    with pytest.raises(Denied):
        services.save_batch(values={}, by=world.people["staff"], office=world.offices["county"])


def test_the_figure_leads_to_the_proposals_behind_it(batch, owner, sign_in):
    services.submit(proposal=draft(owner, batch), by=owner)
    html = sign_in("county_staff").get(f"/proposals/batches/{batch.pk}/").content.decode()
    assert f"/proposals/?batch={batch.pk}" in html and "收到 1 件提案" in html
    assert "收到" not in sign_in("owner").get(f"/proposals/batches/{batch.pk}/").content.decode()
