"""Lists, rules and templates shipped with the portal; offices change them in the basic data."""

from __future__ import annotations

from organisation.defaults import ship_codes, ship_rule
from surveys.enums import Kind
from surveys.models import SurveyTemplate

PURPOSE, GRADE = "survey_purpose", "satisfaction_grade"
SATISFACTION = "satisfaction"

PURPOSES = [(SATISFACTION, "满意度测评"), ("consultation", "征求意见"), ("facts", "了解情况"), ("other", "其他")]
GRADES = [("satisfied", "满意"), ("mostly", "基本满意"), ("unsatisfied", "不满意"), ("unknown", "不了解")]
RATE_RULE, LEAST_RULE, ADDRESS_RULE = "survey.satisfaction_rate", "survey.least_sheets", "survey.public_per_hour"

SCALES = ["学习培训的组织", "调研视察的安排", "联系走访委员的情况", "提案和社情民意的服务", "对联络处工作的总体评价"]
TEMPLATE = "联络处工作满意度测评"


def install() -> None:
    ship_codes(PURPOSE, PURPOSES)
    ship_codes(GRADE, GRADES)
    ship_rule(RATE_RULE, {"satisfied": "满意、基本满意", "left_out": "不了解"}, "满意率的口径，可按本地规定修改")
    ship_rule(LEAST_RULE, 5, "匿名问卷少于这个份数不显示结果，以免认出是谁填的")
    ship_rule(ADDRESS_RULE, 60, "同一网络地址每小时最多接收的群众答卷，防止刷票")
    ship_template()


def ship_template() -> None:
    """Once: an office that switched it off keeps it switched off."""
    if SurveyTemplate.objects.filter(office=None, title=TEMPLATE).exists():
        return
    scales = [{"kind": Kind.SCALE, "text": f"您对{each}是否满意？", "required": True, "choices": []} for each in SCALES]
    scales[-1]["text"] = "您对联络处工作的总体评价？"
    wish = {"kind": Kind.TEXT, "text": "您还有什么意见和建议？", "required": False, "choices": []}
    SurveyTemplate.objects.create(
        title=TEMPLATE, purpose=SATISFACTION, questions=[*scales, wish],
        intro="请按实际感受填写，大约两分钟。匿名填写，统计只看总数。",
    )  # fmt: skip
