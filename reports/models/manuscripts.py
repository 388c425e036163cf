"""文稿: a document composed from the records, then owned by the office: edited, reviewed, approved, corrected."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.roles import Can
from core.models import Stateful, Versioned
from core.models.workflow import StatefulQuerySet
from organisation.models import Office
from organisation.selectors import grants
from reports.enums import ManuscriptState
from reports.models.produced import Report


class ManuscriptQuerySet(StatefulQuerySet):
    def visible_to(self, user: Any) -> ManuscriptQuerySet:
        """Those who may read reports of the office; until it is approved, not people who only read."""
        known = grants(user)
        approved = Q(state=ManuscriptState.APPROVED, office_id__in=known.where(Can.VIEW_REPORTS))
        working = [pk for right in (Can.EDIT_REPORTS, Can.APPROVE_REPORTS) for pk in known.where(right)]
        return self.filter(approved | Q(office_id__in=working))


class Manuscript(Stateful, Versioned):
    """One document of one office for one period, in one edition.

    `passages` and `figures` are kept as `reports.manuscripts.passages` writes them. Once `frozen_at` is set they, the
    title and the number never change (a trigger holds that): a later correction is another edition that `corrects`
    this one. `digest` is the SHA-256 of what was frozen.
    """

    state = models.CharField("状态", max_length=24, choices=ManuscriptState.choices, default=ManuscriptState.DRAFT)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="manuscripts", verbose_name="办公室")
    document = models.CharField("文件", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    part = models.CharField("期间", max_length=20, blank=True)
    edition = models.PositiveSmallIntegerField("版次", default=1)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    reason = models.CharField("更正原因", max_length=300, blank=True)
    title = models.CharField("标题", max_length=160)
    passages = models.JSONField(default=list)
    figures = models.JSONField(default=dict, help_text="key → value, unit, label, url")
    frame = models.JSONField(default=dict, help_text="office, date and sheet around the text")
    as_of = models.DateTimeField("数据截止")
    doc_word = models.CharField("发文机关代字", max_length=20, blank=True)
    doc_year = models.PositiveSmallIntegerField("发文年份", null=True)
    doc_number = models.PositiveIntegerField("发文顺序号", null=True)
    frozen_at = models.DateTimeField("批准时间", null=True)
    digest = models.CharField("校验码", max_length=64, blank=True)
    report = models.OneToOneField(Report, null=True, on_delete=models.PROTECT, related_name="manuscript")
    created_at = models.DateTimeField("成文时间", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="起草人"
    )

    objects = ManuscriptQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-created_at", "-id"]
        indexes = [models.Index(fields=["office", "-year", "document"], name="manuscript_office_list")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ManuscriptState.values), name="manuscript_state_declared"),
            models.UniqueConstraint(
                fields=["office", "document", "year", "part", "edition"], name="manuscript_edition_once"
            ),
            models.UniqueConstraint(
                fields=["office", "doc_word", "doc_year", "doc_number"], name="manuscript_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("manuscript_detail", args=[self.pk])

    @property
    def doc_no(self) -> str:
        """发文字号 (GB/T 9704-2012 7.2.5): 云联〔2026〕3号; empty before approval."""
        return f"{self.doc_word}〔{self.doc_year}〕{self.doc_number}号" if self.doc_number else ""

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None
