"""The named lists of a committee: one mechanism, one row per list."""

from __future__ import annotations

from dataclasses import dataclass

from organisation.models import Committee, HandlingUnit, LiaisonGroup, NamedPart, Sector


@dataclass(frozen=True)
class PartKind:
    """`key` names the URLs; `of_committee`: kept by the root office, else by each office for itself."""

    key: str
    model: type[NamedPart]
    label: str
    lead: str
    icon: str
    of_committee: bool = True

    @property
    def edit_url(self) -> str:
        return f"{self.key}_edit"

    @property
    def toggle_url(self) -> str:
        return f"{self.key}_toggle"

    @property
    def has_phone(self) -> bool:
        return any(field.name == "phone" for field in self.model._meta.fields)


KINDS = {
    kind.key: kind
    for kind in (
        PartKind("sector", Sector, "界别", "委员按界别统计和列名，顺序与文件上的一致。", "diagram-3"),
        PartKind("committee", Committee, "专门委员会", "委员参加的专门委员会。", "people"),
        PartKind("group", LiaisonGroup, "联络组", "各联络处的委员活动组。", "person-lines-fill", of_committee=False),
        PartKind("unit", HandlingUnit, "承办单位", "提案交办的党政部门和单位。", "building"),
    )
}
