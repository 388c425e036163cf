"""The audit trail: who did what to which object, when, from where, with which result (GB/T 22239 8.1.4.3)."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One act. Rows are added, never changed or deleted (a database trigger holds that).

    `office` is the code of the office the object belongs to, empty for acts outside any office.
    """

    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="操作人"
    )
    actor_name = models.CharField("操作人", max_length=60)
    ip = models.CharField("地址", max_length=45, blank=True)
    request_id = models.CharField(max_length=12, blank=True)
    action = models.CharField("操作", max_length=60, db_index=True)
    object_kind = models.CharField("对象类型", max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    object_label = models.CharField("对象", max_length=200, blank=True)
    office = models.CharField(max_length=20, blank=True, db_index=True)
    succeeded = models.BooleanField("结果", default=True)
    detail = models.JSONField("详情", default=dict)

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_id"], name="audit_object")]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.action} {self.object_label}"
