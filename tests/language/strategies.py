"""Text as anybody may send it, for properties."""

from __future__ import annotations

from hypothesis import strategies

_CHINESE = "政府信息公开条例年月日第一二三四五六七八九十〇零去前今近至到多少主動發佈臺灣著衞（）()〔〕,。;!?:、\n"
_LATIN = "0123456789aAzZxin shiüǚé-/.~\t\x00\u200b\u3000"
_ODD = "𠀀〇㈠㎡①ﬁİß薴苧\u0345\u0301😀👩\u200d👧\ufe0f\u202e"

any_text = strategies.text(max_size=60)
"""Everything that Unicode has but surrogates: emoji, control characters, unassigned ones."""

likely_text = strategies.text(alphabet=_CHINESE + _LATIN + _ODD, max_size=60)
"""What is likely to meet a rule of ours."""

texts = any_text | likely_text
