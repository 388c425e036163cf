"""Kinds and states of members."""

from django.db import models


class Gender(models.TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class MemberState(models.TextChoices):
    SERVING = "serving", "在任"
    LEFT = "left", "已离任"


class CommitteeLevel(models.TextChoices):
    """The CPPCC committee whose member the person is; members of higher committees live here too."""

    COUNTY = "county", "县（市、区）政协"
    CITY = "city", "市政协"
    PROVINCE = "province", "省政协"
    NATION = "nation", "全国政协"


class ImportState(models.TextChoices):
    PENDING = "pending", "等待确认"
    APPLIED = "applied", "已导入"
    DISCARDED = "discarded", "已放弃"


class Fate(models.TextChoices):
    """What becomes of one row of an import."""

    NEW = "new", "新增"
    UPDATE = "update", "更新"
    SAME = "same", "未变"
    FAULTY = "faulty", "有错误"
