"""Forms of the review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.db.models import F, QuerySet

from core.writing import CHOOSE, ListedReasonForm
from organisation.models import Committee
from organisation.selectors import code_choices, line_up
from proposals.defaults import CATEGORY, NOT_FILED_REASON, RETURN_REASON
from proposals.enums import LEADS, Verdict
from proposals.models import Proposal
from proposals.services import Advice


class FileForm(forms.Form):
    """立案: the category as the office decides it."""

    category = forms.ChoiceField(label="分类", help_text="提案人选的分类已经填好，不合适请改。",
                                 error_messages={"required": "请选择“分类”。"})  # fmt: skip

    def __init__(self, *args: Any, categories: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].choices = [CHOOSE, *categories]


class NotFileForm(ListedReasonForm):
    """不予立案: always a reason of the list; own words explain it."""

    as_opinion = forms.BooleanField(
        label="同时转为社情民意信息", required=False,
        help_text="内容转给提案人所在的联络处审看，作者不变，不重复计分。",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["listed"].label, self.fields["listed"].required = "不予立案的理由", True
        self.fields["listed"].error_messages["required"] = "请选择不予立案的理由。"
        self.fields["words"].help_text = "写给提案人看：为什么，以及内容会怎样转送研究。"
        self.helper.layout = Layout(Field("listed", wrapper_class="one-per-line"), "words", "as_opinion")

    def clean(self) -> dict[str, Any]:
        return forms.Form.clean(self) or self.cleaned_data


class ProposalChoice(forms.ModelChoiceField):
    """A proposal by its number and subject."""

    def label_from_instance(self, obj: Proposal) -> str:
        return f"{obj.number_label} {obj}（{obj.state_label}）"


class MergeForm(forms.Form):
    """并案: into which one."""

    into = ProposalChoice(
        label="主案", queryset=None, empty_label="请选择", help_text="并入哪一件。先列已立案的，按案号排列。",
        error_messages={"required": "请选择主案。", "invalid_choice": "这一件不能作主案，请重新选择。"},
    )  # fmt: skip
    words = forms.CharField(label="说明", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, proposal: Proposal, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].queryset = possible_leads([proposal])


class LeadForm(forms.Form):
    """Which of those chosen in the list leads."""

    lead = ProposalChoice(label="主案", queryset=None, widget=forms.RadioSelect, empty_label=None,
                          error_messages={"required": "请选一件作主案。"})  # fmt: skip

    def __init__(self, *args: Any, proposals: Iterable[Proposal], user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        keys = [each.pk for each in proposals if each.state in LEADS]
        self.fields["lead"].queryset = Proposal.objects.filter(pk__in=keys).order_by("case_no", "submitted_at", "pk")
        self.helper = FormHelper()
        self.helper.layout = Layout(Field("lead", wrapper_class="one-per-line"))


class AdviceForm(forms.Form):
    """审查意见: one recommendation, for one proposal or for several at once."""

    verdict = forms.ChoiceField(label="审查意见", choices=Verdict.choices, widget=forms.RadioSelect,
                                error_messages={"required": "请选择审查意见。"})  # fmt: skip
    reason = forms.ChoiceField(label="理由", required=False, help_text="退回和不予立案时要选。")
    category = forms.ChoiceField(label="分类", required=False, help_text="立案时用。不选就保持提案现在的分类。")
    merge_into = ProposalChoice(label="并入", queryset=None, required=False, empty_label="不并案",
                                help_text="并案时选择主案。")  # fmt: skip
    committee = forms.ModelChoiceField(label="提出意见的专门委员会", queryset=None, required=False, empty_label="不填")
    text = forms.CharField(label="说明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, proposals: Sequence[Proposal], user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        office = proposals[0].office
        self.fields["reason"].choices = [
            ("", "不填"),
            ("退回补充", code_choices(RETURN_REASON, office)),
            ("不予立案、转社情民意", code_choices(NOT_FILED_REASON, office)),
        ]
        self.fields["category"].choices = [("", "保持现在的分类"), *code_choices(CATEGORY, office)]
        self.fields["merge_into"].queryset = possible_leads(proposals)
        self.fields["committee"].queryset = Committee.objects.filter(office_id__in=line_up(office), is_active=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            cleaned["advice"] = Advice(**{name: cleaned[name] for name in Advice.__annotations__})
        return cleaned


def possible_leads(proposals: Sequence[Proposal]) -> QuerySet:
    """What they can be merged into, those with a case number first. Of the first one's session."""
    first = proposals[0]
    found = Proposal.objects.filter(office_id=first.office_id, session_id=first.session_id, state__in=LEADS)
    keys = [each.pk for each in proposals]
    return found.exclude(pk__in=keys).order_by(F("case_no").asc(nulls_last=True), "submitted_at", "pk")
