import pytest

from members.models import Member
from members.selectors import search
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(world):
    town, street, term = world.offices["town"], world.offices["street"], world["session"].term
    for number, name, office in (("A010", "曾小明", town), ("A011", "张伟", town), ("B012", "小明哲", street)):
        make.MemberFactory(office=office, term=term, member_no=number, name=name, phone=f"1380000{number[1:]}9")
    make.MemberFactory(office=town, term=term, member_no="A013", name="赵晓", employer="小明小学", phone="13912345678")
    return world


def names(world, query, who="county_staff"):
    return [member.name for member in search(Member.objects.all(), world.people[who], query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("曾", ["曾䶮", "曾小明"]), ("小明", ["小明哲", "曾小明", "赵晓"]), ("张 伟", ["张伟"]),
        ("zengxiaoming", ["曾小明"]),
        ("zeng xiao", ["曾小明"]), ("ZXM", ["曾小明"]), ("zhangw", ["张伟"]), ("zw", ["张伟"]),
        ("ming", ["小明哲", "曾小明"]),
        ("b012", ["小明哲"]), ("5678", ["赵晓"]), ("A01", ["张伟", "曾小明", "赵晓"]), ("%", []), ("x_m", []),
    ],
)  # fmt: skip
def test_one_box_takes_everything(register, query, found):
    assert sorted(names(register, query)) == sorted(found)


def test_names_that_begin_so_come_first(register):
    assert names(register, "小明")[0] == "小明哲"


def test_an_empty_query_finds_everybody(register):
    assert len(names(register, "  ")) == Member.objects.count()


@pytest.mark.parametrize(("who", "found"), [("staff", ["赵晓"]), ("county_staff", []), ("leader", [])])
def test_more_than_four_digits_are_searched_only_where_numbers_are_shown(register, who, found):
    assert names(register, "2345678", who) == found
