"""Lists and rules shipped with the portal; offices change them in the basic data.

Categories after the common six (domain.md, section a); the minimum lengths are ours, meant to catch empty parts.
"""

from __future__ import annotations

from organisation.defaults import ship_codes, ship_rule

CATEGORY, RETURN_REASON = "proposal_category", "proposal_return_reason"
CHECK, NOT_FILED_REASON = "proposal_check", "proposal_not_filed_reason"

COLLECTIVE_KIND = "collective_kind"

COLLECTIVE_KINDS = [
    ("party", "党派"),
    ("people_org", "人民团体"),
    ("committee", "专门委员会"),
    ("sector", "界别"),
    ("group", "委员小组"),
]
CATEGORIES = [
    ("economy", "经济建设"),
    ("politics", "政治建设"),
    ("culture", "文化建设"),
    ("society", "社会建设"),
    ("ecology", "生态文明建设"),
    ("other", "其他"),
]
RETURN_REASONS = [
    ("several_matters", "一件提案里写了几件事，请一事一案，分开提交"),
    ("facts_missing", "情况写得不够清楚，请补充时间、地点、数字等事实"),
    ("analysis_missing", "缺少原因分析"),
    ("suggestions_vague", "建议不够具体，请写明由谁做、做什么、做到什么程度"),
    ("subject_unclear", "案由与正文不一致，或者案由太长、不明确"),
    ("already_submitted", "与您已经提交的提案内容重复"),
]

#: What the office looks at before it decides (domain.md, section a, steps 1 and 3).
CHECKS = [
    ("one_matter", "一事一案，只写一件事"),
    ("facts", "有情况：事实清楚，有时间、地点、数字"),
    ("analysis", "有分析：讲清楚原因"),
    ("suggestions", "有建议：具体可行，写明由谁做什么"),
    ("format", "案由明确，格式规范，提案人资格符合"),
    ("no_duplicate", "没有重复提交"),
    ("fileable", "不属于不予立案的情形"),
]
#: The ten grounds of domain.md, section a, shortened.
NOT_FILED_REASONS = [
    ("secret", "涉及党和国家秘密"),
    ("forbidden", "国家已明令禁止的事项"),
    ("party_matter", "中共党员对党内组织、人事安排的意见"),
    ("own_party", "民主党派成员反映本党派内部的问题"),
    ("in_court", "已经进入诉讼或者仲裁程序"),
    ("academic", "属于学术研讨"),
    ("private", "为本人或者亲属解决个人问题"),
    ("promotion", "宣传、推介具体的作品或者产品"),
    ("denunciation", "指名举报"),
    ("empty", "内容空泛，没有具体建议"),
]


def install() -> None:
    ship_codes(CATEGORY, CATEGORIES)
    ship_codes(RETURN_REASON, RETURN_REASONS)
    ship_codes(CHECK, CHECKS)
    ship_codes(NOT_FILED_REASON, NOT_FILED_REASONS)
    ship_rule("proposal.bulk_together", 1000, "一次汇编、导出的件数上限")
    ship_rule("proposal.bulk_limit", 200, "一次批量办理的件数上限，太多会让别人等候")
    ship_codes(COLLECTIVE_KIND, COLLECTIVE_KINDS)
    ship_rule("proposal.invitation_days", 7, "联名邀请默认等几天，各地没有统一规定")
    ship_rule("proposal.remind_hours", 24, "同一位被邀请人多久以后才能再提醒")
    ship_rule("proposal.grace_minutes", 15, "征集截止以后仍然接收的分钟数，用于网络拥堵，每次征集可以另定")
    ship_rule("proposal.attachments", 5, "一件提案最多几个附件")
    ship_rule("proposal.attachment_mb", 20, "一个附件最大多少 MB，平台上限 20 MB")
    ship_rule("proposal.max_subject", 40, "案由字数上限，可按本地规定修改")
    ship_rule("proposal.min_chars", {"background": 20, "analysis": 20, "suggestions": 20},
              "一事一案，有情况、有分析、有具体建议；字数下限由办公室自定")  # fmt: skip
    ship_rule("proposal.suggested_chars", {"background": 500, "analysis": 400, "suggestions": 600},
              "填写页面提示的建议字数，全文约 1500 字")  # fmt: skip
