"""What is said where nothing is searched: small talk, the introduction, help, contacts, privacy; in every language."""

from __future__ import annotations

from collections.abc import Collection

from bot.language.contacts import Detail
from bot.language.script import in_script
from bot.locale import translations
from bot.model import Agency, AgencyContact, Language, Reply, RequestKind, Snapshot
from bot.replies import Translate, contact_line


def small_talk(kind: RequestKind, language: Language, snapshot: Snapshot) -> Reply:
    """A short fitting reply to what asks for nothing: 来有问声、走有送声."""
    _ = translations(language).gettext
    if kind is RequestKind.GREETING:
        return introduction(language, snapshot)
    if kind is RequestKind.THANKS:
        return Reply(language, _("不客气。还有想了解的，请随时发来。"))
    if kind is RequestKind.GOODBYE:
        return Reply(language, _("再见，感谢您的来访。以后有问题请随时发来。"))
    if kind is RequestKind.IDENTITY:
        lead = _(
            "我是自动答复程序，不是真人。我只引用{agency}已经公开的原文，并注明出处；没有公开的，我会告诉您联系谁。"
        )
        return Reply(language, lead.format(agency=_agency_name(snapshot, language, _)), contact=_contact(snapshot))
    if kind is RequestKind.ABUSE:
        return Reply(language, _("有关公开信息的问题，这里都欢迎，请直接写出您想了解的内容。"))
    return Reply(language, _("没有看懂。请用一句话写出您想了解的内容，例如：{examples}").format(examples=_examples(_)))


def introduction(language: Language, snapshot: Snapshot) -> Reply:
    """Who answers here, and what may be asked."""
    _ = translations(language).gettext
    lead = _("您好！这里答复有关{agency}公开信息的问题：您用平常的话提问，我引用公开的原文，注明出处。例如：{examples}")
    return Reply(language, lead.format(agency=_agency_name(snapshot, language, _), examples=_examples(_)))


def help_text(language: Language, snapshot: Snapshot) -> Reply:
    """How to ask, and what a message here is and is not."""
    _ = translations(language).gettext
    follows = _("可以接着上一个答复问，例如“那2016年呢”“还有呢”“全文”，或者只回复序号；三十分钟内有效。")
    return Reply(language, "\n".join((*_how_to_ask(_), follows, _no_application(_))), contact=_contact(snapshot))


def help_in_group(language: Language, snapshot: Snapshot) -> Reply:
    """How to ask where everybody reads along, and nothing follows up."""
    _ = translations(language).gettext
    return Reply(language, "\n".join((*_how_to_ask(_), _no_application(_))), contact=_contact(snapshot))


def _how_to_ask(_: Translate) -> tuple[str, ...]:
    return (
        _("直接把问题发来，一次问一件事，可以写明年份和机关。简体、繁体、拼音、英文都可以。例如：{examples}").format(
            examples=_examples(_)
        ),
        _("找到的，引用公开的原文并注明出处；拿不准的，列出几条请您选；没有公开的，会告诉您联系谁。"),
    )


def _no_application(_: Translate) -> str:
    return _("在这里提问是咨询，不是依申请公开的申请。")


def not_there(number: int, offered: int, language: Language) -> Reply:
    """To who asks for a choice that was not offered, or for more of what was not quoted.

    Args:
        number: of the choice; 0 where none is meant.
        offered: how many choices there are.
        language: of the reply.
    """
    _ = translations(language).gettext
    if number and offered == 1:
        return Reply(language, _("只有第1条，没有第{number}条。").format(number=number))
    if number:
        return Reply(language, _("没有第{number}条，请回复1到{offered}的序号。").format(number=number, offered=offered))
    return Reply(language, _("没有可以接着看的内容，请把问题写完整。"))


def contact_card(language: Language, snapshot: Snapshot) -> Reply:
    """Whom to ask; with several agencies and no default, each of them."""
    _ = translations(language).gettext
    if contact := _contact(snapshot):
        return Reply(language, contact=contact)
    if not snapshot.agencies:
        return Reply(language, _("还没有登记联系方式。"))
    return Reply(language, "\n".join(contact_line(agency.contact, language) for agency in snapshot.agencies))


