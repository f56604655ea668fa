"""What is said to citizens and to staff about a question in the hands of staff."""

from __future__ import annotations

from dataclasses import dataclass

from bot.locale import translations
from bot.model import Language, RequestKind

COMMANDS = ("close", "assign", "note", "log", "find", "publish", "help")


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language; first those that citizens read, then those that staff read.

    Attributes:
        already: to who passes a question on a second time.
        too_many: to who passes on more in a day than staff can take.
        nothing_asked: to who wants a person before having asked anything.
        busy: while the office is open; `later` names the next opening, `unknown` promises no day.
        keeping: behind what is said of personal data.
        answer: the head of an answer, quoted as from the agency; `goes_on` stands at its end.
        card: shows a question to staff.
        reminders: above the applications that need them this morning.
        bulletin: under the draft of a month's bulletin.
    """

    passed_on: str
    already: str
    too_many: str
    nothing_asked: str
    busy: str
    later: str
    unknown: str
    answer: str
    goes_on: str
    corrected: str
    forwarded: str
    not_forwarded: str
    not_shown: str
    unanswered: str
    card: str
    follow_up: str
    rewritten: str
    delivered: str
    also: str
    fixed: str
    blocked: str
    refused: str
    erased: str
    blanked: str
    kind: str
    failed: str
    which: str
    no_command: str
    not_taken_back: str
    closed: str
    closed_before: str
    assigned: str
    noted: str
    empty_note: str
    drafted: str
    draft_personal: str
    draft_there: str
    draft_unwritable: str
    nothing_to_draft: str
    logged: str
    masked_log: str
    how_to_log: str
    how_to_find: str
    nothing_found: str
    in_hands: str
    erased_words: str
    channel: str
    anonymous: str
    agency: str
    keeping: str
    reminders: str
    bulletin: str
    help: str


def wording(language: Language) -> Wording:
    """The sentences in a language."""
    _ = translations(language).gettext
    return Wording(
        passed_on=_("已把您的问题转给工作人员，编号 {reference}。"),
        already=_("这个问题已经转给工作人员了，编号 {reference}。"),
        too_many=_("今天转给工作人员的问题已满三个，请明天再转，或直接联系我们。"),
        nothing_asked=_("请先把问题发给我；答复下面的“转人工”可以把它转给工作人员。"),
        busy=_("现在是工作时间，工作人员会尽快在这里答复您。"),
        later=_("现在不是工作时间，工作人员 {day} {time} 上班后处理。"),
        unknown=_("工作人员上班后会在这里答复您。"),
        answer=_("{agency}答复（{reference}）\n您问：{question}"),
        goes_on=_("要补充或追问，请回复本条消息。"),
        corrected=_("更正（{reference}），以此为准："),
        forwarded=_("已转给工作人员。"),
        not_forwarded=_("没能转给工作人员，请稍后再发，或直接联系我们。"),
        not_shown=_("您的问题 {reference} 没能转给工作人员，请直接联系我们。"),
        unanswered=_("您的问题 {reference} 已办结，没有另作答复。如有疑问，请直接联系我们。"),
        card=_(
            "{reference}（{kind}，{time}）\n市民问：{question}\n\n机器人的答复：\n{reply}\n\n"
            "在本话题里发言或回复本条，都会发给市民；内部讨论用 /note。"
        ),
        follow_up=_("{reference} 市民补充：\n{words}\n\n回复本条即发给市民。"),
        rewritten=_("{reference} 市民把问题改成：\n{words}"),
        delivered=_("已送达。"),
        also=_("注意：{names} 也答复了这个问题。"),
        fixed=_("更正已送达。"),
        blocked=_("未送达：市民停用了机器人，或账号已不存在。"),
        refused=_("未送达：Telegram 没有接受这条消息。请换个写法再发，或用其他方式联系。"),
        erased=_("未送达：市民已要求删除自己的内容，机器人不再知道是谁。"),
        blanked=_("市民已要求删除这里的内容。"),
        kind=_("未送达：只能转交文字、图片、文件、视频和语音。"),
        failed=_("出了故障，这条消息没有处理，请再发一次。"),
        which=_("请在问题的话题里使用这个命令，或用它回复机器人发的那条问题。"),
        no_command=_("没有这个命令，什么也没有发给市民。用法见 /help。"),
        not_taken_back=_("没有更正：以斜线开头的话不发给市民；先前送达的，市民那边还在。"),
        closed=_("{reference} 已办结。"),
        closed_before=_("{reference} 之前已经办结。"),
        assigned=_("{reference} 由 {who} 负责。"),
        noted=_("已记下，不会发给市民。"),
        empty_note=_("请把备注写在 /note 后面。"),
        drafted=_("已写成草稿 drafts/{reference}.md，审核后才会发布。"),
        draft_personal=_("没有写成草稿：问题或答复里有个人信息，不能公开。"),
        draft_there=_("已经有草稿 drafts/{reference}.md，没有改动它。"),
        draft_unwritable=_("草稿写不进知识文件夹，请告诉维护人员；原因在日志里。"),
        nothing_to_draft=_("还没有文字答复，先答复市民，再用 /publish。"),
        logged=_("已登记，编号 {reference}。"),
        masked_log=_("已登记，编号 {reference}。其中的个人信息已隐去，没有保存；群里的这条消息请您自行删除。"),
        how_to_log=_(
            "没有登记。请这样写：/log 来电 停车怎么收费 | 已说明每小时五元\n"
            "先写方式（来电、来信、来访、网站），再写问题；竖线后面是答复，还没有答复的不写。请不要写对方的姓名、电话。"
        ),
        how_to_find=_("请写上要找的词或编号，例如：/find 停车 收费"),
        nothing_found=_("没有找到。请换个词，或少写几个词。"),
        in_hands=_("工作人员处理中"),
        erased_words=_("内容已删除"),
        channel=_("未送达：请用个人账号答复，不要用频道的名义。"),
        anonymous=_("匿名管理员"),
        agency=_("工作人员"),
        reminders=_("依申请公开，请留意："),
        bulletin=_("{title}草稿。批注里是要写明、要核对的地方，处理以后再发。"),
        keeping=_(
            "转给工作人员的问题，他们看得到问题和答复，看不到您的账"
            "号。为了把答复发给您，对话与编号的对应保留到最后一句话之后九十天。"
        ),
        help=_(
            "在问题的话题里发言，或回复机器人发的问题，就是答复市民；送达后会告诉您。改写自己的消息，市民那边也会更正。\n"
            "/close 办结\n/assign 由我负责；后面写名字，或用它回复某人的消息，则由该人负责\n"
            "/note 内部备注，不发给市民\n/log 登记来电、来信、来访\n/find 查登记，写词或编号\n"
            "/publish 把问题和答复写成草稿，审核后发布\n/help 本说明"
        ),
    )  # fmt: skip


def staff_menu(language: Language) -> tuple[tuple[str, str], ...]:
    """(command, description) for the menu of the staff's group."""
    _ = translations(language).gettext
    described = {
        "close": _("办结"),
        "assign": _("由谁负责"),
        "note": _("内部备注"),
        "log": _("登记来电、来信、来访"),
        "find": _("查登记"),
        "publish": _("写成草稿"),
        "help": _("怎么答复市民"),
    }
    return tuple((name, described[name]) for name in COMMANDS)


def kind_name(kind: RequestKind, language: Language) -> str:
    """What a question is, in the staff's words."""
    _ = translations(language).gettext
    names = {
        RequestKind.APPLICATION: _("依申请公开"),
        RequestKind.PETITION: _("信访投诉"),
        RequestKind.CORRECTION: _("更正本人信息"),
    }
    return names.get(kind, _("咨询"))
