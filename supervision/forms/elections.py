"""Elections: the round, a nomination, the ballot, the votes of a meeting."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from accounts.roles import Can
from core.prose import ProseField
from organisation.forms.fields import laid_out
from organisation.models import Office
from organisation.selectors import users_with
from supervision.enums import ElectionKind, QuotaKind, VotingWay
from supervision.forms.fields import year_field
from supervision.models import Election
from supervision.selectors.elections import Line, candidates

PROCEDURE = (
    "一、征集：提案委员会办公室从办结的提案（承办单位）中推荐。\n"
    "二、初评：评委投票，按得票排序，得票相同的一并提交审议。\n"
    "三、审议：主席会议审议初评名单。\n"
    "四、公布：批准后公布，并通知提案人和承办单位。"
)


class ElectionForm(forms.Form):
    kind = forms.ChoiceField(label="评选", choices=ElectionKind.choices)
    title = forms.CharField(label="名称", max_length=80, help_text="例如：2026年度优秀提案")
    year = year_field("年度")
    quota_kind = forms.ChoiceField(label="名额方式", choices=QuotaKind.choices)
    quota = forms.IntegerField(label="名额或百分比", min_value=1, max_value=9999)
    quota_text = forms.CharField(label="名额依据", max_length=200, required=False,
                                 help_text="例如：按本届评选办法，不超过立案总数的 5%。")  # fmt: skip
    voting = forms.ChoiceField(label="投票方式", choices=VotingWay.choices)
    judges = forms.ModelMultipleChoiceField(User.objects.none(), label="评委", required=False,
                                            widget=forms.CheckboxSelectMultiple)  # fmt: skip
    procedure = ProseField(label="评选办法", rows=8, initial=PROCEDURE)

    def __init__(self, *args: Any, office: Office, election: Election | None = None, **kwargs: Any) -> None:
        if election is not None:
            names = [name for name in self.base_fields if name not in ("kind", "judges")]
            kwargs["initial"] = {name: getattr(election, name) for name in names}
            kwargs["initial"]["judges"] = list(election.judges.values_list("pk", flat=True))
        super().__init__(*args, **kwargs)
        people = [user.pk for user in users_with(Can.VIEW_PROPOSALS, office)]
        self.fields["judges"].queryset = User.objects.filter(pk__in=people).order_by("name")
        self.fields["judges"].label_from_instance = lambda user: user.name
        first = [("kind", "year")] if election is None else ["year"]
        if election is not None:
            del self.fields["kind"]
        self.helper = laid_out("title", *first, ("quota_kind", "quota"), "quota_text", "voting", "judges", "procedure")

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("kind", "judges")}

    @property
    def people(self) -> list[User]:
        return list(self.cleaned_data["judges"])


class NominationForm(forms.Form):
    candidate = forms.TypedChoiceField(label="推荐对象", coerce=int)
    reason = ProseField(label="推荐理由", rows=4)

    def __init__(self, *args: Any, election: Election, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = election.nominations.values("proposal_id" if election.of_proposals else "unit_id")
        rows = candidates(election).exclude(pk__in=known)
        if election.of_proposals:
            found = [(pk, f"第{no}号 {subject}") for pk, no, subject in rows.values_list("pk", "case_no", "subject")]
        else:
            found = list(rows.values_list("pk", "name"))
        self.fields["candidate"].choices = [("", "请选择"), *found]


class BallotForm(forms.Form):
    """The judge ticks names. `most`: how many places there are."""

    chosen = forms.TypedMultipleChoiceField(label="投票", coerce=int, required=False,
                                            widget=forms.CheckboxSelectMultiple)  # fmt: skip

    def __init__(self, *args: Any, election: Election, most: int, voter: Any, **kwargs: Any) -> None:
        rows = list(election.nominations.select_related("proposal", "unit"))
        own = election.nominations.filter(ballots__judge=voter).values_list("pk", flat=True)
        kwargs["initial"] = {"chosen": list(own)}
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(row.pk, f"{row}（{row.reason[:60]}）") for row in rows]
        self.fields["chosen"].help_text = f"最多选 {most} 个。投票可以改，以最后一次为准。"


class CountForm(forms.Form):
    """One row per nomination: the votes of the meeting (when they are recorded), and whether it is elected."""

    def __init__(self, *args: Any, lines: list[Line], recorded: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = any(line.nomination.elected for line in lines)
        for line in lines:
            row = line.nomination
            if recorded:
                self.fields[f"votes_{row.pk}"] = forms.IntegerField(
                    label=f"{row}：得票", required=False, min_value=0, max_value=9999, initial=row.votes
                )
            self.fields[f"elected_{row.pk}"] = forms.BooleanField(
                label=self.words(line, recorded), required=False,
                initial=row.elected if chosen else line.within and not line.tied,
            )  # fmt: skip
        self.keys = [line.nomination.pk for line in lines]

    @staticmethod
    def words(line: Line, recorded: bool) -> str:
        tie = "，与名额边上的对象并列" if line.tied else ""
        return f"{line.nomination}入选" if recorded else f"{line.nomination}（{line.votes} 票{tie}）入选"

    @property
    def votes(self) -> dict[int, int | None]:
        return {pk: self.cleaned_data.get(f"votes_{pk}") for pk in self.keys}

    @property
    def elected(self) -> set[int]:
        return {pk for pk in self.keys if self.cleaned_data[f"elected_{pk}"]}
