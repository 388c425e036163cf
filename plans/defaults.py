"""Lists every installation starts with."""

from __future__ import annotations

from organisation.defaults import ship_codes
from plans import consultation


def install() -> None:
    ship_codes(consultation.FORM, consultation.FORMS)
    ship_codes(consultation.CONTENT, consultation.CONTENTS)
