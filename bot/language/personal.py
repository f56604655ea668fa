"""Personal data in anybody's text: identity numbers, bank cards, mobiles, private telephones, home addresses.

Numbers are told by their checksums where the standards give one: GB 11643 (身份证号), ISO/IEC 7812 (bank cards), GB 32100
(统一社会信用代码, an organisation's, which is no personal data).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache


class Personal(StrEnum):
    """What kind of personal data: 身份证号, 银行卡号, 手机号码, 私人电话, 家庭住址."""

    IDENTITY = "id-number"
    CARD = "bank-card"
    MOBILE = "mobile"
    TELEPHONE = "private-telephone"
    ADDRESS = "home-address"


@dataclass(frozen=True, slots=True)
class Trace:
    """Where personal data stands in a text, as start and end of a slice."""

    kind: Personal
    start: int
    end: int


# Written with blanks, dots or dashes between its groups; never part of a longer number or of a word.
_GAP = r"[ \u3000.\-‐–—·]?"
_DIGITS = re.compile(rf"(?<![0-9A-Za-z.])[0-9](?:{_GAP}[0-9]){{13,20}}{_GAP}[xX]?(?![0-9A-Za-z])")
# Behind a slash or a dash it may be part of an address, unless what stands before that is none of an address's signs.
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z.=_])(?<![!-~][/-])(?:(?:\+|00)?86{_GAP})?1[3-9](?:{_GAP}[0-9]){{9}}(?![0-9A-Za-z])"
)
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z])(?:[(（]?0[0-9]{2,3}[)）]?[ -]?)?[2-8][0-9]{6,7}(?![0-9A-Za-z年月日号元]|[.,][0-9])"
)
_LEFT = re.compile(r"\w{0,3}\*{2,}\w{0,2}")
_CREDIT_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Za-z])")
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_IDENTITY_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
# 江西省 36 and so on: the first two digits are a province's.
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
# Whoever says that it is one may have mistyped it.
_NAMED_IDENTITY = re.compile(r"身份证(?:件)?(?:号码|号)?[^0-9A-Za-z]{0,6}$")
_CARD_PREFIX = re.compile(r"62|4|5[1-5]|35|3[47]|9558")
_NUMBERED = re.compile(
    r"(?:索引号|文号|编号|项目代码|信用代码|订单号|流水号|受理号|登记号|许可证号|批准文号|备案号)[^0-9A-Za-z]{0,6}$"
)

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤"
    "滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜"
    "松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能"
    "苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙"
    "东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖涂"
)
_NAME = rf"(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|[{_SURNAMES}])[\u4e00-\u9fff·]{{1,2}}"
# Who a private number or address belongs to: a role and a name, or a name and what papers say of a person.
# Names make patterns that take long to compile; they are compiled when a text first gives reason to look for people.
_PERSON_PATTERN = (
    rf"(?:申请人|当事人|户主|户名|姓名|举报人|投诉人|信访人|来访人|本人|受助人|受益人|贫困户|低保户|村民|居民|被处罚人|身份证)[:： ]*(?:为|是|叫)?(?:{_NAME}|某)?"
    rf"|(?<![\u4e00-\u9fff])(?:{_NAME})(?=[,，、 ]*(?:男|女|[(（][男女]|身份证|住|现住|家住))"
)
_PRIVATE_LABEL = re.compile(r"家庭(?:电话|座机)|住宅电话|宅电|私人电话|家里(?:的)?电话|个人电话|本人电话")
_OFFICE_LABEL = re.compile(
    r"办公|咨询|值班|举报|监督|投诉|热线|传真|服务|窗口|客服|总机|受理|单位电话|联系电话|联系方式|报名|局|委|院|厅|中心|科|处|部|政府|公司"
)
_ADDRESS_PATTERN = (
    rf"(?:家庭住址|家庭地址|家住(?!房)|现住址|现住(?!房)|住址|户籍(?:所在地|地址|地)|居住地|经常居住地|(?:{_NAME})[,，、 ]*(?:[男女][,，、 ]*)?住(?![房宿院宅建])(?:在|于)?)[:：为在于 ]*"
    r"(?P<place>[\u4e00-\u9fff0-9A-Za-z#（）()\- ]{2,40}?(?:[0-9一二三四五六七八九十]+ ?(?:号|室|栋|幢|座|单元|楼|组|村|弄)[0-9A-Za-z\-号室栋单元楼层幢座户]*))"
)


_DIGIT = re.compile("[0-9]")
_LIVES = re.compile(r"住|户籍|家庭地址")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def find_personal(text: str) -> tuple[Trace, ...]:
    """Personal data in a text, in its order, none of them overlapping.

    Full-width digits count as digits. Numbers of documents and organisations, telephones with an office's label, and what
    fails its checksum are none, but an identity number that is called one. A mobile counts wherever it stands: whether it is an office's, only its agency can say.
    """
    plain = _narrow(text)
    if not _DIGIT.search(plain) and not _LIVES.search(plain):
        return ()
    taken: list[Trace] = []
    codes = [found.span() for found in _CREDIT_CODE.finditer(plain) if is_credit_code(found[0])]
    for trace in _all(plain):
        inside_code = any(start < trace.end and trace.start < end for start, end in codes)
        if not (inside_code and trace.kind is not Personal.ADDRESS) and not any(
            other.start < trace.end and trace.start < other.end for other in taken
        ):
            taken.append(trace)
    return tuple(sorted(taken, key=lambda trace: trace.start))


def mask_personal(text: str) -> str:
    """The text with every sign of its personal data but the first and the last as ``*``; a blank stays a blank."""
    for trace in reversed(find_personal(text)):
        text = f"{text[: trace.start]}{masked(text[trace.start : trace.end])}{text[trace.end :]}"
    return text


def remove_masked(text: str) -> str:
    """The text without what `masked` left of numbers, a space in the place of each: nobody asks for it."""
    return _LEFT.sub(" ", text)


def masked(value: str) -> str:
    """A value that may be shown: its first three and last two characters, the rest ``*``."""
    if len(value) < 7:
        return "*" * len(value)
    return value[:3] + "*" * (len(value) - 5) + value[-2:]


def is_identity_number(digits: str) -> bool:
    """Whether 18 signs are an identity number: a province, a date of birth and the check sign of GB 11643."""
    if not _is_like_identity(digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _IDENTITY_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


def is_card_number(digits: str) -> bool:
    """Whether 15 to 19 digits are a bank card's: a card scheme's prefix and the check digit of ISO/IEC 7812."""
    if not 15 <= len(digits) <= 19 or not digits.isdigit() or not _CARD_PREFIX.match(digits):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_credit_code(signs: str) -> bool:
    """Whether 18 signs are an organisation's 统一社会信用代码, by the check sign of GB 32100."""
    if len(signs) != 18 or any(sign not in _CREDIT_SIGNS for sign in signs):
        return False
    values = [_CREDIT_SIGNS.index(sign) for sign in signs]
    total = sum(value * weight for value, weight in zip(values, _CREDIT_WEIGHTS, strict=False))
    return (31 - total % 31) % 31 == values[17]


