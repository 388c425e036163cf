"""How often something may be asked for, counted in the cache. Without a cache nothing is held back."""

from __future__ import annotations

import logging

from django.core.cache import cache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def within(key: str, *, times: int, seconds: int) -> bool:
    """Counts this call and tells whether it is among the first `times` of the running window of `seconds`."""
    name = f"throttle:{key}"
    try:
        if cache.add(name, 1, timeout=seconds):
            return True
        return cache.incr(name) <= times
    except ValueError:  # the window ended between the two calls
        return True
    except (RedisError, OSError):
        log.warning("throttle %s not counted: the cache is away", key.split(":")[0])
        return True
