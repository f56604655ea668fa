"""Take off what a web page adds to a text (chrome, the sign-off) and mend what it breaks (lines)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.knowledge.lines import Line, Shape, without_blank_ends
from bot.knowledge.markers import begins_block, marker_of
from bot.knowledge.titles import looks_like_sender, looks_like_title
from bot.language.normalise import simplify
from bot.language.periods import parse_date

_LONGEST_CHROME = 80

# Said by a page to its reader; nothing an agency would report.
_PAGE_SPEECH = re.compile(
    r"^[【\[(（]?(?:(?:请|欢迎)?(?:打开)?(?:用|使用)?(?:微信|手机)?\s*)(?:扫一扫|扫码|扫描二维码|扫描上方|扫描下方)"
    r"|^[^。]{0,10}二维码$"
    r"|(?:您|请).{0,12}浏览器|浏览器.{0,6}(?:版本|升级|太低|过低)|(?:升级|更换)您?的?浏览器|建议使用.{0,20}(?:浏览器|分辨率)"
    r"|(?:您|你)(?:正在)?访问的(?:链接|页面|网页)|即将离开.{0,40}网站|离开.{0,30}门户网站.{0,8}继续"
    r"|版权所有|[Cc]opyright|©|ICP备|公网安备|网站标识码|(?:网站|政务服务)?无障碍浏览|适老化"
)
# A label and its value, as pages print them around a text.
_PAGE_LABEL = re.compile(
    r"^[【\[(（]?\s*(?:当前位置|您?(?:现在|当前)?所在的?位置|您的位置|浏览次数|浏览量|点击数|点击次数|阅读次数|阅读量|访问量|访问次数|责任编辑|编辑|审核|信息来源|文章来源|来源"
    r"|发布时间|发布日期|发布机构|更新时间|作者|字号|字体|字体大小|主办单位|主办|承办单位|承办|技术支持|上一篇|下一篇|上一条|下一条|分享到?|浏览)\s*[:：]"
    r"|^(?:上一篇|下一篇|上一条|下一条)|^首页\s*[>»›/＞-]"
)
_NAVIGATION = re.compile(
    r"首页|打印本页|打印|关闭窗口|关闭本页|关闭|分享到?|收藏|返回顶部|回到顶部|返回首页|返回|网站地图|联系我们|关于我们|网站声明|隐私声明|版权声明|站点地图"
    r"|[【\[]?字[号体][:：]?|大|中|小|微信|微博|朋友圈|QQ空间|上一篇|下一篇|纠错|我要纠错|设为首页|加入收藏|无障碍|长者模式"
)
_SEPARATORS = re.compile(r"[\s|｜/·•>»\-—_、,，:：\[\]【】()（）]+")
_PUBLISHED = re.compile(r"(?:发布|更新)(?:时间|日期)\s*[:：]\s*([0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?)")
_HEAD_LINES = 8
# 附注 and 版记, which an official letter has below its date.
_IMPRINT = re.compile(
    r"[(（]?此件(?:公开发布|主动公开)[)）]?|(?:信息)?公开(?:选项|方式|属性)\s*[:：]\s*主动公开|(?:抄送|抄报|分送)\s*[:：].+"
    r"|.{2,40}[0-9]{4}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日\s*印发"
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without page chrome, its sign-off apart.

    Attributes:
        signed_on: date of the sign-off, else the date of publishing that the page states; None where there is neither.
        signed_by: the public body named above the sign-off date, empty where none is.
        sign_off: the lines of the sign-off as published, the date and the imprint last; empty where there is none.
    """

    lines: tuple[Line, ...]
    signed_on: date | None = None
    signed_by: str = ""
    sign_off: tuple[Line, ...] = ()


def is_chrome(text: str) -> bool:
    """Whether a line is what web pages print around a text. Only to be asked of lines at a text's very start or end."""
    if not text or len(text) > _LONGEST_CHROME or text.startswith(("|", "#")) or marker_of(text):
        return False
    plain = simplify(text)
    if _PAGE_SPEECH.search(plain) or _PAGE_LABEL.match(plain):
        return True
    left = _SEPARATORS.sub("", _NAVIGATION.sub("", plain))
    return not left and any(len(found) > 1 for found in _NAVIGATION.findall(plain))


def _is_chrome(line: Line) -> bool:
    return line.shape is not Shape.ROW and is_chrome(line.text)