def _all(plain: str) -> Iterator[Trace]:
    """The surest ones first."""
    for found in _DIGITS.finditer(plain):
        if kind := _kind_of_number(found[0], plain[: found.start()]):
            yield Trace(kind, found.start(), found.end())
    for found in _MOBILE.finditer(plain):
        yield Trace(Personal.MOBILE, found.start(), found.end())
    if _LIVES.search(plain):
        for found in _compiled(_ADDRESS_PATTERN).finditer(plain):
            yield Trace(Personal.ADDRESS, found.start("place"), found.end("place"))
    for found in _LANDLINE.finditer(plain):
        if _is_private(plain[: found.start()]):
            yield Trace(Personal.TELEPHONE, found.start(), found.end())


def _kind_of_number(written: str, before: str) -> Personal | None:
    digits = re.sub(_GAP.rstrip("?"), "", written)
    if _NUMBERED.search(before):
        return None
    if is_identity_number(digits) or (_is_like_identity(digits) and _NAMED_IDENTITY.search(before)):
        return Personal.IDENTITY
    return Personal.CARD if is_card_number(digits) else None


def _is_like_identity(digits: str) -> bool:
    return len(digits) == 18 and digits[:2] in _PROVINCES and _is_birthday(digits[6:14])


def _is_private(before: str) -> bool:
    """Whether a telephone belongs to a person, by the clause that leads up to it."""
    clause = re.split(r"[。；;\n]", before)[-1][-40:]
    if _PRIVATE_LABEL.search(clause):
        return True
    people = list(_compiled(_PERSON_PATTERN).finditer(clause))
    return bool(people) and _OFFICE_LABEL.search(clause, people[-1].end()) is None


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= 1900


def _narrow(text: str) -> str:
    """The text with every character's full-width form made narrow, and of the same length."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    return "".join(narrow if len(narrow := unicodedata.normalize("NFKC", sign)) == 1 else sign for sign in text)
