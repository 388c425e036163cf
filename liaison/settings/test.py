"""Test settings: the same engines, quicker password hashing."""

import os

from liaison.settings.local import *  # noqa: F403
from liaison.settings.local import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
GALLERY = True
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("LIAISON_TEST_DB", "test_liaison")}
# Test connections are many and short; a pooled one would outlive the database it points at.
DATABASES["default"]["CONN_MAX_AGE"] = 0
