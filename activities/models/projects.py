"""Projects an office supervises over several activities (督查项目，如十件实事)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.roles import Can
from activities.enums import ProjectState
from activities.models.activity import Activity
from core.clock import today
from organisation.models import HandlingUnit, Office
from organisation.selectors import grants


class ProjectQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> ProjectQuerySet:
        return self.filter(office_id__in=grants(user).where(Can.VIEW_ACTIVITIES))


class SupervisedProject(models.Model):
    """One project. `percent` and `condition` are those of its newest entry, kept here for lists."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="projects", verbose_name="办公室")
    name = models.CharField("项目名称", max_length=120)
    year = models.PositiveSmallIntegerField("年度")
    unit = models.ForeignKey(HandlingUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField("责任单位", max_length=60, blank=True)
    goal = models.TextField("目标任务", blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)
    percent = models.PositiveSmallIntegerField("完成进度（%）", default=0)
    condition = models.CharField("状态", max_length=12, choices=ProjectState.choices, default=ProjectState.GOING)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "office", "id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "name"], name="project_once_a_year"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="project_percent_sane"),
            models.CheckConstraint(condition=Q(condition__in=ProjectState.values), name="project_state_declared"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("project_detail", args=[self.pk])

    @property
    def responsible(self) -> str:
        return self.unit.name if self.unit else self.unit_name

    @property
    def is_overdue(self) -> bool:
        return self.condition != ProjectState.DONE and self.due_on is not None and self.due_on < today()


class ProjectEntry(models.Model):
    """How far a project was on a day, seen at an activity or reported otherwise."""

    project = models.ForeignKey(SupervisedProject, on_delete=models.CASCADE, related_name="entries")
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="project_entries"
    )
    on = models.DateField("日期")
    percent = models.PositiveSmallIntegerField("完成进度（%）")
    condition = models.CharField("状态", max_length=12, choices=ProjectState.choices)
    text = models.TextField("情况和问题", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="project_entry_percent_sane"),
            models.CheckConstraint(condition=Q(condition__in=ProjectState.values), name="entry_state_declared"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.percent}%"
