"""Chinese names of this app's acts, lists and rules, for the audit trail and the basic data."""

from audit import labels
from organisation import lists
from organisation.lists import CodeList, RuleName
from surveys.defaults import ADDRESS_RULE, GRADE, LEAST_RULE, PURPOSE, RATE_RULE

ACTS = {
    "survey": "问卷",
    "survey.discard": "删除问卷草稿",
    "survey.remind": "催填问卷",
    "survey.answer": "填写记名问卷",
    "survey.paper": "代录纸质答卷",
    "surveytemplate": "问卷模板",
    "survey_template": "问卷模板",
}


def install() -> None:
    for act, label in ACTS.items():
        labels.register(act, label)
    lists.codes.register(PURPOSE, CodeList("问卷用途", "新建问卷时选择"))
    lists.codes.register(GRADE, CodeList("满意度等次", "满意度题的选项"))
    parts = {"satisfied": "计为满意的等次", "left_out": "不计入总数的等次"}
    lists.rules.register(RATE_RULE, RuleName("满意率的口径", note="等次之间用顿号分开", parts=parts))
    lists.rules.register(LEAST_RULE, RuleName("匿名问卷最少显示份数", "份"))
    lists.rules.register(ADDRESS_RULE, RuleName("同一地址每小时最多答卷", "份", "只管群众问卷"))
