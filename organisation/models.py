"""Offices, who works in them, and the basic data of a term: sessions, sectors, groups, units, code lists."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.roles import ROLES


class Office(models.Model):
    """A node of the tree: the county committee's office, below it the townships' and streets' liaison offices."""

    class Kind(models.TextChoices):
        COUNTY = "county", "县（市、区）政协"
        TOWNSHIP = "township", "乡镇联络处"
        STREET = "street", "街道联络处"
        STUDIO = "studio", "委员联络室"

    code = models.CharField("编码", max_length=20, unique=True)
    name = models.CharField("全称", max_length=80)
    short_name = models.CharField("简称", max_length=20)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name="上级"
    )
    phone = models.CharField("办公电话", max_length=30, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=~Q(parent=F("id")), name="office_not_its_own_parent")]

    def __str__(self) -> str:
        return self.name


class DatedQuerySet(models.QuerySet):
    """Rows that hold from `starts` to `ends` (both included; no end: still holding)."""

    def on(self, day: date) -> DatedQuerySet:
        return self.filter(starts__lte=day).filter(Q(ends__isnull=True) | Q(ends__gte=day))


class Dated(models.Model):
    starts = models.DateField("起始日期")
    ends = models.DateField("截止日期", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="%(class)s_ends_after_start"
            )
        ]


class Term(Dated):
    """届. Belongs to the committee, that is to the office at the root of its tree."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField("届")
    name = models.CharField("名称", max_length=40)

    class Meta(Dated.Meta):
        ordering = ["-number"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["office", "number"], name="term_number_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Session(Dated):
    """次: one plenary and the months until the next. Case numbers of proposals count per session."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField("次")
    name = models.CharField("名称", max_length=60)
    plenary_starts = models.DateField("全会开幕")
    plenary_ends = models.DateField("全会闭幕")

    class Meta(Dated.Meta):
        ordering = ["-starts"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["term", "number"], name="session_number_once"),
            models.CheckConstraint(condition=Q(plenary_ends__gte=F("plenary_starts")), name="session_plenary_dates"),
        ]

    def __str__(self) -> str:
        return self.name


class NamedPart(models.Model):
    """A named part of a committee, kept in the order the office uses on paper."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="机构")
    name = models.CharField("名称", max_length=60)
    order = models.PositiveSmallIntegerField("排序", default=0)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        abstract = True
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="%(class)s_name_once")]

    def __str__(self) -> str:
        return self.name


class Sector(NamedPart):
    """界别, of the committee (root office)."""


class Committee(NamedPart):
    """专门委员会, of the committee (root office)."""


class LiaisonGroup(NamedPart):
    """联络组（活动组）, of a liaison office."""


class HandlingUnit(NamedPart):
    """承办单位, of the committee (root office)."""

    phone = models.CharField("联系电话", max_length=30, blank=True)


class PostingQuerySet(DatedQuerySet):
    """Postings; one taken back on its first day holds on no day at all."""

    def on(self, day: date) -> PostingQuerySet:
        return super().on(day).filter(taken_back=False)

    def live(self, day: date) -> PostingQuerySet:
        """Those that hold on the day or will later."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day), taken_back=False)


class Posting(Dated):
    """Which user holds which role in which office, from when to when.

    A posting is never deleted. `taken_back`: ended before its first day was over; `starts` stays as it was granted.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="postings", verbose_name="人员"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="postings", verbose_name="机构")
    role = models.CharField("角色", max_length=12, choices=[(role.code, role.label) for role in ROLES.values()])
    unit = models.ForeignKey(
        HandlingUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="postings", verbose_name="承办单位"
    )
    taken_back = models.BooleanField("已收回", default=False)

    objects = PostingQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role="unit", unit__isnull=False) | (~Q(role="unit") & Q(unit__isnull=True)),
                name="posting_unit_for_unit_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {ROLES[self.role].label} · {self.office.short_name}"


class Code(Dated):
    """One entry of a list offices keep themselves: categories, reasons, types. Effective-dated, never deleted.

    `office` null: shipped for everybody; an office's own entries are added to the shipped ones.
    """

    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="codes")
    kind = models.CharField("码表", max_length=40)
    code = models.CharField("代码", max_length=40)
    label = models.CharField("名称", max_length=80)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta(Dated.Meta):
        ordering = ["kind", "order", "id"]
        indexes = [models.Index(fields=["kind", "code"], name="code_kind_code")]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "code", "starts", "office"], name="code_once_per_start", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Rule(models.Model):
    """One setting of the rule set with the day from which it holds. The newest that has begun counts.

    `office` null: the shipped value; an office's own value goes first, then that of the offices above it.
    """

    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="rules")
    key = models.CharField("规则", max_length=60)
    value = models.JSONField("取值")
    starts = models.DateField("生效日期")
    note = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        ordering = ["key", "-starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "starts", "office"], name="rule_once_per_start", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.key


class DaysOff(models.Model):
    """放假或调休上班的日子, as the yearly notice of the State Council says it, or an office's own (地方节日).

    `office` null: shipped for everybody. Weekends need no row.
    """

    class Kind(models.TextChoices):
        REST = "rest", "放假"
        WORK = "work", "调休上班"

    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="days_off", verbose_name="机构"
    )
    kind = models.CharField("安排", max_length=8, choices=Kind.choices, default=Kind.REST)
    name = models.CharField("名称", max_length=40)
    first = models.DateField("从")
    last = models.DateField("到")
    note = models.CharField("依据", max_length=120, blank=True)

    class Meta:
        ordering = ["first", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="days_off_in_order"),
            models.CheckConstraint(condition=Q(kind__in=["rest", "work"]), name="days_off_kind_declared"),
            models.UniqueConstraint(fields=["office", "kind", "first"], name="days_off_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"{self.name}{self.get_kind_display()}"


class FirstRunToken(models.Model):
    """The one-time address that opens the first-run page. Only a digest is kept, and only one row at a time."""

    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"valid until {self.expires_at:%Y-%m-%d %H:%M}"
