"""What people say around a question: greetings, thanks, filler. It is no part of what they ask.

All functions take text as ``normalise.fold`` gives it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.model import RequestKind

_GREETINGS = (
    "(?:老师|领导|师傅|同志|各位|你们|您们|大家)好|你好|您好|早上好|上午好|中午好|下午好|晚上好|早安|晚安|哈喽|哈罗|嗨|在吗|在么|在不在|有人吗|有人在吗|"
    r"\b(?:hello|hi|hey)\b(?: there\b| everyone\b)?|\bgood (?:morning|afternoon|evening)\b|\bni ?hao\b|\bnin ?hao\b"
)
_THANKS = (
    "(?:万分|非常|十分|太|真是|真的)?感谢(?:你们?|您)?了?(?:的(?:帮助|回答|解答|答复|回复))?(?!信|状)|多谢了?|谢了|"
    "(?:太|非常)?谢谢(?:你们?|您|啦|了|哈)?(?:的(?:帮助|回答|解答|答复|回复))?|麻烦(?:你们?|您)了|辛苦(?:你们?|您)?了?|"
    r"\bthank you(?: very much| so much)?\b|\bmany thanks\b|\bthanks?\b|\bthx\b|\bxie ?xie\b"
)
_GOODBYES = r"再见|拜拜|回见|回头见|下次见(?!面)|没事了|不用了(?!解)|先这样|\bbye(?:[- ]?bye)?\b|\bgoodbye\b|\bsee you\b|\bzai ?jian\b"
_IDENTITY = (
    "(?:你|您)(?:到底|究竟)?是(?:不是)?(?:谁|什么人|真人|人工|人工智能|机器人|机器|ai|人)(?:还是(?:真人|人工|机器人|机器|ai|人))?|"
    "(?:你|您)(?:叫|的名字是|叫做)什么(?:名字)?|(?:你|您)能(?:做|干|帮我做)(?:些|点)?(?:什么|啥)|(?:你|您)会(?:做|干)?(?:些|点)?(?:什么|啥)|"
    "(?:你|您)是(?:个)?什么(?:东西)?(?![\u4e00-\u9fff])|"
    r"有(?:没有)?真人|\bare you (?:a |an )?(?:robot|bot|human|machine|ai|real|real person)\b|\bwho are you\b|\bwhat are you\b|\bwhat can you do\b"
)
_ALONE = "(?<![\u4e00-\u9fff])(?:{})(?![\u4e00-\u9fff])"
_FILLER = (
    "(?:我)?(?:就|只是|是)?(?:想|(?<![主重需])要|来)(?:请教|咨询|了解|知道|问|查)(?:一下|下|问)?|请教(?!育)(?:一下|下)?|请问(?:一下|下)?|(?:咨询|了解|(?<![检调审抽清])查|(?<![访询慰])问)(?:一下|下)|"
    "(?:麻烦|劳驾)(?:你们?|您)?(?:问|查)?(?:一下|下)?|帮(?:我|忙)(?:问|查|看)(?:一下|下|查|看)?|打扰(?:一下|下|了)?|不好意思|冒昧|"
    "就是说|是这样的|话说|(?:你|您)?(?:可以|可不可以|能|能不能)?告诉我(?:一下|下)?|有?谁知道|有人知道|各位(?:亲)?|大神|"
    "急急+|在线等|(?:很|好|挺)急|"
    + _ALONE.format("着急|急|那个|这个嘛|亲|客服|领导|喂")
    + r"|\bplease\b|\bpls\b|\b(?:could|can) you (?:please )?tell me\b|\bi(?:'d| would) like to know\b|\bi want to know\b|\btell me\b|"
    r"\bqing ?wen(?: yi ?xia)?\b|\bwo xiang zhi ?dao\b|\bma ?fan\b"
)
_PARTICLES = re.compile(
    "(?<![酒网咖氧书话])[吧哈哇啦咯喽嗯](?![\u4e00-\u9fff])|[啊呀哦噢喔哎唉诶欸呃]|(?<!喇)嘛|呢(?!绒|喃)|吗(?!啡)(?![\u4e00-\u9fff])"
)


_ASKS_WHO = re.compile(_IDENTITY)
_COURTESIES = (
    (RequestKind.GOODBYE, re.compile(_GOODBYES)),
    (RequestKind.THANKS, re.compile(_THANKS)),
    (RequestKind.GREETING, re.compile(_GREETINGS)),
)
_FILLERS = re.compile(_FILLER)
# What says only that a reply was read.
_NODS = re.compile(
    _ALONE.format("好的?|行|可以|收到|知道了?|明白了?|了解了?|懂了|嗯+") + r"|\b(?:ok|okay|yes|fine|got it)\b"
)
_MEANING = re.compile("[\u3400-\u9fff\U00020000-\U0003134fa-z0-9]")


# Reading one question asks for the same several times.
@lru_cache(maxsize=16)
def remove_chatter(folded: str) -> str:
    """The text without greetings, thanks, goodbyes, filler and particles, a space in the place of each."""
    for pattern in (*(pattern for _, pattern in _COURTESIES), _FILLERS, _PARTICLES):
        folded = pattern.sub(" ", folded)
    return " ".join(folded.split())


def small_talk(folded: str) -> RequestKind | None:
    """Which small talk it is where nothing but small talk stands in the text; None wherever anything more does.

    Where several kinds stand side by side (谢谢,再见), the first of identity, goodbye, thanks and greeting is it.
    """
    rest, asked_who = _ASKS_WHO.subn(" ", folded)
    left = _NODS.sub(" ", remove_chatter(rest))
    if _MEANING.search(left):
        return None if _says_something(left) else RequestKind.NOTHING
    return RequestKind.IDENTITY if asked_who else _courtesy(rest)


def _courtesy(text: str) -> RequestKind:
    for kind, pattern in _COURTESIES:
        text, times = pattern.subn(" ", text)
        if times:
            return kind
    return RequestKind.NOTHING


def _says_something(text: str) -> bool:
    """Whether text has more to it than one letter, a lone digit or one character repeated (哈哈哈, aaaa, 111)."""
    meaning = _MEANING.findall(text)
    return len(set(meaning)) > 1
