"""归档包: all documents of an office and a year in one file."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.roles import Can
from core.models import StoredFile
from organisation.models import Office
from organisation.selectors import grants


class ArchiveQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> ArchiveQuerySet:
        """Those who may make one: it holds letters and papers of members too."""
        return self.filter(office_id__in=grants(user).where(Can.MAKE_REPORTS))


class Archive(models.Model):
    """One package as it was made. `documents` counts the documents in it, without index and checksums."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="archives", verbose_name="办公室")
    year = models.PositiveSmallIntegerField("年度")
    with_activities = models.BooleanField("含活动材料和照片", default=False)
    documents = models.PositiveIntegerField("文件数")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="archive")
    created_at = models.DateTimeField("生成时间", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="生成人"
    )

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["office", "-year"], name="archive_office_year")]

    def __str__(self) -> str:
        return self.file.original_name

    def get_absolute_url(self) -> str:
        return reverse("archive_list")
