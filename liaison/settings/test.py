"""Test settings: the same engines, quicker password hashing."""

import os

from liaison.settings.local import *  # noqa: F403
from liaison.settings.local import CACHES, DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
GALLERY = True
TEST_DATABASE = os.environ.get("LIAISON_TEST_DB", "test_liaison")
DATABASES["default"]["TEST"] = {"NAME": TEST_DATABASE}  # each process of a parallel run adds its own ending
# Two test runs on one machine must not take each other's jobs or read each other's cache.
CELERY_TASK_DEFAULT_QUEUE = TEST_DATABASE + os.environ.get("PYTEST_XDIST_WORKER", "")
CACHES["default"]["KEY_PREFIX"] = CELERY_TASK_DEFAULT_QUEUE
# A busy machine may need long to copy the template database.
DATABASES["default"]["OPTIONS"] = {"options": "-c statement_timeout=60000 -c lock_timeout=20000"}
# Test connections are many and short; a pooled one would outlive the database it points at.
DATABASES["default"]["CONN_MAX_AGE"] = 0
