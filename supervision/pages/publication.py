"""What the public page and the office's page of publication show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.urls import reverse

from core.pages import Page
from core.templatetags.ui import cn_date
from handling.answering import proposers_of
from handling.models import Reply
from handling.services.replies import in_words
from organisation.selectors import code_labels
from proposals.defaults import CATEGORY
from proposals.models import Proposal
from proposals.rules import PARTS
from supervision.forms.publication import SearchForm
from supervision.models import Publication
from supervision.redaction import masked, unnamed
from supervision.selectors import publication as selectors
from supervision.services.publication import delivered, hidden_names, names, public_texts, refusal

TITLE = "提案公开"


# --- the public --------------------------------------------------------------------------------------------------
def public_list(found: Any, asked: dict[str, str]) -> dict[str, Any]:
    form, labels = SearchForm(initial=asked), code_labels(CATEGORY)
    form.fields["year"].choices = [("", "全部"), *((str(year), f"{year}年") for year in selectors.public_years())]
    form.fields["category"].choices = [("", "全部"), *labels.items()]
    rows = [(row, facts_line(row, labels)) for row in found]
    lead = "这里公开经提案人同意、办公室审定的提案和办理答复。"
    return {"page": Page(TITLE, lead=lead), "form": form, "found": found, "rows": rows, "asked": any(asked.values())}


def facts_line(row: Publication, labels: dict[str, str]) -> str:
    proposal = row.proposal
    parts = [proposal.full_case_label, row.proposers, labels.get(proposal.category, ""),
             f"{cn_date(row.first_public_at)}公开"]  # fmt: skip
    return " · ".join(part for part in parts if part)


def public_one(row: Publication) -> dict[str, Any]:
    """Only what was cleared: the kept text, the cleared replies without personal numbers."""
    labels = code_labels(CATEGORY)
    hidden = [] if row.proposers else [each.member.name for each in proposers_of(row.proposal)]
    return {
        "page": Page(row.subject),
        "facts": [
            ("案号", row.proposal.full_case_label),
            *([("提案人", row.proposers)] if row.proposers else []),
            ("分类", labels.get(row.proposal.category, "")),
            ("立案时间", cn_date(row.proposal.filed_at)),
        ],
        "text": text_parts(row),
        "replies": [public_reply(reply, hidden) for reply in row.replies.all()],
    }


def text_parts(row: Publication) -> list[tuple[str, str]]:
    """The parts somebody wrote."""
    return [(label, text) for name, label in PARTS.items() if (text := getattr(row, name, ""))]


def public_reply(reply: Reply, hidden: Sequence[str] = ()) -> tuple[str, str, str]:
    """(unit and round, day, text)."""
    title = f"{reply.assignment.unit.name}的答复" + (f"（第{reply.round}次）" if reply.round > 1 else "")
    return title, cn_date(reply.signed_on or reply.passed_at), unnamed(masked(whole(reply)), hidden)


def whole(reply: Reply) -> str:
    """The letter with its points below it, which it refers to."""
    return "\n".join(part for part in (reply.body, in_words(reply)) if part)


# --- the office ----------------------------------------------------------------------------------------------------
def proposal_for(user: Any, pk: int) -> Proposal:
    """Raises Http404."""
    seen = Proposal.objects.visible_to(user).select_related("office", "session__term")
    found = seen.prefetch_related("proposers__member").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def list_page(rows: Any) -> Page:
    lead = "只有提案人同意公开、办公室审定后，提案和答复才会出现在公开页面。审定后再改的内容不会自动公开。"
    return Page("公开审定", lead=lead)


def edit_page(user: Any, proposal: Proposal) -> Page:
    crumbs = [("公开审定", reverse("publication_list")), (str(proposal), proposal.get_absolute_url()), ("审定", "")]
    return Page("审定公开", lead=str(proposal), breadcrumbs=crumbs)


def preview(proposal: Proposal) -> dict[str, Any]:
    """The text as the public would read it, and whether something was taken out."""
    texts, replies, hidden = public_texts(proposal), delivered(proposal), hidden_names(proposal)
    shown = [public_reply(reply, hidden) for reply in replies]
    changed = any(texts[name] != getattr(proposal, name) for name in texts)
    return {
        "refusal": refusal(proposal), "text": [(label, texts[name]) for name, label in PARTS.items() if texts[name]],
        "replies": shown, "names": names(proposal),
        "hidden": changed or any(said[2] != whole(reply) for said, reply in zip(shown, replies, strict=True)),
    }  # fmt: skip
