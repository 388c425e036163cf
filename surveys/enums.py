"""States, kinds of questions and audiences of a survey."""

from django.db import models


class SurveyState(models.TextChoices):
    DRAFT = "draft", "草稿"
    OPEN = "open", "填写中"
    CLOSED = "closed", "已结束"


TONES = {SurveyState.DRAFT: "neutral", SurveyState.OPEN: "info", SurveyState.CLOSED: "success"}


class Kind(models.TextChoices):
    """What a question asks for. A scale offers the grades of the list “satisfaction_grade”."""

    SINGLE = "single", "单选"
    MULTIPLE = "multiple", "多选"
    SCALE = "scale", "满意度"
    NUMBER = "number", "数字"
    TEXT = "text", "文字"


#: Kinds with choices of their own.
LISTED = frozenset({Kind.SINGLE, Kind.MULTIPLE})


class Audience(models.TextChoices):
    MEMBERS = "members", "本办公室和下级联络处的全体委员"
    GROUPS = "groups", "选定的联络组"
    CHOSEN = "chosen", "指定的委员"
    PUBLIC = "public", "群众（凭链接或二维码填写）"
