"""User accounts. What a user may do follows from postings (organisation), not from flags here."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


def normal_username(typed: str) -> str:
    """User names do not tell capitals from small letters: phones like to begin with a capital."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


class UserManager(BaseUserManager):
    def create_user(self, username: str, password: str | None, *, name: str, **values: Any) -> User:
        """Saves a new account; without a password it cannot sign in."""
        user = self.model(username=normal_username(username), name=name.strip(), **values)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=normal_username(username or ""))


class User(AbstractBaseUser):
    """A person who can sign in. `name` is the name other people see."""

    username = models.CharField("用户名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    phone = models.CharField("手机", max_length=20, blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name
