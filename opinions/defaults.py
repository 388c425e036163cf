"""Lists and rules shipped with the portal; offices change them in the basic data (domain.md, section b)."""

from __future__ import annotations

from organisation.defaults import ship_codes, ship_rule

CATEGORY, DECLINE_REASON = "opinion_category", "opinion_decline_reason"

CATEGORIES = [
    ("economy", "经济发展"),
    ("livelihood", "民生保障"),
    ("governance", "基层治理"),
    ("education_health", "教育卫生"),
    ("environment", "城乡环境"),
    ("culture", "文化体育"),
    ("other", "其他"),
]
DECLINE_REASONS = [
    ("vague", "内容比较空泛，缺少具体情况和建议"),
    ("duplicate", "同类情况已经有人反映"),
    ("in_progress", "有关部门已经在办理或已有明确政策"),
    ("personal", "属于个人或单位的具体诉求，建议通过信访、热线等渠道反映"),
    ("several_matters", "一条里反映了几件事，请一事一报"),
    ("out_of_scope", "不属于社情民意信息的范围"),
]


def install() -> None:
    ship_codes(CATEGORY, CATEGORIES)
    ship_codes(DECLINE_REASON, DECLINE_REASONS)
    ship_rule("opinion.max_chars", 1500, "一事一报，全文一般不超过 1500 字")
    ship_rule("opinion.max_title", 40, "标题字数上限，可按本地规定修改")
    ship_rule("opinion.min_chars", {"situation": 20, "suggestions": 10}, "有情况、有建议；字数下限由办公室自定")
    ship_rule("opinion.suggested_chars", {"situation": 900, "suggestions": 600}, "填写页面提示的建议字数")
