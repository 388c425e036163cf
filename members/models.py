"""Member records: one person, one file (一委员一档案)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from accounts.roles import Can
from core.models import Versioned
from members.enums import CommitteeLevel, Gender, ImportState, MemberState
from members.names import initials_from, pinyin_of
from organisation.models import Committee, LiaisonGroup, Office, Sector, Term
from organisation.selectors import grants


class MemberQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> MemberQuerySet:
        """Those of the offices the user may look into, and the user's own record."""
        return self.filter(Q(office_id__in=grants(user).where(Can.VIEW_MEMBERS)) | Q(user_id=user.pk))

    def serving(self) -> MemberQuerySet:
        return self.filter(state=MemberState.SERVING)

    def times(self, office_ids: frozenset[int]) -> list[tuple[int, int, date, date]]:
        """(id, office, first day, last day) of everybody of the offices, past members too; open ends are far away."""
        rows = self.filter(office_id__in=office_ids).values_list("pk", "office_id", "joined_on", "left_on", "state")
        return [
            (pk, at, since or date.min, date.max if state == MemberState.SERVING else until or date.min)
            for pk, at, since, until, state in rows
        ]


class Member(Versioned):
    """A CPPCC member and the liaison office that serves them. `user` is empty until an account is opened."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="members", verbose_name="联络处")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="member"
    )
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="members", verbose_name="届别")
    member_no = models.CharField("委员编号", max_length=20)
    name = models.CharField("姓名", max_length=40)
    name_pinyin = models.CharField(max_length=80, blank=True, db_index=True)
    name_initials = models.CharField(max_length=20, blank=True, db_index=True)
    gender = models.CharField("性别", max_length=6, choices=Gender.choices)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    party_affiliation = models.CharField("党派", max_length=30, blank=True)
    sector = models.ForeignKey(
        Sector, null=True, blank=True, on_delete=models.PROTECT, related_name="members", verbose_name="界别"
    )
    committee = models.ForeignKey(
        Committee, null=True, blank=True, on_delete=models.PROTECT, related_name="members", verbose_name="专门委员会"
    )
    group = models.ForeignKey(
        LiaisonGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="members", verbose_name="联络组"
    )
    level = models.CharField("委员级别", max_length=10, choices=CommitteeLevel.choices, default=CommitteeLevel.COUNTY)
    is_standing_member = models.BooleanField("常委", default=False)
    employer = models.CharField("工作单位及职务", max_length=100, blank=True)
    phone = models.CharField("手机", max_length=20, blank=True)
    email = models.EmailField("邮箱", blank=True)
    address = models.CharField("通讯地址", max_length=120, blank=True)
    joined_on = models.DateField("任职日期", null=True, blank=True)
    left_on = models.DateField("离任日期", null=True, blank=True)
    left_reason = models.CharField("离任原因", max_length=100, blank=True)
    state = models.CharField("状态", max_length=10, choices=MemberState.choices, default=MemberState.SERVING)
    note = models.TextField("备注", blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["name_pinyin", "id"]
        constraints = [
            models.UniqueConstraint(fields=["term", "member_no"], name="member_no_once_per_term"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(joined_on__isnull=True) | Q(left_on__gte=models.F("joined_on")),
                name="member_left_after_joined",
            ),
            models.CheckConstraint(condition=Q(state__in=MemberState.values), name="member_state_declared"),
        ]
        indexes = [models.Index(fields=["office", "state", "name_pinyin"], name="member_office_list")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/members/{self.pk}/"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_readings()
        super().save(*args, **kwargs)

    def fill_readings(self) -> None:
        """Pinyin and initials for sorting and search; a reading that staff corrected stays."""
        self.name_pinyin = self.name_pinyin or pinyin_of(self.name)
        self.name_initials = initials_from(self.name_pinyin)

    @property
    def masked_phone(self) -> str:
        """138****1234: lists never show a full number, and nothing of those who have left (PI-05)."""
        if self.state == MemberState.LEFT or not self.phone:
            return ""
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) == 11 else "****"


class MemberImport(models.Model):
    """An uploaded register that was checked and waits for its owner's decision. Nothing is in the members' table yet.

    `rows` holds one dict per row (members.importing); it is emptied as soon as it is no longer needed, because it
    holds personal data.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="联络处")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+", verbose_name="届别")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField("文件", max_length=200)
    state = models.CharField("状态", max_length=10, choices=ImportState.choices, default=ImportState.PENDING)
    head = models.JSONField(default=list)
    head_row = models.PositiveIntegerField(default=1)
    rows = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    notes = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField("新增", default=0)
    updated_count = models.PositiveIntegerField("更新", default=0)
    same_count = models.PositiveIntegerField("未变", default=0)
    faulty_count = models.PositiveIntegerField("错误", default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="member_import_state_declared")
        ]

    def __str__(self) -> str:
        return f"委员名册导入 {self.file_name}"[:200]

    def get_absolute_url(self) -> str:
        return f"/members/import/{self.pk}/"

    @property
    def importable(self) -> int:
        return self.total - self.faulty_count