def clean(lines: Sequence[Line]) -> Cleaned:
    """Drop the page chrome at both ends of a text, and its sign-off.

    What stands between is left alone, however much it sounds like chrome. A text of nothing but chrome is kept whole.
    """
    body, stated_on = _drop_head(without_blank_ends(lines))
    body = _drop_tail(body)
    if not body:
        return Cleaned(without_blank_ends(lines))
    letter, imprint = _part_imprint(body)
    signed_on = parse_date(letter[-1].text)
    if signed_on is None or len(letter) == 1:
        return Cleaned(body, stated_on)
    dated, letter = (letter[-1], *imprint), without_blank_ends(letter[:-1])
    if len(letter) > 1 and looks_like_sender(letter[-1].text):
        return Cleaned(without_blank_ends(letter[:-1]), signed_on, letter[-1].text, (letter[-1], *dated))
    return Cleaned(letter, signed_on, sign_off=dated)


def _part_imprint(body: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """(a text to its date, what it has of an imprint below), never without a line of text."""
    last = len(body)
    while last > 1 and (not body[last - 1].text or _IMPRINT.fullmatch(simplify(body[last - 1].text))):
        last -= 1
    return body[:last], tuple(line for line in body[last:] if line.text)


def _drop_head(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], date | None]:
    """Without the chrome before the text and right below its title, and the date of publishing that it stated."""
    stated_on = None
    kept: list[Line] = []
    titled = False
    for index, line in enumerate(lines):
        if _is_chrome(line) and index < _HEAD_LINES:
            found = _PUBLISHED.search(simplify(line.text))
            stated_on = stated_on or (parse_date(found[1]) if found else None)
        elif not line.text:
            kept.append(line)
        elif not titled and line.shape is not Shape.ROW and looks_like_title(line.text):
            kept.append(line)
            titled = True
        else:
            kept.extend(lines[index:])
            break
    return without_blank_ends(kept), stated_on


def _drop_tail(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Without the chrome below the text; what stands below a sign-off goes as a whole when most of it is chrome."""
    kept = list(lines)
    while kept and (not kept[-1].text or _is_chrome(kept[-1])):
        kept.pop()
    for index in range(len(kept) - 1, max(0, len(kept) - 12), -1):
        if parse_date(kept[index].text) is not None:
            below = [line for line in lines[index + 1 :] if line.text]
            chrome = sum(map(_is_chrome, below))
            short = all(len(line.text) <= _LONGEST_CHROME and not marker_of(line.text) for line in below)
            return tuple(kept[: index + 1]) if short and 2 * chrome > len(below) else tuple(kept)
    return tuple(kept)


_SENTENCE_END = tuple("。！？；：.!?;:…")
_CLOSING = "」』”’》）)】〉\"'"
_OPEN_END = tuple("，、,（(《“「『【〈")
_CONTINUES = re.compile(r"^[，。、；：！？,;:!?）)」』”’》】〉]")
_LABELLED = re.compile(r"^[^，。；,;]{1,12}[:：]")
_CLAUSES = re.compile(r"[，、。；：,;]")
_SHORTEST_BROKEN = 15
_LONGEST_BROKEN = 10_000


def join_broken_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Join a line that ends in the middle of a sentence with the next one; the joined line keeps the first number.

    Headings, items, table rows and labelled lines (电话：…) stand alone, and so do short lines and lists of names.
    """
    joined: list[Line] = []
    for line in lines:
        loose = joined and joined[-1].shape is line.shape is Shape.LOOSE
        if loose and line.text and joined[-1].text and _is_broken(joined[-1].text, line.text):
            previous = joined.pop()
            line = Line(previous.number, _join(previous.text, line.text))
        joined.append(line)
    return tuple(joined)


def _is_broken(first: str, second: str) -> bool:
    if len(first) > _LONGEST_BROKEN or "\t" in first or first.startswith(("|", "｜", ">", "```", "#")):
        return False
    if first.rstrip(_CLOSING).endswith(_SENTENCE_END):
        return False
    if begins_block(second) or _LABELLED.match(second) or parse_date(second) is not None:
        return False
    if first.endswith(_OPEN_END) or _CONTINUES.match(second):
        return True
    # Neither line has any punctuation: entries of a list, such as names of projects, and no sentence.
    if not _CLAUSES.search(first) and not _CLAUSES.search(second):
        return False
    marker = marker_of(first)
    # A numbered line without any punctuation inside is a heading of its own; one with punctuation is running text.
    if marker and not re.search(r"[，。；,;]", marker.rest):
        return False
    return len(first) >= _SHORTEST_BROKEN and not looks_like_title(first) and not looks_like_sender(first)


def _join(first: str, second: str) -> str:
    latin = first[-1].isascii() and first[-1].isalnum() and second[0].isascii() and second[0].isalnum()
    return f"{first} {second}" if latin else first + second
