"""Types of scheduled items. Activity types are data of an app above; it registers where they are read.

    kinds.providers.register("activities", lambda: ActivityType.objects.filter(is_active=True)
                                                   .values_list("code", "label"))

Without a provider the type of an item is plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from core.registry import Registry

#: name → function () -> (code, label) pairs in the order to offer; one query each.
providers: Registry[Callable[[], Iterable[tuple[str, str]]]] = Registry("provider of item types")


def choices() -> list[tuple[str, str]]:
    """Every (code, label) on offer; empty when nobody registered."""
    return [(code, label) for provider in providers for code, label in provider()]


def labels() -> dict[str, str]:
    """code → label. A code that is not in it is shown as it stands: somebody typed it."""
    return dict(choices())
