"""The few sentences that are the channel's own: they speak of Telegram, not of what is published."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Language


@dataclass(frozen=True, slots=True)
class Words:
    """What the channel says in one language.

    Attributes:
        text_only: to a photo, a voice message, a sticker.
        sorry: to a question that a fault of ours left unanswered.
        expired: to a button that can no longer be read.
        commands: (command, description) for Telegram's menu.
    """

    text_only: str
    sorry: str
    expired: str
    commands: tuple[tuple[str, str], ...]


_WORDS = {
    Language.HANS: Words(
        text_only="目前只能看懂文字，请把问题打成一句话发给我。",
        sorry="抱歉，刚才出了故障，没能答复您的问题。请稍后再问一次，或直接联系我们。",
        expired="这个按钮已失效，请重新提问。",
        commands=(
            ("start", "开始"),
            ("help", "怎么提问"),
            ("contact", "联系方式"),
            ("privacy", "个人信息如何处理"),
        ),
    ),
    Language.HANT: Words(
        text_only="目前只能看懂文字，請把問題打成一句話發給我。",
        sorry="抱歉，剛才出了故障，沒能答覆您的問題。請稍後再問一次，或直接聯繫我們。",
        expired="這個按鈕已失效，請重新提問。",
        commands=(
            ("start", "開始"),
            ("help", "怎麼提問"),
            ("contact", "聯繫方式"),
            ("privacy", "個人資訊如何處理"),
        ),
    ),
    Language.ENGLISH: Words(
        text_only="I can only read text so far. Please type your question in one sentence.",
        sorry="Sorry, something went wrong and your question was not answered. "
        "Please ask again later or contact us directly.",
        expired="This button no longer works. Please ask again.",
        commands=(
            ("start", "Start"),
            ("help", "How to ask"),
            ("contact", "Contact"),
            ("privacy", "How personal data is handled"),
        ),
    ),
}


def words(language: Language) -> Words:
    """The channel's sentences in a language."""
    return _WORDS[language]


def language_of(code: str | None) -> Language:
    """The language to greet somebody in, from the IETF tag that their Telegram app is set to.

    A citizen who has asked something is answered in the language of the question; this is for those who have not.
    """
    tag = (code or "zh").lower().replace("_", "-")
    if not tag.startswith("zh"):
        return Language.ENGLISH
    traditional = any(part in {"hant", "tw", "hk", "mo"} for part in tag.split("-"))
    return Language.HANT if traditional else Language.HANS
