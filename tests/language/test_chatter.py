"""Small talk is told from an inquiry, and goes from around one."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.language.chatter import remove_chatter, small_talk
from bot.language.normalise import fold
from bot.model import RequestKind
from tests.language.strategies import texts


def kind(text: str) -> str:
    talk = small_talk(fold(text))
    return talk.value if talk else "inquiry"


@pytest.mark.parametrize(
    "text",
    [
        "你好", "您好!", "你们好", "大家好", "早上好呀", "晚上好", "嗨", "哈喽", "在吗", "有人吗?", "你好啊",
        "您好 请问一下", "你好,请问", "你好你好", "hello", "Hello!", "HI", "good morning", "nihao", "ni hao",
        "ＨＥＬＬＯ",
    ],
)  # fmt: skip
def test_a_greeting_is_greeted(text: str) -> None:
    assert kind(text) == "greeting"


@pytest.mark.parametrize(
    "text", ["谢谢", "谢谢您", "多谢了", "非常感谢", "辛苦了", "thanks", "thank you very much", "THX", "xiexie"]
)
def test_thanks_are_thanks(text: str) -> None:
    assert kind(text) == "thanks"


@pytest.mark.parametrize("text", ["再见", "拜拜", "bye", "谢谢,再见", "没事了谢谢", "thanks, bye", "回头见"])
def test_a_goodbye_ends_the_talk(text: str) -> None:
    assert kind(text) == "goodbye"


@pytest.mark.parametrize(
    "text",
    [
        "你是谁",
        "你是机器人吗",
        "您是真人吗?",
        "你叫什么名字",
        "你能做什么",
        "有真人吗",
        "你好,你是机器人吗",
        "who are you",
        "are you a robot?",
    ],
)
def test_who_answers_may_be_asked(text: str) -> None:
    assert kind(text) == "identity"


@pytest.mark.parametrize(
    "text", ["", "?", "。。。", "哈哈哈", "111", "1", "a", "嗯", "啊", "👍", "😀😀", "请问", "喂", "\x00", "  "]
)
def test_nothing_is_said_in_nothing(text: str) -> None:
    assert kind(text) == "nothing"


@pytest.mark.parametrize(
    "text",
    [
        "你好,2017年公开了多少条", "谢谢,请问电话多少", "hello, how many items were published",
        "你好请问依申请公开怎么收费", "收费", "电话", "什么是政府信息公开", "再见前问一下地址", "依申请公开",
        "主要问题", "xinxi gongkai", "2017年", "客服中心电话", "领导小组", "急诊",
    ],
)  # fmt: skip
def test_a_question_among_small_talk_is_an_inquiry(text: str) -> None:
    assert kind(text) == "inquiry"


@pytest.mark.parametrize(
    "text",
    [
        "主要问题", "存在的主要问题", "重要问题", "领导小组", "领导班子", "局领导", "急诊", "应急管理", "应急预案",
        "紧急", "客服中心", "客服电话", "亲属", "喂养", "查询", "咨询电话", "咨询服务", "调查问卷", "来信来访",
        "来访接待", "来源", "想法", "问题", "询问", "查阅场所", "要求", "哈尔滨", "哈密", "额度", "欧洲", "吗啡",
        "告知", "新闻发布会", "this", "thinking", "highway", "seen", "investment",
    ],
)  # fmt: skip
def test_words_that_hold_chatter_stay_whole(text: str) -> None:
    assert remove_chatter(text) == text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("你好,请问2017年公开了多少条?谢谢", "2017年公开了多少条"),
        ("我想了解一下收费标准", "收费标准"),
        ("麻烦问一下电话是多少呢", "电话是多少"),
        ("不好意思,帮我查一下地址", "地址"),
        ("hello, please tell me the fee, thanks", "the fee"),
        ("收费标准啊", "收费标准"),
        ("急急急 怎么申请", "怎么申请"),
        ("qing wen xinxi gongkai", "xinxi gongkai"),
        ("收费标准", "收费标准"),
        ("你好", ""),
    ],
)
def test_what_is_said_around_a_question_goes(text: str, rest: str) -> None:
    assert remove_chatter(fold(text)).strip(" ,?!.").split() == rest.split()


@pytest.mark.parametrize(
    "text",
    [
        "2017年的金额",
        "投资额",
        "数额",
        "网吧",
        "酒吧",
        "呢绒",
        "感谢信",
        "请教育局答复",
        "不用了解",
        "下次见面会",
        "检查一下",
        "喇嘛",
    ],
)
def test_words_that_end_or_begin_like_chatter_stay_whole(text: str) -> None:
    assert remove_chatter(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("非常感谢您", "thanks"),
        ("太感谢了", "thanks"),
        ("谢了", "thanks"),
        ("谢谢您的回答", "thanks"),
        ("好的谢谢", "thanks"),
        ("hi there", "greeting"),
        ("好的", "nothing"),
        ("收到", "nothing"),
        ("OK", "nothing"),
        ("你是什么", "identity"),
    ],
)
def test_small_talk_in_other_words_is_small_talk(text: str, expected: str) -> None:
    assert kind(text) == expected


@given(texts)
def test_any_text_is_of_some_kind_and_only_loses(text: str) -> None:
    folded = fold(text)
    assert small_talk(folded) in (None, *RequestKind)
    rest = remove_chatter(folded)
    assert rest == " ".join(rest.split())
    assert len(rest) <= len(folded)
