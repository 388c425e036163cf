"""Services of single files."""

from datetime import date, timedelta

import pytest

from audit.models import AuditEntry
from core.clock import today
from core.errors import Conflict, DomainError, StateChanged
from members import services
from members.enums import MemberState
from members.models import Member
from organisation.models import Posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(world):
    return world.people["staff"]


def create(world, **values):
    given = {"member_no": "N1", "name": "林小溪", "gender": "female"} | values
    town = world.offices["town"]
    return services.create_member(office=town, term=world["session"].term, by=world.people["staff"], **given)


def last_entry(action):
    return AuditEntry.objects.filter(action=action).latest("id")


def test_a_new_member_is_tidied_readable_and_audited(world):
    member = create(world, name="曾 小明", phone="13912345678")
    assert (member.name, member.name_initials, member.version) == ("曾小明", "zxm", 1)
    entry = last_entry("member.create")
    assert entry.detail["name"] == ["", "曾小明"]
    assert "13912345678" not in str(entry.detail)


def test_a_number_is_used_once_in_a_term(world):
    create(world)
    with pytest.raises(DomainError, match="已经由清溪镇联络处的委员使用") as error:
        create(world, name="另一人")
    assert error.value.field == "member_no"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "12345678901"), ("phone", "1391234567"), ("name", "林"), ("member_no", "编号"),
        ("birth_date", date(2031, 1, 1)), ("birth_date", date(1890, 1, 1)), ("birth_date", today()),
        ("joined_on", today() + timedelta(days=1)), ("joined_on", date(1900, 1, 1)),
    ],
)  # fmt: skip
def test_nonsense_is_refused_at_its_field(world, field, value):
    with pytest.raises(DomainError) as error:
        create(world, **{field: value})
    assert error.value.field == field
    assert not Member.objects.filter(member_no="N1").exists()


def test_a_change_is_audited_with_before_and_after(world, staff):
    member = create(world, employer="文化站")
    services.update_member(member=member, version=1, by=staff, employer="卫生院", phone="13912345678")
    assert last_entry("member.update").detail == {"employer": ["文化站", "卫生院"], "phone": ["（略）", "（略）"]}


def test_a_new_name_gets_a_new_reading(world, staff):
    member = create(world)
    services.update_member(member=member, version=1, by=staff, name="仇小溪", name_pinyin="lin xiao xi")
    member.refresh_from_db()
    assert (member.name_pinyin, member.name_initials) == ("qiu xiao xi", "qxx")


def test_the_account_follows_the_name(world, staff):
    services.update_member(member=world["member.owner"], version=None, by=staff, name="改名人")
    world.people["owner"].refresh_from_db()
    assert world.people["owner"].name == "改名人"


def test_the_second_of_two_editors_is_told(world, staff):
    member = create(world)
    services.update_member(member=member, version=1, by=staff, employer="文化站")
    with pytest.raises(Conflict):
        services.update_member(member=member, version=1, by=world.people["head"], employer="卫生院")
    member.refresh_from_db()
    assert member.employer == "文化站"


def test_what_is_not_editable_is_ignored(world, staff):
    member = create(world)
    services.update_member(member=member, version=1, by=staff, state="left", user_id=staff.pk, office_id=1)
    member.refresh_from_db()
    assert (member.state, member.user_id, member.office) == ("serving", None, world.offices["town"])


# --- leaving ---------------------------------------------------------------------------------------------------
def leave(world, key="member.owner", on=date(2026, 3, 1)):
    return services.mark_left(
        member=world[key], left_on=on, reason="工作调动", version=None, by=world.people["staff"]
    )  # fmt: skip


def roles_today(user):
    return list(Posting.objects.on(today()).filter(user=user).values_list("role", flat=True))


def test_leaving_keeps_the_file_and_ends_the_role(world):
    member = leave(world)
    assert (member.state, member.left_on, member.left_reason) == (MemberState.LEFT, date(2026, 3, 1), "工作调动")
    assert member.masked_phone == ""
    assert roles_today(world.people["owner"]) == []


def test_leaving_today_ends_the_role_at_once(world):
    leave(world, on=today())
    assert roles_today(world.people["owner"]) == []


@pytest.mark.parametrize("on", [today() + timedelta(days=1), date(2021, 1, 1)])
def test_a_leaving_day_must_fit(world, on):
    with pytest.raises(DomainError) as error:
        leave(world, on=on)
    assert error.value.field == "left_on"


def test_nobody_leaves_twice(world):
    leave(world)
    with pytest.raises(StateChanged):
        leave(world)


def test_a_mistaken_leaving_is_taken_back(world):
    leave(world)
    services.reinstate(member=world["member.owner"], by=world.people["staff"])
    member = Member.objects.get(pk=world["member.owner"].pk)
    assert (member.state, member.left_on, member.left_reason) == (MemberState.SERVING, None, "")
    assert roles_today(world.people["owner"]) == ["member"]