def details_asked(details: Collection[Detail], language: Language, agency: Agency | None, snapshot: Snapshot) -> Reply:
    """What of an agency's contact was asked for, as staff stated it; what they did not state is said to be missing.

    Args:
        details: what was asked for.
        language: of the reply.
        agency: whom it was asked of; None where none was named and there is no default.
        snapshot: which agencies there are.
    """
    if agency is None:
        return contact_card(language, snapshot)
    _ = translations(language).gettext
    names = {
        Detail.PHONE: _("电话"),
        Detail.ADDRESS: _("地址"),
        Detail.HOURS: _("办公时间"),
        Detail.FAX: _("传真"),
        Detail.EMAIL: _("电子邮箱"),
        Detail.SITE: _("网站"),
    }
    lines, missing = [], []
    for detail, name in names.items():
        if detail not in details:
            continue
        if values := _values(agency.contact, detail, language, _):
            lines.append(_("{name}：{value}").format(name=name, value=values))
        else:
            missing.append(name)
    if missing:
        said = _("这里没有{agency}的{names}，请用下面的联系方式询问。")
        agency_name = in_script(agency.name, language)
        lines.append(said.format(agency=agency_name, names=_("、").join(missing)))
    return Reply(language, "\n".join(lines), contact=agency.contact)


def states_details(details: Collection[Detail], agency: Agency | None) -> bool:
    """Whether anything of a contact was asked for, and staff stated all of it."""
    return bool(details) and agency is not None and all(_stated(agency.contact, detail) for detail in details)


def _stated(contact: AgencyContact, detail: Detail) -> tuple[str, ...]:
    """What a contact states of one detail; a hotline is a telephone, and a portal a site."""
    stated = {
        Detail.PHONE: (contact.phone, contact.hotline),
        Detail.ADDRESS: (contact.address,),
        Detail.HOURS: (contact.hours,),
        Detail.FAX: (contact.fax,),
        Detail.EMAIL: (contact.email,),
        Detail.SITE: (contact.site, contact.portal),
        Detail.ANY: (contact.phone, contact.hotline, contact.address, contact.email, contact.site, contact.portal),
    }
    return tuple(filter(None, stated[detail]))


def _values(contact: AgencyContact, detail: Detail, language: Language, _: Translate) -> str:
    stated = _stated(contact, detail)
    if detail is Detail.PHONE and contact.hotline:
        stated = (*filter(None, (contact.phone,)), _("热线{}").format(contact.hotline))
    return _("，").join(in_script(value, language) for value in stated)


def privacy(language: Language, keep_days: int) -> Reply:
    """What is kept of a citizen's question, and for how many days its words."""
    _ = translations(language).gettext
    lines = (
        _("为登记咨询，我们保存：您的问题、时间、渠道、答复和一个编号。"),
        _("问题和答复的内容保存{days}天，之后删除，只留编号、时间和统计用的类别。").format(days=keep_days),
        _("我们不保存您的姓名、电话和账号，只保存由账号算出的代号，用来区分不同的提问人，不能由它看出您是谁。"),
        _("请不要在问题里写身份证号、电话等个人信息。"),
    )
    return Reply(language, "\n".join(lines))


def withdrawn(language: Language, contact: AgencyContact | None) -> Reply:
    """A button led to something that is published no more."""
    _ = translations(language).gettext
    return Reply(language, _("这条信息已经撤下，不再引用。请重新提问。"), contact=contact)


def _agency_name(snapshot: Snapshot, language: Language, _: Translate) -> str:
    agency = snapshot.default_agency
    if agency:
        return in_script(agency.name, language)
    return _("本平台各机关") if snapshot.agencies else _("本机关")


def _contact(snapshot: Snapshot) -> AgencyContact | None:
    return snapshot.default_agency.contact if snapshot.default_agency else None


def _examples(_: Translate) -> str:
    return _("“主动公开了多少条信息？”“信息公开收费吗？”“怎么申请公开？”")
