"""Forms of calls and submissions: layout and hints. The rules are in calls.rules and in the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.html import format_html

from accounts.models import User
from calls import rules
from calls.defaults import KIND
from calls.enums import CallState, Presented
from calls.models import Call, Entry
from calls.services import Award, Text
from core.moments import moment_field
from core.prose import ProseField
from core.writing import WritingForm
from organisation.models import Office
from organisation.selectors import code_choices, offered

MOST_WORDS = 100_000


class CallForm(forms.Form):
    """A call's data. Times are asked for while it is a draft; later the closing time has its own step."""

    office = forms.ModelChoiceField(Office.objects.none(), label="办公室", empty_label=None)
    kind = forms.ChoiceField(label="类型")
    title = forms.CharField(label="名称", max_length=120, help_text="例如：“我为家乡发展献一策”主题征文")
    brief = ProseField(label="征集要求", rows=8, required=False, help_text="主题、内容、格式、评奖办法。")
    eligible = forms.CharField(
        label="谁可以提交", max_length=200, required=False, help_text="例如：全体委员，各联络组可以集体名义提交"
    )
    words_min = forms.IntegerField(label="字数下限", required=False, min_value=1, max_value=MOST_WORDS,
                                   help_text="只提醒，不拦截。")  # fmt: skip
    words_max = forms.IntegerField(label="字数上限", required=False, min_value=1, max_value=MOST_WORDS)
    opens_at = moment_field("开始时间", required=False, help_text="不填就从发出时开始。")
    closes_at = moment_field("截止时间")

    def __init__(self, *args: Any, offices: Any, call: Call | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        self.fields["office"].label_from_instance = lambda office: office.name
        home = call.office if call else offices.first()
        self.fields["kind"].choices = offered(KIND, call.office, call.kind) if call else code_choices(KIND, home)
        if call or len(offices) == 1:
            del self.fields["office"]
            self.only_office = home
        if call and call.state != CallState.DRAFT:
            del self.fields["opens_at"], self.fields["closes_at"]
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.rows())

    def rows(self) -> list[Any]:
        times = [Div("opens_at", "closes_at", css_class="field-grid")] if "closes_at" in self.fields else []
        first = ["office"] if "office" in self.fields else []
        words = Div("words_min", "words_max", css_class="field-grid")
        return [*first, Div("kind", css_class="field-grid"), "title", "brief", "eligible", words, *times]

    @property
    def office_chosen(self) -> Office:
        return self.cleaned_data.get("office") or self.only_office

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "office"}


def call_initial(call: Call) -> dict[str, Any]:
    return {name: getattr(call, name) for name in CallForm.base_fields if name != "office"}


class EntryForm(WritingForm):
    """What a member writes."""

    title = forms.CharField(label="题目", max_length=120)
    body = ProseField(label="正文", rows=16, help_text="可以从 Word 或 WPS 粘贴，段落会保留。")
    with_members = forms.CharField(
        label="联合作者", required=False, max_length=200, help_text="其他委员的姓名，用顿号分开。一个人写的不用填。"
    )
    collective = forms.CharField(
        label="集体名义", required=False, max_length=80, help_text="以联络组、专委会、界别等名义提交时填写。"
    )
    upload = forms.FileField(label="附件", required=False, help_text="Word（docx）或 PDF，20 MB 以内，可以代替正文。")

    def __init__(self, *args: Any, call: Call, attached: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].required = False
        self.fields["body"].suggest(call.words_max or 0)
        wanted = rules.words_wanted(call)
        if wanted:
            self.fields["body"].help_text += f"要求 {wanted}。"
        if attached:
            self.fields["upload"].help_text += f"已经上传“{attached}”，再选一个会替换它。"

    @property
    def text(self) -> Text:
        return Text(**{name: self.cleaned_data[name] for name in Text.__annotations__})


def entry_initial(entry: Entry) -> dict[str, Any]:
    others = [row.member.name for row in entry.authors.all()][1:]
    return {"title": entry.title, "body": entry.body, "collective": entry.collective, "with_members": "、".join(others)}


class ExtendForm(forms.Form):
    closes_at = moment_field("新的截止时间")


