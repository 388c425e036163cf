"""Chinese names of this app's acts, lists and rules, for the audit trail and the basic data."""

from audit import labels
from organisation import lists
from organisation.lists import CodeList, RuleName
from proposals.defaults import CATEGORY, CHECK, COLLECTIVE_KIND, NOT_FILED_REASON, RETURN_REASON

PARTS = {"background": "背景", "analysis": "分析", "suggestions": "建议"}


#: Acts of the proposers' side, as the audit trail calls them.
ACTS = {
    "proposal_batch": "提案征集",
    "proposal.discard": "丢弃提案草稿",
    "proposal.attach": "添加提案附件",
    "proposal.detach": "删除提案附件",
    "proposal.choose": "选联名人",
    "proposal.uninvite": "移出联名名单",
    "proposal.remind": "提醒联名人",
    "proposal.order": "调整署名顺序",
    "proposal.convenor": "选召集人",
    "proposal.answer": "答复联名邀请",
    "proposal.confirm": "改动后确认联名",
    "proposal.leave": "退出联名",
    "proposal.ask": "申请修改或撤案",
    "proposal.answer_request": "答复修改或撤案申请",
}


def install() -> None:
    labels.register("proposal", "提案")
    for act, label in ACTS.items():
        labels.register(act, label)
    lists.codes.register(COLLECTIVE_KIND, CodeList("集体提案类型", "写集体提案时选用"))
    lists.rules.register("proposal.invitation_days", RuleName("联名邀请默认天数", "天"))
    lists.rules.register("proposal.remind_hours", RuleName("再次提醒联名人的间隔", "小时"))
    lists.rules.register("proposal.grace_minutes", RuleName("征集截止后的宽限", "分钟", "发起征集时预填，可以另定"))
    lists.rules.register("proposal.attachments", RuleName("提案附件个数上限", "个"))
    lists.rules.register("proposal.attachment_mb", RuleName("提案附件大小上限", "MB", "最多 20 MB"))
    lists.codes.register(CATEGORY, CodeList("提案类别", "立案时选择"))
    lists.codes.register(RETURN_REASON, CodeList("提案退回理由", "退回修改时选用"))
    labels.register("proposal.check", "填写提案审查事项")
    labels.register("proposal.recommend", "填写提案审查意见")
    labels.register("proposal.become", "提案转为社情民意")
    labels.register("proposal.new_lead", "提案改并入另一件")
    lists.codes.register(CHECK, CodeList("提案审查事项", "初审时逐项核对"))
    lists.codes.register(NOT_FILED_REASON, CodeList("提案不予立案的理由", "不予立案时必选"))
    lists.rules.register("proposal.bulk_together", RuleName("一次汇编、导出的提案件数上限", "件"))
    lists.rules.register("proposal.bulk_limit", RuleName("一次批量办理的提案件数上限", "件"))
    lists.rules.register("proposal.max_subject", RuleName("提案案由字数上限", "字"))
    lists.rules.register("proposal.min_chars", RuleName("提案各部分最少字数", "字", parts=PARTS))
    lists.rules.register("proposal.suggested_chars", RuleName("提案各部分建议字数", "字", "填写页面的提示", PARTS))
