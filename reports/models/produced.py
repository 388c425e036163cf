"""Documents that have been made: files that never change."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.roles import Can
from core.models import StoredFile
from organisation.models import Office
from organisation.selectors import grants


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> ReportQuerySet:
        """Those of the offices whose reports the user reads; with private data only where the user sees such data."""
        from reports.documents import documents

        private = [each.key for each in documents if each.private]
        held = grants(user)
        hidden = models.Q(document__in=private) & ~models.Q(office_id__in=held.where(Can.SEE_PRIVATE))
        return self.filter(office_id__in=held.where(Can.VIEW_REPORTS)).exclude(hidden)


class Report(models.Model):
    """One produced document: which, of whom, for which year, from the data as of when. The file is immutable."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="reports", verbose_name="办公室")
    document = models.CharField("文件", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    part = models.CharField("期间", max_length=20, blank=True, help_text="part of the year, such as q1 or m03")
    title = models.CharField("标题", max_length=160)
    as_of = models.DateTimeField("数据截止")
    pages = models.PositiveIntegerField("页数")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="report")
    word = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    workbook = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField(default=dict, help_text="figure key → value, as printed")
    created_at = models.DateTimeField("生成时间", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="生成人"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["office", "-created_at"], name="report_office_list")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("report_detail", args=[self.pk])

    def in_format(self, form: str) -> StoredFile | None:
        """The file as pdf, docx or xlsx; None when there is none of that kind."""
        return {"pdf": self.file, "docx": self.word, "xlsx": self.workbook}.get(form)


class Paper(models.Model):
    """A document about one record, such as the letter of a reply, as PDF and Word.

    `record_id` and `part_id` (0: none) say of which record, `fingerprint` of which contents: asked for again, the same
    contents are the same file, changed ones a new row. Who may read it is decided by the record (`reports.papers`).
    """

    document = models.CharField("文件", max_length=40)
    record_id = models.PositiveBigIntegerField()
    part_id = models.PositiveBigIntegerField(default=0)
    fingerprint = models.CharField(max_length=64)
    title = models.CharField("标题", max_length=160)
    pdf = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    word = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("生成时间", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="生成人"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "record_id", "part_id", "fingerprint"], name="paper_once_per_contents"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("paper_file", args=[self.pk])

    def in_format(self, form: str) -> StoredFile | None:
        return {"pdf": self.pdf, "docx": self.word}.get(form)
