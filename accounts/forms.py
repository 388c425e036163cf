"""Sign-in and password forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm

from accounts.models import User, normal_username


class SignInForm(AuthenticationForm):
    """The same sentence for an unknown user and a wrong password."""

    error_messages = {
        "invalid_login": "用户名或密码不对，请检查后重试。忘记密码请联系办公室。",
        "inactive": "用户名或密码不对，请检查后重试。忘记密码请联系办公室。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "用户名"
        self.fields["password"].label = "密码"

    def clean_username(self) -> str:
        """One spelling, so that the throttle counts every way of writing a name together."""
        return normal_username(self.cleaned_data["username"])


class PasswordForm(forms.Form):
    """Change of one's own password. The old one is asked for even when the change is forced."""

    old_password = forms.CharField(
        label="现在的密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new_password = forms.CharField(
        label="新密码",
        strip=False,
        help_text="至少 10 个字符，可以用一句好记的话，不要包含用户名。",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label="再输入一次新密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_old_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["old_password"]):
            raise forms.ValidationError("现在的密码不对。")
        return self.cleaned_data["old_password"]

    def clean(self) -> dict[str, Any]:
        new, repeated = self.cleaned_data.get("new_password"), self.cleaned_data.get("repeated")
        if new and repeated and new != repeated:
            self.add_error("repeated", "两次输入的新密码不一样。")
        if new and new == self.cleaned_data.get("old_password"):
            self.add_error("new_password", "新密码不能与现在的密码相同。")
        if new:
            try:
                password_validation.validate_password(new, self.user)
            except forms.ValidationError as error:
                self.add_error("new_password", error)
        return self.cleaned_data
