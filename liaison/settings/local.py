"""The embedded default: one machine, plain http on 127.0.0.1, started by `script/server`."""

from liaison.settings.base import *  # noqa: F403
from liaison.settings.base import STORAGES

# Hashed names need a collectstatic run; the embedded server reads the source folders instead.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
