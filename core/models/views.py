"""A person's own views of lists: filters and sorting under a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class SavedView(models.Model):
    """`path` is the list's address, `query` its filters as a cleaned query string. One of a list may be the default."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    path = models.CharField(max_length=200)
    name = models.CharField("名称", max_length=20)
    query = models.CharField(max_length=1000, blank=True)
    is_default = models.BooleanField("默认", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "path", "name"], name="saved_view_name_once"),
            models.UniqueConstraint(
                fields=["owner", "path"], condition=Q(is_default=True), name="saved_view_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"{self.path}?{self.query or 'view=all'}"
