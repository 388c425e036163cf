"""Typed and pasted text: what is kept, what is counted."""

import pytest

from core.errors import DomainError
from core.prose import length, require_no_gaps, short_parts, tidy, too_long


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("一\r\n二\r三", "一\n二\n三"),
        ("　　首行缩进  \n\n　　第二段\t", "　　首行缩进\n\n　　第二段"),
        ("软\x0b回车\u2028再换", "软\n回车\n再换"),
        ("\n\n 　\n正文\n\n", "正文"),
        ("", ""),
        ("　\n ", ""),
    ],
)
def test_line_ends_are_uniform_and_the_indent_stays(typed, kept):
    assert tidy(typed) == kept
    assert tidy(kept) == kept


def test_white_space_is_not_counted():
    assert length(" 一　二\n三\t4 ") == 4


def test_length_rules_answer_with_a_sentence():
    assert too_long({"subject": "字" * 5}, "subject", "案由", 4) == {
        "subject": "案由最多 4 字，现在是 5 字，请写短一些。"
    }
    assert too_long({"subject": None}, "subject", "案由", 4) == {}
    found = short_parts({"a": "", "b": "三个字"}, {"a": "情况", "b": "分析", "c": "建议"}, {"b": 3})
    assert found == {"a": "请填写“情况”。", "c": "请填写“建议”。"}


def test_the_first_gap_is_told_and_how_many_follow():
    require_no_gaps({}, verb="提交")
    with pytest.raises(DomainError, match="还不能提交：请填写“情况”。另外还有 1 处需要补充。") as caught:
        require_no_gaps({"a": "请填写“情况”。", "b": "请填写“分析”。"}, verb="提交")
    assert caught.value.field == "a"
