"""What a type of activity needs to be complete, as data the office keeps."""

from __future__ import annotations

from django.db import models

from activities.models.activity import ActivityType


class TypeNeeds(models.Model):
    """`evidence`: codes of activities.evidence the checklist asks for; `parts`: further pages such an activity has
    (activities.enums.TypePart). `skeleton` is offered as the start of the minutes. With `report_days` a report goes
    to `report_to` within so many days after the activity (报送时限).
    """

    type = models.OneToOneField(ActivityType, on_delete=models.CASCADE, related_name="needs")
    evidence = models.JSONField("应有材料", default=list, blank=True)
    parts = models.JSONField("需要登记的内容", default=list, blank=True)
    skeleton = models.TextField("活动记录提纲", blank=True)
    report_to = models.CharField("报送对象", max_length=60, blank=True)
    report_days = models.PositiveSmallIntegerField("活动后几天内报送", null=True, blank=True)

    def __str__(self) -> str:
        return str(self.type)