class PublishForm(forms.Form):
    rest = forms.ChoiceField(
        label="还没有决定的稿件", widget=forms.RadioSelect,
        choices=[("reject", "记为“未采用”（征文评奖常用）"), ("accept", "记为“已采用”，不评奖（发言材料汇编常用）")],
    )  # fmt: skip

    def __init__(self, *args: Any, waiting: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rest"].help_text = f"现在还有 {waiting} 篇。"
        self.helper = FormHelper()
        self.helper.layout = Layout(Field("rest", wrapper_class="one-per-line"))


class JudgesForm(forms.Form):
    judges = forms.ModelMultipleChoiceField(
        label="评委", queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="评委在平台上逐篇打分，平均分供评奖参考。不设评委也可以直接评奖。",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["judges"].queryset = User.objects.filter(pk__in=[user.pk for user in people]).order_by("name", "pk")
        self.fields["judges"].label_from_instance = lambda user: user.name
        self.helper = FormHelper()
        self.helper.layout = Layout(Field("judges", wrapper_class="one-per-line"))


def labelled(what: str, entry: Entry) -> str:
    """The heading above says which text it is; whoever hears the page hears it with the field."""
    return format_html('{}<span class="visually-hidden">：{}</span>', what, entry)


class EntryRows(forms.Form):
    """A table with a few fields per submission; `rows` pairs each with its bound fields."""

    names: tuple[str, ...] = ()

    def __init__(self, *args: Any, entries: Sequence[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries
        for entry in entries:
            self.add_fields(entry)

    def add_fields(self, entry: Entry) -> None:
        raise NotImplementedError

    @property
    def rows(self) -> list[tuple[Entry, list[Any]]]:
        return [(entry, [self[f"{name}_{entry.pk}"] for name in self.names]) for entry in self.entries]

    def value(self, name: str, entry: Entry) -> Any:
        return self.cleaned_data[f"{name}_{entry.pk}"]


class ScoreForm(EntryRows):
    """A judge's points and remarks."""

    names = ("points", "remark")

    def __init__(self, *args: Any, most: int, given: Mapping[int, tuple[Decimal, str]], **kwargs: Any) -> None:
        self.most, self.given = most, given
        super().__init__(*args, **kwargs)

    def add_fields(self, entry: Entry) -> None:
        points, remark = self.given.get(entry.pk, (None, ""))
        self.fields[f"points_{entry.pk}"] = forms.DecimalField(
            label=labelled("分数", entry), required=False, min_value=0, max_value=self.most, max_digits=5,
            decimal_places=1, initial=points,
        )  # fmt: skip
        self.fields[f"remark_{entry.pk}"] = forms.CharField(
            label=labelled("评语", entry), required=False, max_length=200, initial=remark
        )

    @property
    def points(self) -> dict[int, tuple[Decimal | None, str]]:
        return {each.pk: (self.value("points", each), self.value("remark", each)) for each in self.entries}


class AwardForm(EntryRows):
    """Prizes and presentations of all submissions, and the groups that get a prize."""

    names = ("prize", "presented")

    def __init__(self, *args: Any, prizes: Sequence[tuple[str, str]], group_prizes: Sequence[tuple[str, str]],
                 groups: Mapping[str, str], **kwargs: Any) -> None:  # fmt: skip
        self.prizes, self.group_prizes = prizes, group_prizes
        super().__init__(*args, **kwargs)
        for code, label in group_prizes:
            self.fields[f"group_{code}"] = forms.CharField(
                label=f"{label}（获奖的组或单位，一行一个）", required=False, initial=groups.get(code, ""),
                widget=forms.Textarea(attrs={"rows": 4}),
            )  # fmt: skip

    def add_fields(self, entry: Entry) -> None:
        kept = [(entry.prize, entry.prize)] if entry.prize and entry.prize not in dict(self.prizes) else []
        self.fields[f"prize_{entry.pk}"] = forms.ChoiceField(
            label=labelled("奖项", entry), required=False, initial=entry.prize,
            choices=[("", "不评奖"), *self.prizes, *kept],
        )  # fmt: skip
        self.fields[f"presented_{entry.pk}"] = forms.ChoiceField(
            label=labelled("会上交流", entry), required=False, initial=entry.presented, choices=Presented.choices
        )

    @property
    def group_fields(self) -> list[Any]:
        return [self[f"group_{code}"] for code, _ in self.group_prizes]

    @property
    def awards(self) -> dict[int, Award]:
        return {each.pk: Award(self.value("prize", each), self.value("presented", each)) for each in self.entries}

    @property
    def groups(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"group_{code}"] for code, _ in self.group_prizes}
