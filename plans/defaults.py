"""Lists and rules every installation starts with."""

from __future__ import annotations

from organisation.defaults import ship_codes, ship_rule
from plans import consultation
from plans.periods import TERM_YEARS


def install() -> None:
    ship_codes(consultation.FORM, consultation.FORMS)
    ship_codes(consultation.CONTENT, consultation.CONTENTS)
    ship_rule(TERM_YEARS, 5, "政协章程规定每届任期五年；届的截止日期没有登记时按它推算")
