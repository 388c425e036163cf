"""What the pages of records share: who looks in, and the materials of an activity with what can be done to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.roles import Can
from activities.enums import ActivityState
from activities.models import Activity, Material
from activities.permissions import followup as record_rights
from activities.selectors import followup as record_selectors
from activities.type_needs import MATERIAL_KIND
from core.permissions import Permission
from organisation.selectors import can, code_labels


def looks_in(user: Any) -> Permission:
    """Lists across activities are for offices, not for members."""
    return can(user, Can.VIEW_ACTIVITIES)


def later(activity: Activity) -> bool:
    """Whether what is added now is a supplement to a summarised activity."""
    return activity.state == ActivityState.SUMMARISED


@dataclass(frozen=True)
class MaterialRow:
    material: Material
    kind: str
    size: str
    may_write: bool

    @property
    def icon(self) -> str:
        extension = self.material.file.original_name.rsplit(".", 1)[-1].lower()
        names = {"pdf": "pdf", "docx": "word", "xlsx": "excel", "pptx": "slides", "jpg": "image"}
        return f"file-earmark-{names.get(extension, 'text')}"


def material_rows(user: Any, activity: Activity) -> list[MaterialRow]:
    """Those the user may read; two queries."""
    found = record_selectors.materials_seen(user, activity)
    labels = code_labels(MATERIAL_KIND) if found else {}
    may_write = bool(record_rights.can_supplement(user, activity))
    return [MaterialRow(each, labels.get(each.kind, each.kind), size(each.file.size), may_write) for each in found]


def size(count: int) -> str:
    return f"{count / 1_048_576:.1f} MB" if count >= 1_048_576 else f"{max(1, count // 1024)} KB"
