"""Personal data is told from the numbers of offices, documents and organisations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.personal import (
    Personal,
    find_personal,
    is_card_number,
    is_credit_code,
    is_identity_number,
    mask_personal,
    remove_masked,
)


def kinds(text: str) -> list[Personal]:
    return [trace.kind for trace in find_personal(text)]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("我的身份证号码是420101199001011234，停车", Personal.IDENTITY, "420101199001011234"),
        ("身份证号11010519491231002X，已核", Personal.IDENTITY, "11010519491231002X"),
        ("身份证１１０１０５１９４９１２３１００２Ｘ", Personal.IDENTITY, "１１０１０５１９４９１２３１００２Ｘ"),
        ("110105 19491231 002x", Personal.IDENTITY, "110105 19491231 002x"),
        ("卡号6222 0212 3456 7890 128", Personal.CARD, "6222 0212 3456 7890 128"),
        ("手机13812345678。", Personal.MOBILE, "13812345678"),
        ("手机 138 1234 5678", Personal.MOBILE, "138 1234 5678"),
        ("手机１３８－１２３４－５６７８", Personal.MOBILE, "１３８－１２３４－５６７８"),
        ("+86 138-1234-5678", Personal.MOBILE, "+86 138-1234-5678"),
        ("申请人王小明，电话0722-3312345", Personal.TELEPHONE, "0722-3312345"),
        ("家庭电话：3312345", Personal.TELEPHONE, "3312345"),
        ("家里电话0722-3312345，补助600元", Personal.TELEPHONE, "0722-3312345"),
        ("家庭电话：3312345.", Personal.TELEPHONE, "3312345"),
        ("联系人：王小明/13812345678", Personal.MOBILE, "13812345678"),
        ("王小明-13812345678", Personal.MOBILE, "13812345678"),
        ("王小明，男，住东城区人民路12号3单元501室", Personal.ADDRESS, "东城区人民路12号3单元501室"),
        ("家住东风路8号2单元301户", Personal.ADDRESS, "东风路8号2单元301户"),
        ("家庭住址：某某镇李家村3组", Personal.ADDRESS, "某某镇李家村3组"),
    ],
)
def test_personal_data_is_found_where_it_stands(text: str, kind: Personal, found: str) -> None:
    (trace,) = find_personal(text)
    assert (trace.kind, text[trace.start : trace.end]) == (kind, found)


@pytest.mark.parametrize(
    "text",
    [
        "联系电话：0722-3591234，传真：0722-3591235",
        "申请人可拨打办公室咨询电话0722-3591234",
        "统一社会信用代码：91350100M000100Y43",
        "统一社会信用代码 12421300MB1234567X",
        "索引号：011336786/2017-00133",
        "索引号：6222021234567890128",
        "招商发〔2017〕12号，2017年12月31日，金额20171231.00元",
        "110105194912310021",
        "办公地址：东城区人民路12号",
        "全年接待510人次，网站浏览13812345678901次",
        "项目代码2017-421300-50-03-123456",
        "局长王小明主持会议，住房保障12号文件",
        "分管领导组织开展廉租房申请，经济适用分利住房保障2134次，新增1957户",
        "万店撑住幼儿园办理拆迁补偿481户，男室女家住房保障275户",
        "全年竣工公租房及宿舍，安置向阳住宅小区12栋",
    ],
)
def test_numbers_of_offices_and_papers_are_no_personal_data(text: str) -> None:
    assert kinds(text) == []


def test_several_are_found_in_their_order() -> None:
    text = "姓名：李四，身份证号11010519491231002X，手机13812345678，户籍地：甲市乙路5号"
    assert kinds(text) == [Personal.IDENTITY, Personal.MOBILE, Personal.ADDRESS]


def test_masking_leaves_what_surrounds_and_tells_nothing() -> None:
    assert mask_personal("我叫李四，手机13812345678，怎么申请？") == "我叫李四，手机138******78，怎么申请？"
    assert mask_personal("怎么申请？") == "怎么申请？"


def test_checksums_decide() -> None:
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("110105194912310021")
    assert not is_identity_number("11010519491331002X")
    assert is_card_number("6222021234567890128")
    assert not is_card_number("6222021234567890129")
    assert is_credit_code("91350100M000100Y43")
    assert not is_credit_code("91350100M000100Y44")


@given(st.text(alphabet="1380628 -—X王住号室：家庭住址，a\n0", max_size=60))
def test_any_text_is_masked_to_its_length_and_then_holds_no_number(text: str) -> None:
    hidden = mask_personal(text)
    assert len(hidden) == len(text)
    assert not {Personal.IDENTITY, Personal.CARD, Personal.MOBILE} & set(kinds(hidden))


@pytest.mark.parametrize("said", ["停车怎么收费 13912345678", "停车怎么收费，110105 19491231 002X", "停车怎么收费"])
def test_what_is_left_of_masked_numbers_is_no_word_of_the_question(said: str) -> None:
    assert remove_masked(mask_personal(said)).rstrip(" ，") == "停车怎么收费"
