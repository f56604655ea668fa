"""What is said before the published text to who wants something done that is not done here: which procedure it is, and whose.

The law's rules are restated with their article, never quoted: articles 29 and 36 for applications, 39 for petitions and
complaints, 41 for corrections.
"""

from __future__ import annotations

from dataclasses import replace

from bot.language.script import in_script
from bot.locale import translations
from bot.model import AgencyContact, Channel, Decision, Language, Reply, RequestKind, Verdict
from bot.replies import Translate


def lead_in(kind: RequestKind, reply: Reply, decision: Decision, channel: Channel | None = None) -> Reply:
    """The reply with what its asker has to know before anything is quoted; a plain inquiry's stays as it is.

    Args:
        kind: what the message is.
        reply: what the search came to, as an inquiry would be told.
        decision: what that reply says.
        channel: that it came in on, where something can be done there.
    """
    _ = translations(reply.language).gettext
    contact, language = reply.contact, reply.language
    if kind is RequestKind.APPLICATION:
        lines = [*_application(contact, language, _), _command(channel, _), _published(decision, reply, _)]
    elif kind is RequestKind.PETITION:
        lines = [*_petition(contact, language, _), _explained(decision, reply, _)]
    elif kind is RequestKind.CORRECTION:
        lines = [*_correction(contact, language, _), _explained(decision, reply, _)]
    else:
        return reply
    return replace(reply, lead="\n".join(filter(None, lines)))


def _application(contact: AgencyContact | None, language: Language, _: Translate) -> list[str]:
    lines = [
        _("看起来您要申请公开政府信息。在这里发消息只登记为咨询，不是依申请公开的申请，也不开始计算答复期限。"),
        _(
            "正式申请用书面形式，电子形式也可以，写明：申请人的姓名或者名称、身份证明、联系方式；所要信息的名称、文号或者便于查找的描述；"
            "希望用什么形式得到（《中华人民共和国政府信息公开条例》第二十九条）。"
        ),
    ]
    if contact:
        lines.append(_("请交给{agency}，联系方式见下。").format(agency=in_script(contact.name, language)))
    return lines


def _command(channel: Channel | None, _: Translate) -> str:
    """How to apply on the channel itself; a plain message never does."""
    if channel is not Channel.TELEGRAM:
        return ""
    return _("也可以在与本机器人的私聊里发 /apply，按提示逐项填写，提交后有登记编号和回执。")


def _petition(contact: AgencyContact | None, language: Language, _: Translate) -> list[str]:
    if contact and contact.hotline:
        whom = _("请向{agency}或者有权处理的机关反映，联系方式见下，也可以拨打热线{hotline}。")
    elif contact:
        whom = _("请向{agency}或者有权处理的机关反映，联系方式见下。")
    else:
        whom = _("请向有权处理的机关反映。")
    if contact:
        whom = whom.format(agency=in_script(contact.name, language), hotline=contact.hotline)
    return [
        _(
            "看起来您要投诉、举报或者信访。这里只答复有关公开信息的咨询，不受理，也不转办；它也不按公开申请办理"
            "（《中华人民共和国政府信息公开条例》第三十九条）。"
        ),
        whom,
        _("请不要在这里写别人的姓名和其他个人信息。"),
    ]


def _correction(contact: AgencyContact | None, language: Language, _: Translate) -> list[str]:
    lines = [
        _(
            "看起来您要更正机关记录的本人信息。这是单独的程序，不按公开申请办理，也不能在这里办"
            "（《中华人民共和国政府信息公开条例》第四十一条）。"
        ),
        _("请带上能证明记录有误的证据，向保存这项记录的机关提出。"),
    ]
    if contact:
        agency = in_script(contact.name, language)
        lines.append(_("记录由{agency}保存的，联系方式见下。").format(agency=agency))
    return [*lines, _("请不要在这里写身份证号等个人信息。")]


def _published(decision: Decision, reply: Reply, _: Translate) -> str:
    """What already published information is to an application: by article 36 the applicant is told how to get it."""
    if decision.verdict is Verdict.CHOICES or decision.missing_agency:
        return reply.lead
    if decision.verdict is Verdict.NONE:
        return reply.lead if decision.missing_years else _("已经公开的信息里没有找到它。")
    nearest = _("已经公开的信息里，与您要的最接近的是：")
    return f"{reply.lead}\n{nearest}" if reply.lead else nearest


def _explained(decision: Decision, reply: Reply, _: Translate) -> str:
    if decision.verdict is Verdict.ANSWER:
        return _("公开的信息里有这样的说明：")
    return reply.lead if decision.verdict is Verdict.CHOICES else ""
