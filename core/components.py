"""Plain values the page components show. Views build them; templates only read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

#: The tones a badge, a notice or a figure may have. Text always says what the tone means.
TONES = ("neutral", "info", "success", "warning", "danger")


@dataclass(frozen=True)
class Link:
    """A button in the page header. `post=True` makes it a form (something is written); `denied_reason` disables it.

    `tone` is primary, secondary, danger or quiet; `icon` a name of Bootstrap Icons.
    """

    label: str
    url: str
    tone: str = "secondary"
    icon: str = ""
    post: bool = False
    denied_reason: str = ""


@dataclass(frozen=True)
class Page:
    """What stands at the top of a page. The last breadcrumb has an empty url. `badge` is the state of the object."""

    title: str
    lead: str = ""
    breadcrumbs: Sequence[tuple[str, str]] = ()
    actions: Sequence[Link] = ()
    badge: str = ""
    badge_tone: str = "neutral"


@dataclass(frozen=True)
class Task:
    """One line of a work list: what waits, until when (`due` as text), how urgent (`tone`)."""

    title: str
    url: str
    kind: str = ""
    note: str = ""
    due: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class Photo:
    """A thumbnail that leads to the full picture. `alt` says what is on it."""

    thumb_url: str
    url: str
    alt: str
    caption: str = ""
    width: int = 320
    height: int = 240


@dataclass(frozen=True)
class JobPanel:
    """A background job as its owner sees it. Times in seconds; `total` 0 while the stage cannot be counted, `unit` what
    it counts; `ahead` jobs that must end before it begins; `usual` and `remaining` 0 while nobody knows.

    `poll_url` empty once the job is over: the fragment then stops asking. `forward_url`: where the person who waits
    for it is led as soon as it is there.
    """

    id: str
    title: str
    state: str
    stage: str = ""
    done: int = 0
    total: int = 0
    unit: str = ""
    ahead: int = 0
    attempts: int = 1
    elapsed: int = 0
    usual: int = 0
    remaining: int = 0
    slow: bool = False
    poll_seconds: float = 2
    poll_url: str = ""
    cancel_url: str = ""
    retry_url: str = ""
    download_url: str = ""
    open_url: str = ""
    size_text: str = ""
    kept_text: str = ""
    message: str = ""
    forward_url: str = ""

    @property
    def is_over(self) -> bool:
        return self.state in {"done", "failed", "cancelled"}


@dataclass(frozen=True)
class BoardItem:
    """One entry of the month board. `part` is 上旬, 中旬 or 下旬 or empty; `status` says what `tone` means."""

    title: str
    url: str = ""
    part: str = ""
    status: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class BoardMonth:
    label: str
    items: Sequence[BoardItem] = ()
    current: bool = False


@dataclass(frozen=True)
class Side:
    """One field of a conflict: what the user typed against what is stored now."""

    label: str
    mine: str
    stored: str


@dataclass(frozen=True)
class ConflictNotice:
    """Shown when somebody saved first. Saving again with the form's new version keeps the user's own text."""

    who: str
    when: datetime | None
    fields: Sequence[Side] = ()
