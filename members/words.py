"""Chinese names of this app's acts and lists, for the audit trail and the basic data."""

from audit import labels
from members.rules import PARTY_KIND
from organisation import lists

ACTS = {
    "member": "委员资料",
    "member.leave": "委员离任",
    "member.reinstate": "恢复委员",
    "member.private_shown": "查看委员完整电话和证件号",
    "member.open_account": "为委员开通账号",
    "member.reissue_password": "为委员重发初始密码",
    "member_import": "委员导入",
    "member_import.stage": "上传委员名单",
    "member_import.apply": "导入委员名单",
    "member_import.discard": "放弃导入",
}


def install() -> None:
    for action, label in ACTS.items():
        labels.register(action, label)
    lists.codes.register(PARTY_KIND, lists.CodeList("党派", "委员资料"))
