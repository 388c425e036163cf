"""The first-run page: office, term and session, administrators, on one page."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.contrib.auth import password_validation

from accounts.models import User
from organisation.forms.fields import day, new_password, phone, text, username
from organisation.models import Office


class FirstRunForm(forms.Form):
    """`groups` gives the values as the service takes them."""

    office_name = text("机构全称", 80, help_text="印在文件上的名称，例如“政协青川县委员会”。")
    office_short_name = text("简称", 20, help_text="例如“县政协”。")
    office_kind = forms.ChoiceField(label="类型", choices=Office.Kind.choices)
    office_phone = phone("办公电话")

    term_number = forms.IntegerField(label="现在是第几届", min_value=1, max_value=99)
    term_starts = day("本届起始日期")
    session_number = forms.IntegerField(label="第几次会议", min_value=1, max_value=20)
    session_starts = day("本次会议起始日期", help_text="从这一天起的提案计入本次会议，一般是征集提案开始的日期。")
    plenary_starts = day("全会开幕日期")
    plenary_ends = day("全会闭幕日期")

    admin_name = text("您的姓名", 60)
    admin_username = username("您的用户名")
    admin_phone = phone("手机", 20)
    password = new_password("密码", help_text="至少 10 个字符，可以用一句好记的话，不要包含用户名。")
    repeated = new_password("再输入一次密码")

    security_name = text("安全管理员姓名", 60, required=False)
    security_username = username(
        "安全管理员用户名", required=False, help_text="由另一位同事担任，负责授予角色。也可以以后再开通。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            HTML("<h2>一、机构</h2>"), "office_name", Div("office_short_name", "office_kind", css_class="field-grid"),
            "office_phone",
            HTML("<h2>二、届次</h2>"), Div("term_number", "term_starts", css_class="field-grid"),
            Div("session_number", "session_starts", css_class="field-grid"),
            Div("plenary_starts", "plenary_ends", css_class="field-grid"),
            HTML("<h2>三、系统管理员（您的账号）</h2>"), Div("admin_name", "admin_username", css_class="field-grid"),
            "admin_phone", Div("password", "repeated", css_class="field-grid"),
            HTML("<h2>四、安全管理员（可以以后再设）</h2>"),
            Div("security_name", "security_username", css_class="field-grid"),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        self.check_password()
        self.check_security()
        return self.cleaned_data

    def check_password(self) -> None:
        chosen, repeated = self.cleaned_data.get("password"), self.cleaned_data.get("repeated")
        if chosen and repeated and chosen != repeated:
            self.add_error("repeated", "两次输入的密码不一样。")
        if chosen:
            try:
                password_validation.validate_password(
                    chosen, User(username=self.cleaned_data.get("admin_username", ""))
                )
            except forms.ValidationError as error:
                self.add_error("password", error)

    def check_security(self) -> None:
        name, login = self.cleaned_data.get("security_name"), self.cleaned_data.get("security_username")
        if bool(name) != bool(login):
            missing = "security_username" if name else "security_name"
            if missing not in self.errors:
                self.add_error(missing, "姓名和用户名要一起填写；以后再设的话两项都不填。")
        if login and login.lower() == self.cleaned_data.get("admin_username", "").lower():
            self.add_error("security_username", "安全管理员要由另一个人担任，用户名不能相同。")

    @property
    def groups(self) -> dict[str, Any]:
        data = self.cleaned_data
        security = {"name": data["security_name"], "username": data["security_username"]}
        plenary = {"plenary_starts": data["plenary_starts"], "plenary_ends": data["plenary_ends"]}
        return {
            "office": {name: data[f"office_{name}"] for name in ("name", "short_name", "kind", "phone")},
            "term": {"number": data["term_number"], "name": "", "starts": data["term_starts"], "ends": None},
            "session": {"number": data["session_number"], "name": "", "starts": data["session_starts"], "ends": None,
                        **plenary},
            "administrator": {"name": data["admin_name"], "username": data["admin_username"],
                              "phone": data["admin_phone"], "password": data["password"]},
            "security": security if data["security_name"] else None,
        }  # fmt: skip
