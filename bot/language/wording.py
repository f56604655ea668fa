"""The words that make a question a question and carry none of what it is about: 什么, 多少条, 怎么, how many.

All functions take text as ``normalise.fold`` gives it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from bot.language.pinyin import syllable
from bot.language.tokens import is_han

# Units that are counted with 多少 and 几.
COUNTED = "人次|条|件|个|项|份|次|类|种|起|例|批|家|户|名|位|篇|期|宗|字|页|天|日|人"
MONEY = "万元|亿元|元|块钱|块|钱|费用"

_ASKING = (
    rf"(?:有|是|共有|共)?(?:多少|几)(?:个)?(?:{COUNTED}|{MONEY}|工作日|月|年|小时|分钟)?",
    "(?:是)?什么(?:时候|时间|地方|样子|样的|样|东西|意思|内容|情况|方式|渠道|途径)?|啥(?:时候|地方|样|意思)?|哪(?:里|儿|些|个|几个|几|家|一个|一|方面|种|类)?|何(?:时|处|地|种)|"
    "怎么(?:样|办|弄|回事|个|做)?(?:的)?|怎样|咋(?:样|办|弄|回事)?|如何|为什么|为何|为啥|谁|多(?:久|长时间|大|长|快)|(?:大概|大约)?(?:需要|要)?多长",
    "有没有|有无|是不是|是否|能不能|能否|可不可以|可否|会不会|要不要|用不用|需不需要|需要不需要|行不行|对不对|好不好|应不应该|算不算|"
    "有(?:哪些|什么|啥|几)|请(?:说明|介绍|列出|提供)(?:一下)?|介绍(?:一下|下)|说(?:一下|说)|讲(?:一下|讲)|看(?:一下|看|到)|是指|指的是|叫做|算是|"
    "应该|应当|可以|需要(?!量)|能够|想要|打算|准备(?!金)|一共|总共|合计|共计|全部|大概|大约|具体|主要|到底|究竟|目前|现在|"
    "(?:你|您|咱|我)们?(?:单位|局里|局|机关|部门|委|厅|办|这儿|这里|那里|那边|这边|家|的)?|贵(?:局|单位|机关|部门|委|厅|办|市|县|区|方)?|本(?:局|单位|机关)|这(?:份|个|些|里|边|次)?|那(?:个|些|里|边|么)?",
    "的话|关于|对于|有关|通过(?!率)|进行|因为|(?<!目)的(?!士|确)|了(?!解|如)|吗|呢(?!绒)|(?<![酒网])吧",
)
_ENGLISH = frozenset(
    "a about all also an and any anyone are as at be been by can could did did do does done during each else exist exists find for from get getting give had happen has have how i if in into is it its know made make many me much my no not of on "
    "or other our out over per planned please read see she should show so some take tell that the their them there these they this those through to under used via was we were what when where which who whom whose why "
    "will with work would year yes you your".split()
)
# One character of these may be part of a word (所有, 存在), so it only goes where it stands between other borders.
LONELY = "在是有就都也还才又被把让给跟从过得地和与及或能去要会人想"
_CHINESE = re.compile("|".join(_ASKING))
_ASKING_PLACES = re.compile(f"{_CHINESE.pattern}|[何谁哪{LONELY}]")
# What is asked with, spelled: shorter forms only, since a spelled text shows no words' borders.
_SPELLED = (
    "多少条 多少件 多少个 多少次 多少项 多少钱 多少人次 多少人 多少 几条 几件 几个 几次 几项 什么时候 什么地方 什么 哪里 哪些 哪个 哪一个 哪一 怎么样 怎么办 怎么 如何 怎样 "
    "为什么 何时 何处 何地 为何 多久 有没有 是不是 是否 能不能 可以 可不可以 要不要 会不会 需要 一共 总共 你们 贵局 吗 呢 吧 啊 了 的 请问 我想知道 谢谢 你好 您好 在 是 有 哪 几 去年 今年"
).split()


@cache
def asking_pairs() -> frozenset[str]:
    """The neighbouring characters of the words that everybody asks with: 什么, 多少."""
    return frozenset(first + then for word in _SPELLED for first, then in pairwise(word))


@cache
def asking_sounds() -> frozenset[tuple[str, str]]:
    """How `asking_pairs` sound."""
    return frozenset((syllable(pair[0]), syllable(pair[1])) for pair in asking_pairs())


def asking_places(folded: str) -> set[int]:
    """The places of all characters that ask, or only join words that are asked for."""
    return {place for found in _ASKING_PLACES.finditer(folded) for place in range(*found.span())}


# Asked again for each part of a clause that the glossary knows, and those are the same in many questions.
@lru_cache(maxsize=4096)
def content_stretches(folded: str) -> tuple[str, ...]:
    """What is left of a question without its asking words: the stretches of Chinese, Latin and digits between them."""
    kept = _CHINESE.sub(" ", folded)
    words = re.findall("[\u3400-\u9fff〇\U00020000-\U0003134f]+|[a-z\u00df-\u024f'’]+|[0-9]+(?:[.][0-9]+)*", kept)
    return tuple(word for word in map(_without_lonely, words) if word and word not in _ENGLISH)


# Words that begin with what may also stand alone.
_WHOLE = tuple(
    "就业 就诊 就学 就读 就餐 在线 在职 在岗 在编 在校 在建 在册 有效 有关 有限 有偿 有害 有机 有无 过程 过户 过期 地址 地方 地区 地铁 地块 地点 地税 地名 "
    "会议 会计 会员 能源 能力 去向 要求 要点 要素 和谐 和解 与会 从业 从事 从严 还款 还建 都市 让利 给付 给水 跟踪 把关 被告 才艺 人员 人口 人才 人事 人民 "
    "人数 人均 人社 想象 上级 上市 上访 上诉 上报 上网 上学 上年 下岗 下发 下级 下属 下达 下乡 下载 不予 不服 不动 不良 不合 不实 没收 到位 到期 到访 "
    "所有 所得 所属 所在 其他 其它 以下 以上 以内 以外 于都 等级 每年 每月 每周 每季 各类 各项 各级 各县 来源 来访 来电 来信 来函 来随 着力 着重 着手 得分 得失 之间 为民".split()
)
_TRAILING = "在是有就都也还才又被把让给跟从和与或及去要想不没到其于等的"
_WHOLE_ENDS = (
    "存在",
    "所在",
    "正在",
    "内在",
    "所有",
    "拥有",
    "国有",
    "具有",
    "享有",
    "还是",
    "参与",
    "给与",
    "得到",
    "收到",
    "达到",
    "同等",
    "平等",
    "重要",
    "主要",
    "需要",
)


def _without_lonely(word: str) -> str:
    """A stretch without the function words at its ends, unless they begin or end a longer word (存在, 就业)."""
    while len(word) > 2 and word[0] in LONELY and not word.startswith(_WHOLE):
        word = word[1:]
    while len(word) > 2 and word[-1] in _TRAILING and not word.endswith(_WHOLE_ENDS):
        word = word[:-1]
    return word if len(word) != 1 or word not in LONELY else ""


_CLAUSE_END = re.compile(r"[,，。;；!！?？\n]+")
_CUE = re.compile(
    "吗|么|呢|什么|啥|哪|几|多少|多久|多长|怎|咋|如何|为何|谁|何时|有没有|有无|是否|是不是|能不能|能否|可否|要不要|用不用|会不会|不$|没$|没有$|"
    "[a-z]|情况|数量|多大"
)


def clauses(folded: str) -> tuple[str, ...]:
    """The parts of a text between commas and stops."""
    return tuple(filter(None, map(str.strip, _CLAUSE_END.split(folded))))


def asks(clause: str) -> bool:
    """Whether a clause has a question's cue in it."""
    return _CUE.search(clause) is not None


