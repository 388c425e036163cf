"""Where a long title breaks: whole words, lines of similar length (GB/T 9704-2012 7.3.1)."""

from __future__ import annotations

import unicodedata
from itertools import combinations, pairwise
from math import ceil

ROOM = 20  # characters of 2号 in 156 mm
MOST_LINES = 4
# Words of our titles that must stay in one piece; a full dictionary would be 10 MB for a handful of lines.
WHOLE = """
委员 政协 联络 联系 办公室 工作室 工作站 工作 总结 计划 方案 要点 报告 通知 情况 提案 建议 意见
信息 活动 调研 视察 考察 协商 座谈 走访 社情民意 界别 履职 名册 名单 统计 汇总 考勤 积分 档案
年度 半年 上半年 下半年 季度 月度 会议 纪要 全体 专题 专项 重点 推进 加快 加强 开展 落实 完善
促进 提升 优化 深化 实施 办理 答复 发展 建设 改造 治理 服务 管理 保护 社区 街道 小区 乡村 城区
城市 农村 企业 环境 教育 养老 医疗 文化 旅游 交通 生态 振兴 群众 民营 经济 高质量 印发 关于
"""
WORDS = tuple(WHOLE.split())
GOOD_AFTER = "室会局厅院校县市区镇乡处组度，、》"
GOOD_BEFORE = ("关于", "暨", "和", "《", "工作", "情况")
BAD_AFTER = "关于和暨与的（“《"
BAD_BEFORE = "）”》，、：的"


def title_lines(title: str) -> list[str]:
    """The title cut into as few lines as fit, at the most sensible places; line feeds in it are kept."""
    return [line for part in title.split("\n") for line in _balanced(part)]


def _balanced(title: str) -> list[str]:
    count = ceil(_width(title) / ROOM)
    if not 1 < count <= MOST_LINES:
        return [title]
    places = [at for at in range(1, len(title)) if _may_break(title, at)]
    cuts = [_cut(title, chosen) for chosen in combinations(places, count - 1)]
    fitting = [lines for lines in cuts if max(map(_width, lines)) <= ROOM]
    return min(fitting, key=_cost, default=[title])


def _cut(title: str, places: tuple[int, ...]) -> list[str]:
    ends = [0, *places, len(title)]
    return [title[start:end] for start, end in pairwise(ends)]


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def _may_break(title: str, at: int) -> bool:
    """Not inside a number or a known word, nor between a number and its unit, nor beside a bracket."""
    before, after = title[at - 1], title[at]
    if before.isascii() or before in BAD_AFTER or after in BAD_BEFORE:
        return False
    return not any(word in title[max(0, at - len(word) + 1) : at + len(word) - 1] for word in WORDS)


def _cost(lines: list[str]) -> float:
    widths = [_width(line) for line in lines]
    clumsy = sum(1 for left, right in pairwise(lines) if not _sensible(left, right))
    return (max(widths) - min(widths)) + 6 * clumsy


def _sensible(left: str, right: str) -> bool:
    return left[-1] in GOOD_AFTER or right.startswith(GOOD_BEFORE) or right[0].isdigit()
