"""Messages that ask for a person and for nothing else: 人工, 我要转人工客服, talk to a person."""

from __future__ import annotations

import re

from bot.language.normalise import fold

_EDGE = " \t\n,，.。!！?？~～…"
_WISH = re.compile(
    "(?:请问|你好|您好|麻烦|请)?(?:帮我|给我|我)?(?:能不能|可不可以|可以|能|想要|想|要求|要|需要)?(?:转接?|轉接?|接通?|找|叫|换)?(?:一下|个|到|至)?"
    "(?:人工|真人|活人)(?:客服|服务|坐席|座席|答复|回复|回答|接听|工作人员)?(?:在吗|在不在|可以吗|行吗|吧|吗|呢|啊)?|"
    "(?:有没有|有)(?:人工|真人|活人)(?:客服|服务|坐席)?(?:吗|呢|在吗)?|"
    "(?:(?:can|could|may) i |i (?:want|would like|need) to |i'd like to |let me |please )?"
    "(?:(?:talk|speak|chat) (?:to|with)|ask|get|contact) (?:an? |the )?(?:real )?"
    "(?:person|human|agent|staff|operator|someone|somebody)|"
    "(?:an? )?(?:real )?(?:person|human(?: agent)?|agent|staff|operator)"
)


def asks_for_person(text: str) -> bool:
    """Whether a message asks for a person and for nothing else."""
    return _WISH.fullmatch(fold(text).strip(_EDGE).removesuffix(" please")) is not None
