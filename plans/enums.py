"""States of a plan, ways to count, and when something is due."""

from django.db import models


class PlanState(models.TextChoices):
    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待审批"
    RETURNED = "returned", "退回修改"
    APPROVED = "approved", "执行中"
    SUPERSEDED = "superseded", "已被新版替代"


EDITABLE = frozenset({PlanState.DRAFT, PlanState.RETURNED})
#: Shown to everybody the plan concerns.
PUBLISHED = frozenset({PlanState.APPROVED, PlanState.SUPERSEDED})


class Metric(models.TextChoices):
    """What of the records is counted. Each measure says which of these it can give."""

    RECORDS = "records", "次（件、篇）"
    PERSON_TIMES = "person_times", "人次"
    MEMBERS = "members", "不同委员人数"
    HOURS = "hours", "小时"
    AMOUNT = "amount", "金额（元）"
    HOUSEHOLDS = "households", "户"
    COPIES = "copies", "册（份）"
    PERCENT = "percent", "百分比（%）"
    AVERAGE = "average", "人均"


class Operator(models.TextChoices):
    AT_LEAST = "at_least", "不少于"
    EXACTLY = "exactly", "计划"
    RANGE = "range", "范围"
    AT_MOST = "at_most", "不超过"


class Period(models.TextChoices):
    YEAR = "year", "全年"
    HALF_YEAR = "half_year", "每半年"
    QUARTER = "quarter", "每季度"
    TWO_MONTHS = "two_months", "每两个月"
    MONTH = "month", "每月"
    TEN_DAYS = "ten_days", "每旬"
    PLENARY = "plenary", "全会期间"
    TERM = "term", "本届"


class Scope(models.TextChoices):
    OFFICE = "office", "全办公室合计"
    EACH_MEMBER = "each_member", "每名委员"
    EACH_GROUP = "each_group", "每个联络组"


class PartOfMonth(models.TextChoices):
    WHOLE = "whole", "全月"
    EARLY = "early", "上旬"
    MIDDLE = "middle", "中旬"
    LATE = "late", "下旬"
    PLENARY = "plenary", "全会期间"


class Rhythm(models.TextChoices):
    """How often a recurring arrangement takes place."""

    MONTH = "month", "每月一次"
    TWO_MONTHS = "two_months", "每两个月一次"
    QUARTER = "quarter", "每季度一次"
    HALF_YEAR = "half_year", "每半年一次"
    THIRDS = "thirds", "每旬一次"


class Reach(models.TextChoices):
    """How far a change of one item of a series goes."""

    THIS = "this", "只改这一次"
    LATER = "later", "这一次和以后各次"
    SERIES = "series", "全部各次"


class ItemState(models.TextChoices):
    """What was decided about an item of the plan in force; without a decision it is planned."""

    PLANNED = "planned", "按计划"
    MOVED = "moved", "已调整时间"
    MERGED = "merged", "已合并"
    CANCELLED = "cancelled", "已取消"


class ItemStanding(models.TextChoices):
    """How a scheduled item stands; follows from its activities, never typed."""

    OPEN = "open", "未开始"
    PREPARING = "preparing", "筹备中"
    HELD = "held", "已开展"
    SUMMARISED = "summarised", "已总结"
    OVERDUE = "overdue", "已过期未开展"
    MERGED = "merged", "已合并"
    CANCELLED = "cancelled", "已取消"
