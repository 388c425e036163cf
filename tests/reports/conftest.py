"""Signing in as people who are not of the shared world."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def sign_in_as():
    """`sign_in_as(user)` → a client."""

    def client(user) -> Client:
        browser = Client(headers={"accept-language": "zh-hans"})
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return client
