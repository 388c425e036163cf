"""What stands above the title: whose paper it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Letterhead:
    """版头 of a letter (信函格式, GB/T 9704-2012 10.1): issuing body, document number, reply category at the corner."""

    issuer: str
    number: str = ""
    mark: str = ""

    @property
    def type_size(self) -> int:
        """Points: the largest in which the name fits into one line of 170 mm."""
        room = 170 / 25.4 * 72
        return next((size for size in (36, 32, 28, 24, 20) if size * len(self.issuer) <= room), 16)
