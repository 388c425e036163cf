"""What stands above the title: whose paper it is. `Composition.head` is one of these, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

POINT = 72 / 25.4  # in one millimetre


def fitting(name: str, room: float, sizes: Sequence[int], least: int) -> int:
    """Points: the largest of `sizes` in which the name fits into one line of `room` mm."""
    return next((size for size in sizes if size * len(name) <= room * POINT), least)


@dataclass(frozen=True)
class Letterhead:
    """版头 of a letter (信函格式, GB/T 9704-2012 10.1): issuing body, document number, reply category at the corner."""

    issuer: str
    number: str = ""
    mark: str = ""
    sheet: ClassVar[str] = "documents/letter.html"
    template: ClassVar[str] = ""

    @property
    def type_size(self) -> int:
        return fitting(self.issuer, 170, (36, 32, 28, 24, 20), 16)


@dataclass(frozen=True)
class Masthead:
    """版头 of an ordinary document (7.2): 发文机关标志, 发文字号, and for papers that go upward 签发人.

    `copy_no` is printed with six digits; `secrecy` and `urgency` are words such as 秘密★1年 and 特急.
    """

    name: str
    number: str
    signer: str = ""
    copy_no: str = ""
    secrecy: str = ""
    urgency: str = ""
    sheet: ClassVar[str] = ""
    template: ClassVar[str] = "documents/_masthead.html"

    @property
    def type_size(self) -> int:
        return fitting(self.name, 156, (42, 36, 32, 28, 24), 20)

    @property
    def marks(self) -> list[tuple[str, bool]]:
        """(words, are they in Hei) of the upper left corner, from above."""
        digits = self.copy_no.zfill(6) if self.copy_no.isdigit() else self.copy_no
        return [(words, hei) for words, hei in ((digits, False), (self.secrecy, True), (self.urgency, True)) if words]


@dataclass(frozen=True)
class MinutesHead:
    """版头 of minutes (纪要格式, 10.3): `name` ends in 纪要; below it number, issuing body and day."""

    name: str
    number: str = ""
    issuer: str = ""
    date: date | None = None
    sheet: ClassVar[str] = ""
    template: ClassVar[str] = "documents/_minutes_head.html"

    @property
    def type_size(self) -> int:
        return fitting(self.name, 156, (42, 36, 32, 28, 24), 20)


@dataclass(frozen=True)
class SheetHead:
    """Head of a list to sign, on every page of it: whose, when and where."""

    issuer: str
    when: str
    place: str = ""
    sheet: ClassVar[str] = "documents/attendance_sheet.html"
    template: ClassVar[str] = ""


Head = Letterhead | Masthead | MinutesHead | SheetHead
