"""Sixty members with files and accounts."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from dashboard.demo import past, texts
from dashboard.demo.offices import person
from dashboard.demo.setting import OFFICES, Setting
from members.models import Member
from members.services import create_member
from organisation.models import Committee, Sector
from organisation.services import grant_role

STANDING_EVERY = 4  # every fourth of the county's members sits on the standing committee
PLACES = ("文澜路", "南汀老街", "望澜大道", "竹溪路", "云岭路", "沿河路")


def build(setting: Setting) -> None:
    content, chance = texts.read("members"), setting.chance("members")
    number = 0
    with past.on(past.moment(setting.year - 4, 1, 4)):
        for office in OFFICES:
            setting.members[office] = []
            for row in content[office]:
                number += 1
                values = dict(zip(content["columns"], row, strict=True))
                setting.members[office].append(add(setting, office, number, values, chance))


def add(setting: Setting, office: str, number: int, values: dict[str, Any], chance: Random) -> Member:
    county = setting.offices["county"]
    member = create_member(
        office=setting.offices[office], term=setting.term, by=setting.staff(office),
        member_no=f"10-{number:03}", name=values["name"], gender=values["gender"], ethnicity=values["ethnicity"],
        party_affiliation=values["party"], employer=values["employer"],
        sector=Sector.objects.get(office=county, name=values["sector"]),
        committee=Committee.objects.get(office=county, name=values["committee"]),
        group=setting.groups[office][values["group"]],
        birth_date=date(setting.year - chance.randint(31, 66), chance.randint(1, 12), chance.randint(1, 28)),
        phone=f"1390000{number:04}", address=f"岚溪县{chance.choice(PLACES)}{chance.randint(1, 180)}号",
        is_standing_member=office == "county" and number % STANDING_EVERY == 1,
        joined_on=date(setting.year - 4, 1, 4),
    )  # fmt: skip
    give_account(setting, member, number)
    return member


def give_account(setting: Setting, member: Member, number: int) -> None:
    """The member shown to visitors has an account with a password already; the others get one without."""
    known = {user.name: user for user in setting.people.values()}
    user = known.get(member.name) or person(setting, f"wy{number:03}", member.name)
    grant_role(user=user, role="member", office=member.office, by=setting.people["secadmin"])
    Member.objects.filter(pk=member.pk).update(user=user)
    member.user = user
