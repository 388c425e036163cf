"""Three offices, their term and sessions, lists and accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import User
from accounts.passwords import random_password
from audit.services import record
from dashboard.demo import past, texts
from dashboard.demo.setting import Setting
from organisation.models import Committee, HandlingUnit, LiaisonGroup, Office, Sector
from organisation.services import create_office, grant_role, save_session, save_term

PLENARY = {0: (12, 15), -1: (13, 16)}  # days of January, this year and last


def build(setting: Setting) -> None:
    with past.on(past.moment(setting.year - 4, 1, 1)):
        content = texts.read("offices")
        for each in content["offices"]:
            add_office(setting, each)
        add_parts(setting, content["parts"])
        for account in content["accounts"]:
            add_account(setting, **account)
        add_sessions(setting, content)


def add_office(setting: Setting, each: dict[str, Any]) -> None:
    parent = setting.offices.get("county")
    given = {name: each[name] for name in ("name", "short_name", "kind", "phone", "address")}
    office = create_office(parent=parent, by=None, **given)
    setting.offices[each["key"]] = office
    setting.groups[each["key"]] = [
        LiaisonGroup.objects.create(office=office, name=name, order=order)
        for order, name in enumerate(each["groups"], 1)
    ]


def add_parts(setting: Setting, parts: dict[str, list[str]]) -> None:
    """The committee's own lists."""
    for model, key in ((Sector, "sectors"), (Committee, "committees"), (HandlingUnit, "units")):
        for order, name in enumerate(parts[key], 1):
            model.objects.create(office=setting.offices["county"], name=name, order=order)


def add_account(setting: Setting, *, role: str, username: str, name: str, office: str, unit: str = "") -> None:
    """An account a visitor may use: random password, no forced change, so that looking around is easy."""
    password = random_password()
    user = person(setting, username, name, password)
    post = HandlingUnit.objects.get(office=setting.offices["county"], name=unit) if unit else None
    if role != "member":  # the member's role comes with the member's file
        grant_role(user=user, role=role, office=setting.offices[office], unit=post, by=None)
    setting.passwords.append((role, username, password))


def person(setting: Setting, username: str, name: str, password: str | None = None) -> User:
    """An account; without a password nobody can sign in until the administrator gives one."""
    user = User.objects.create_user(username, password, name=name, must_change_password=password is None)
    record("account.created", user, by=setting.people.get("sysadmin"))
    setting.people[username] = user
    return user


def add_sessions(setting: Setting, content: dict[str, Any]) -> None:
    county, by = setting.offices["county"], setting.people["sysadmin"]
    values = {
        "number": content["number"],
        "name": content["term"],
        "starts": date(setting.year - 4, 1, 1),
        "ends": None,
    }
    setting.term = save_term(office=county, values=values, by=by)
    for shift in (-1, 0):
        add_session(setting, content["session"] + shift, setting.year + shift, PLENARY[shift], by)


def add_session(setting: Setting, number: int, year: int, plenary: tuple[int, int], by: Any) -> None:
    first, last = plenary
    values = {
        "number": number, "name": "", "starts": date(year, 1, 1), "ends": None,
        "plenary_starts": date(year, 1, first), "plenary_ends": date(year, 1, last),
    }  # fmt: skip
    save_session(term=setting.term, values=values, by=by)


def present() -> Office | None:
    """The demo's county office, if the demo is already there."""
    return Office.objects.filter(parent=None, name=texts.read("offices")["offices"][0]["name"]).first()
