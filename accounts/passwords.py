"""Password rules: long, not common, not the user name. Sentences in plain Chinese."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

MIN_LENGTH = 10
#: Without characters that are mistaken for one another when read from paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
CONTEXT_WORDS = ("zhengxie", "weiyuan", "cppcc", "liaison", "政协")


class LengthValidator:
    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < MIN_LENGTH:
            raise ValidationError(f"密码至少要有 {MIN_LENGTH} 个字符，可以用一句好记的话。")

    def get_help_text(self) -> str:
        return f"至少 {MIN_LENGTH} 个字符，可以用一句好记的话。"


class UserNameValidator:
    def validate(self, password: str, user: Any = None) -> None:
        if user and user.username and user.username.lower() in password.lower():
            raise ValidationError("密码中不能包含用户名。")

    def get_help_text(self) -> str:
        return "不能包含用户名。"


class CommonValidator(CommonPasswordValidator):
    """Refuses the usual guesses, those with the field's own words and years among them."""

    def validate(self, password: str, user: Any = None) -> None:
        bare = password.lower().strip("0123456789!@#$%.")
        if password.lower() in self.passwords or bare in CONTEXT_WORDS or len(set(password)) < 4:
            raise ValidationError("这个密码太常见，容易被猜到，请换一个。")

    def get_help_text(self) -> str:
        return "不能是常见密码。"


def random_password(length: int = 12) -> str:
    """An initial password to be handed over once and changed at the first sign-in."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(length // 3)) for _ in range(3))