@cache
def _spelled_asking() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(map(syllable, word)) for word in _SPELLED)


def content_sounds(sounds: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The stretches of a spelled question between its asking words, as syllables."""
    asking = _spelled_asking()
    stretches: list[list[str]] = [[]]
    start = 0
    while start < len(sounds):
        for length in range(min(4, len(sounds) - start), 0, -1):
            if tuple(sounds[start : start + length]) in asking:
                stretches.append([])
                start += length
                break
        else:
            stretches[-1].append(sounds[start])
            start += 1
    return tuple(tuple(stretch) for stretch in stretches if stretch)


_FIGURE = re.compile(
    rf"(?:多少|几)(?:个)?(?P<unit>{COUNTED}|{MONEY}|工作日|年|月|小时)?|(?P<share>比例|占比|百分之几|百分比|percent)|数量|总数|件数|条数|人数|金额|"
    r"how (?:many|much)|number of"
)
_SPELLED_UNITS = {tuple(map(syllable, unit)): unit for unit in (*COUNTED.split("|"), "元", "钱")}


def spelled_unit(sounds: Sequence[str]) -> str | None:
    """As ``asked_unit``, of a question spelled in pinyin and cut into syllables."""
    for start in range(len(sounds)):
        for asking in (("duo", "shao"), ("ji",)):
            rest = start + len(asking)
            if tuple(sounds[start:rest]) == asking:
                units = (_SPELLED_UNITS.get(tuple(sounds[rest : rest + length])) for length in (2, 1))
                unit = next(filter(None, units), None)
                if unit or len(asking) == 2:
                    return unit or ""
    return None


_TIME = re.compile(
    r"什么时候|什么时间|啥时候|何时|哪天|哪一天|几号|哪年|日期|多久|多长时间|几天|几个工作日|\bwhen\b|how (?:long|often)|\bshen ?me ?shi ?hou\b|\bduo ?jiu\b"
)


def asked_unit(folded: str) -> str | None:
    """The unit of the figure that a question asks for; empty where it asks for a figure of any kind, None where for none.

    "%" stands for a share.
    """
    found = _FIGURE.search(folded)
    if found is None:
        return None
    if found["share"]:
        return "%"
    return found["unit"] or ""


def asks_for_time(folded: str) -> bool:
    """Whether a question asks for a date or a length of time."""
    return _TIME.search(folded) is not None


_ABOUT_PUBLISHING = re.compile(
    "(?:年度|政府|政务|信息|公开|工作|总结|报告|年报|文件|通知|公告|指南|发布|公布|发出来|发出|出来|出台|出的?|印发|签发|落款|日期|时间|日子|写的?)+"
)


def asks_when_published(stretches: Sequence[str]) -> bool:
    """Whether a question for a time is about a document's own date: nothing but words for documents and publishing is left."""
    return bool(stretches) and all(_ABOUT_PUBLISHING.fullmatch(stretch) for stretch in stretches)


_RECENT = re.compile(
    "最近|最新|近期|近来|新近|刚刚|新(?=的|发布|公布|公开|出台|政府|信息|消息|内容|文件|公告|动态|资讯|东西)|"
    r"\b(?:newest|latest|recently|recent|new|news)\b"
)
_PUBLISHED = re.compile(
    "发布|公布|公开|更新|出台|政府|政务|信息|消息|内容|文件|公告|动态|资讯|东西|[发出]|"
    r"\b(?:published|disclosed|released|disclosures?|publications?|information|items?|documents?|news|anything)\b|'s\b"
)


def asks_for_news(folded: str) -> bool:
    """Whether a question asks what was published last, of whatever kind: 最近发布了什么; 最新的年度报告 asks for a report."""
    if not _RECENT.search(folded) or asked_unit(folded) is not None or asks_for_time(folded):
        return False
    return not content_stretches(_PUBLISHED.sub(" ", _RECENT.sub(" ", folded)))


def is_english(folded: str) -> bool:
    """Whether a text has Latin words and no Chinese characters."""
    letters = [character for character in folded if character.isalpha()]
    return bool(letters) and not any(is_han(character) for character in letters)


def has_english_words(words: Sequence[str]) -> bool:
    """Whether one of the words is among English's most usual ones."""
    return any(word in _ENGLISH and len(word) > 2 for word in words)
