"""The parties a member can belong to; offices add to the list."""

from members.rules import PARTIES, PARTY_KIND
from organisation.defaults import ship_codes


def install() -> None:
    ship_codes(PARTY_KIND, PARTIES)
