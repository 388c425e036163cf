"""Key proposals: the case, a task, a record, the result."""

from __future__ import annotations

from typing import Any

from django import forms

from core.clock import today
from core.fields import FilesField
from core.moments import day_field
from core.prose import ProseField
from organisation.forms.fields import laid_out
from organisation.models import Committee, Office
from organisation.selectors import offered
from supervision.defaults import SUPERVISION_WAY
from supervision.forms.fields import ACCEPT, user_choices, year_field
from supervision.models import KeyCase
from supervision.selectors.key_cases import leaders


class KeyCaseForm(forms.Form):
    year = year_field("年度")
    topic = forms.CharField(label="督办主题", max_length=120, required=False, help_text="不填则用案由。")
    leader = forms.TypedChoiceField(label="督办领导账号", required=False, coerce=int, empty_value=None,
                                    help_text="选了以后，领导在自己的页面能看到这件提案并提出要求。")  # fmt: skip
    leader_name = forms.CharField(label="督办领导", max_length=40, required=False,
                                  help_text="没有账号的写姓名和职务；有账号的可以不填。")  # fmt: skip
    committee = forms.ModelChoiceField(Committee.objects.none(), label="组织督办的专委会", required=False,
                                       empty_label="（不指定）")  # fmt: skip

    def __init__(self, *args: Any, office: Office, case: KeyCase | None = None, **kwargs: Any) -> None:
        if case is not None:
            kwargs.setdefault("initial", {name: getattr(case, name) for name in ("topic", "leader_name", "committee")})
            kwargs["initial"]["leader"] = case.leader_id
        super().__init__(*args, **kwargs)
        self.people = {user.pk: user for user in leaders(office)}
        if case is not None and case.leader:
            self.people.setdefault(case.leader.pk, case.leader)
        self.fields["leader"].choices = user_choices(self.people.values(), "（没有账号）")
        self.fields["committee"].queryset = Committee.objects.filter(office=office, is_active=True)
        if case is not None:
            del self.fields["year"]
        self.helper = laid_out(*([] if case else ["year"]), "topic", ("leader", "leader_name"), "committee")

    @property
    def values(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "year"}
        return {**given, "leader": self.people.get(given["leader"])}


class TaskForm(forms.Form):
    what = forms.CharField(label="任务", max_length=200)
    who = forms.CharField(label="责任人（单位）", max_length=60)
    until = day_field("完成期限", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out("what", ("who", "until"))


class RecordForm(forms.Form):
    """`leading`: the supervising leader writes, who may also put down what is to be done."""

    day = day_field("日期", initial=today)
    way = forms.ChoiceField(label="督办方式", required=False)
    is_instruction = forms.BooleanField(label="这是领导提出的督办要求", required=False,
                                        help_text="勾选后不用选督办方式，办公室马上收到通知。")  # fmt: skip
    text = ProseField(label="内容", rows=6, help_text="谁参加、看了什么、谈了什么、要求是什么。")
    uploads = FilesField(
        "个文件", ACCEPT, label="照片和材料", required=False, help_text="可以选多个文件或照片，每个不超过 20 MB。"
    )

    def __init__(self, *args: Any, office: Office, leading: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"is_instruction": leading})
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [("", "请选择"), *offered(SUPERVISION_WAY, office)]
        self.helper = laid_out(("day", "way"), "is_instruction", "text", "uploads")


class ResultForm(forms.Form):
    result = ProseField(label="督办结果", rows=8, help_text="解决了什么，还有什么要继续推进。会给提案人看。")
