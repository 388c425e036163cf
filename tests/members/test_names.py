import pytest

from members.names import initials_of, pinyin_of, tidy
from tests import factories as make

READINGS = [
    ("曾小明", "zeng xiao ming", "zxm"), ("仇英", "qiu ying", "qy"), ("单田", "shan tian", "st"),
    ("解缙", "xie jin", "xj"), ("区大任", "ou da ren", "odr"), ("查良", "zha liang", "zl"),
    ("朴正", "piao zheng", "pz"), ("盖宽", "ge kuan", "gk"), ("翟让", "zhai rang", "zr"), ("乐毅", "yue yi", "yy"),
    ("尉迟恭", "yu chi gong", "ycg"), ("万俟雅", "mo qi ya", "mqy"), ("单于夫", "chan yu fu", "cyf"),
    ("欧阳修", "ou yang xiu", "oyx"), ("吕布", "lv bu", "lb"), ("任贤齐", "ren xian qi", "rxq"),
    ("张 三", "zhang san", "zs"), ("阿依古丽·买买提", "a yi gu li · mai mai ti", "aygl·mmt"),
    ("单", "dan", "d"), ("玥儿", "yue er", "ye"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "pinyin", "initials"), READINGS)
def test_surnames_are_read_as_surnames(name, pinyin, initials):
    assert (pinyin_of(name), initials_of(name)) == (pinyin, initials)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张 三", "张三"),
        ("张　三", "张三"),
        (" 欧阳 玥 ", "欧阳玥"),
        ("Ann  Lee", "Ann Lee"),
        ("买买提•艾", "买买提·艾"),
        ("䶮 𬭎", "䶮𬭎"),
    ],
)
def test_names_are_kept_without_inner_spaces(typed, kept):
    assert tidy(typed) == kept


@pytest.mark.django_db
def test_a_reading_is_filled_at_save_and_a_corrected_one_stays():
    member = make.MemberFactory(name="曾䶮")
    assert (member.name_pinyin, member.name_initials) == ("zeng yan", "zy")
    member.name_pinyin = "ceng yan"
    member.save()
    assert (member.name_pinyin, member.name_initials) == ("ceng yan", "cy")
