"""The few sentences that are the channel's own: they speak of Telegram, not of what is published."""

from __future__ import annotations

from dataclasses import dataclass

from bot.locale import translations
from bot.model import Language, Reason


@dataclass(frozen=True, slots=True)
class Words:
    """What the channel says in one language.

    Attributes:
        sorry: to a question that a fault of ours left unanswered.
        expired: to a button that can no longer be read.
        too_much: to who writes more than is answered at once; told once in a while.
        blocked: to whom staff no longer serve; told once.
        in_groups: behind the introduction and the help in a group: how to ask there, with the bot's own ``name``.
        only_in_private: to a command in a group that works in a private chat only; `to_private` leads there.
        person_in_private: to who asks for a person in a group.
        no_person: before the contact, to who asks for a person where there are no staff.
        first_steps: behind the introduction in a private chat.
        rest: behind the answers to a message of more questions than are answered at once.
        keeping: behind what is said of personal data: how it is erased.
        keeps_no_search: behind that: what becomes of words that are searched for from another chat.
        goes_on: under each question of an application: how to leave it and how to come back.
        edit_changes_nothing: to who edits an answer that they gave in an application.
        ask_the_bot: over an inline query that nothing published answers.
    """

    sorry: str
    expired: str
    too_much: str
    blocked: str
    in_groups: str
    only_in_private: str
    person_in_private: str
    to_private: str
    no_person: str
    first_steps: str
    rest: str
    keeping: str
    keeps_no_search: str
    goes_on: str
    edit_changes_nothing: str
    nothing_to_cancel: str
    which_application: str
    ask_the_bot: str
    choose_language: str
    follows: str
    language_chosen: str
    language_follows: str
    language_name: str
    my_language: str
    helpful: str
    unhelpful: str
    thanks: str
    why: str
    related: str
    source: str
    pass_on: str
    earlier: str
    later: str
    back: str


def words(language: Language) -> Words:
    """The channel's sentences in a language."""
    _ = translations(language).gettext
    return Words(
        sorry=_("抱歉，刚才出了故障，没能答复您的问题。请稍后再问一次，或直接联系我们。"),
        expired=_("这个按钮已失效，请重新提问。"),
        too_much=_("您发得太多了，暂时不再逐条答复。接下来的问题仍会登记；请过五分钟再发需要答复的问题。"),
        blocked=_("您的消息不再受理，也不再登记。如有异议，请联系我们。"),
        in_groups=_(
            "在群里提问，请在消息里写上 {name}，或者回复我的消息；其他消息我不处理，也不保存。"
            "个人的事、接着上一个答复追问，请私聊我。"
        ),
        only_in_private=_("这个命令只能在私聊里用。"),
        person_in_private=_("转人工请到私聊里：先把问题发给我，再按答复下面的“转人工”。"),
        to_private=_("去私聊"),
        no_person=_("这里没有人工答复，请直接联系："),
        first_steps=_("也可以发 /browse 翻看公开目录，发 /help 看怎么提问。"),
        rest=_("一条消息最多答复三个问题，其余的请再发一次。"),
        keeping=_(
            "为了能接着问，对话最近的内容保留三十分钟；为了认出改写的消息，消息与登记编号的对应保留四十八小时。"
            "发送 /mydata 查看保存了您的哪些信息，发送 /forget 可以随时删除您的提问内容和我们记住的设置。"
        ),
        keeps_no_search=_("在其他聊天里用我的名字查找公开信息，不登记，也不保存。"),
        goes_on=_("填写期间其他命令照常可用；半小时不动，再发 /apply 接着填，发 /cancel 取消。"),
        edit_changes_nothing=_(
            "改写消息不会改动申请。还没有提交的，请发 /apply 用“上一步”改；已经提交的，请与受理机关联系。"
        ),
        nothing_to_cancel=_("没有正在填写的申请。要申请公开政府信息，请发 /apply。"),
        which_application=_("您没有在这里提交过申请。要查别的申请，请写上登记编号，例如：/status SQ-2026-000001。"),
        ask_the_bot=_("去机器人提问"),
        choose_language=_("请选择答复用的语言："),
        follows=_("跟随提问"),
        # Translated as what it says in each language, not word by word.
        language_chosen=_("好的，以后用简体中文答复。"),
        language_follows=_("好的，以后用您提问的语言答复。"),
        # Its own name, in each language.
        language_name=_("简体中文"),
        my_language=_("答复用的语言：{language}。"),
        helpful=_("有帮助"),
        unhelpful=_("没帮助"),
        thanks=_("谢谢，已记下。"),
        why=_("已记下。请选一个原因，我们好改进。"),
        related=_("相关"),
        source=_("来源"),
        pass_on=_("转人工"),
        earlier=_("上一页"),
        later=_("下一页"),
        back=_("返回"),
    )


def reasons(language: Language) -> dict[Reason, str]:
    """What a reply may have lacked, as buttons say it."""
    _ = translations(language).gettext
    return {
        Reason.OFF: _("没答到点上"),
        Reason.OLD: _("内容太旧"),
        Reason.UNCLEAR: _("看不懂"),
        Reason.OTHER: _("其他"),
    }


PRIVATE_COMMANDS = (
    "start",
    "help",
    "browse",
    "new",
    "contact",
    "apply",
    "status",
    "language",
    "privacy",
    "mydata",
    "forget",
)
GROUP_COMMANDS = ("help", "contact")


def command_menu(names: tuple[str, ...], language: Language) -> tuple[tuple[str, str], ...]:
    """(command, description) for Telegram's menu."""
    _ = translations(language).gettext
    described = {
        "start": _("开始"),
        "help": _("怎么提问"),
        "browse": _("按类别和年份翻看"),
        "new": _("最新公开的信息"),
        "contact": _("联系方式"),
        "apply": _("申请公开政府信息"),
        "status": _("申请办到哪一步"),
        "language": _("答复用的语言"),
        "privacy": _("个人信息如何处理"),
        "mydata": _("保存了我的哪些信息"),
        "forget": _("删除我的提问"),
    }
    return tuple((name, described[name]) for name in names)


def cannot_read(kind: str, language: Language) -> str:
    """To what is not text: what the matter is, and what works instead.

    Args:
        kind: Telegram's name of what was sent: photo, voice, sticker.
        language: of the sentence.
    """
    _ = translations(language).gettext
    matters = {
        "voice": _("目前听不了语音。"),
        "audio": _("目前听不了音频。"),
        "photo": _("目前看不了图片。"),
        "video": _("目前看不了视频。"),
        "video_note": _("目前看不了视频。"),
        "animation": _("目前看不了动图。"),
        "sticker": _("谢谢您的表情，不过我只看得懂文字。"),
        "document": _("目前打不开文件，收到的文件不会登记，也不算提交材料。"),
        "location": _("目前用不上位置信息，也不会保存它。"),
        "venue": _("目前用不上位置信息，也不会保存它。"),
        "contact": _("这里不需要联系人信息，也不会保存它。"),
        "poll": _("这里不能参加投票。"),
    }
    matter = matters.get(kind, _("目前只能看懂文字。"))
    return "".join((matter, _("请把问题打成一句话发给我。")))


def language_of(code: str | None) -> Language:
    """The language to greet somebody in, from the IETF tag that their Telegram app is set to.

    A citizen who has asked something is answered in the language of the question; this is for those who have not.
    """
    tag = (code or "zh").lower().replace("_", "-")
    if not tag.startswith("zh"):
        return Language.ENGLISH
    traditional = any(part in {"hant", "tw", "hk", "mo"} for part in tag.split("-"))
    return Language.HANT if traditional else Language.HANS
