"""What each transition of a proposal asks for and which service it calls: the proposers' side and the office's."""

from proposals.steps import review, writing

PLAIN = {**writing.PLAIN, **review.PLAIN}
FORMS = {**writing.FORMS, **review.FORMS}
