"""The portal as `script/server` runs it, plus the floor view and a header with the number of SQL statements."""

from liaison.settings.local import *  # noqa: F403
from liaison.settings.local import MIDDLEWARE

ROOT_URLCONF = "bench.urls"
MIDDLEWARE = ["bench.counting.CountQueriesMiddleware", *MIDDLEWARE]
ALLOWED_HOSTS = ["127.0.0.1"]
