"""What a citizen reads while applying, and of an application afterwards; never who applied."""

from __future__ import annotations

from dataclasses import dataclass

from bot.applying.draft import Draft, Stage
from bot.locale import translations
from bot.model import ApplicantKind, Delivery, Language


@dataclass(frozen=True, slots=True)
class Phrases:
    """The short sentences of the dialogue in one language.

    Attributes:
        resumed: before the prompt of a draft that was left off.
        no_such: to a number that no application bears.
        gone: to an answer whose draft was sent or given up elsewhere meanwhile.
        moves: what may be typed beside an answer, where there are no buttons.
    """

    progress: str
    enough: str
    go_on: str
    send: str
    back: str
    skip: str
    cancel: str
    needed: str
    choose: str
    too_long: str
    no_email: str
    no_contact: str
    resumed: str
    moves: str
    cancelled: str
    published: str
    nearest: str
    no_such: str
    gone: str


def phrases(language: Language) -> Phrases:
    """The sentences in a language."""
    _ = translations(language).gettext
    return Phrases(
        progress=_("（{place}/{places}）"),
        enough=_("这就是我要的，不再申请"),
        go_on=_("不是，继续申请"),
        send=_("确认提交"),
        back=_("上一步"),
        skip=_("跳过"),
        cancel=_("取消"),
        needed=_("这一项是必填的。"),
        choose=_("请从列出的选项里选一个。"),
        too_long=_("太长了，请写在{longest}个字以内。"),
        no_email=_("没有看到电子邮箱，请写上，否则无法发给您。"),
        no_contact=_("联系方式太短了，请写完整。"),
        resumed=_("接着上次没有填完的申请。"),
        moves=_("也可以输入：{moves}"),
        cancelled=_("已取消，填写的内容没有保存，也没有提交申请。"),
        published=_("好的。这些信息已经公开，没有提交申请。"),
        nearest=_("已经公开的信息里，与您要的相近的有："),
        no_such=_("没有这个编号的申请。编号的样子是 SQ-2026-000001，写在回执里。"),
        gone=_("这份申请已经在别处提交或者取消。要申请公开政府信息，请重新开始。"),
    )


def question(draft: Draft) -> str:
    """What is asked at the stage of a draft."""
    _ = translations(draft.language).gettext
    match draft.stage:
        case Stage.SOUGHT:
            return _(
                "申请公开政府信息（《中华人民共和国政府信息公开条例》第二十七条、第二十九条）。"
                "请写明您要的是什么信息，尽量写清事项、年份和有关单位；不用说明理由。"
            )
        case Stage.PUBLISHED:
            return _("这里已经有您要的信息了吗？已经公开的信息可以直接查看，不用申请（第三十六条第一项）。")
        case Stage.TITLE:
            return _("知道这项信息的名称吗？知道的请写上，不知道的可以跳过。")
        case Stage.DOCUMENT_NUMBER:
            return _("知道它的文号吗？例如：随招〔2024〕3号。不知道的可以跳过。")
        case Stage.KIND:
            return _("申请人是哪一类？")
        case Stage.NAME:
            return _("申请人的姓名或者名称是什么？")
        case Stage.IDENTITY:
            return _("请写上身份证明的名称和号码，例如：居民身份证和号码；单位请写统一社会信用代码。")
        case Stage.DELIVERY:
            return _("希望用什么方式得到这项信息？")
        case Stage.CONTACT:
            return _contact_question(draft)
    return "\n".join((_("请核对申请，没有问题就提交："), *summary(draft), _without_identity(draft)))


def _contact_question(draft: Draft) -> str:
    _ = translations(draft.language).gettext
    if draft.delivery is Delivery.EMAIL:
        return _("请留下联系方式，写上接收信息的电子邮箱，最好也写电话。")
    if draft.delivery is Delivery.POST:
        return _("请留下联系方式，写上邮寄地址、邮编和电话。")
    return _("请留下联系方式，例如电话。")


def _without_identity(draft: Draft) -> str:
    _ = translations(draft.language).gettext
    if draft.with_identity:
        return ""
    return _("申请要附身份证明（第二十九条）。这里不收集，请不要在这里写证件号码；受理机关会与您联系核对。")


def summary(draft: Draft) -> tuple[str, ...]:
    """The application as it will be sent, a line a field."""
    _ = translations(draft.language).gettext
    kind = applicant_kind(draft.kind, draft.language) if draft.kind else ""
    way = delivery(draft.delivery, draft.language) if draft.delivery else ""
    stated = (
        (_("所要的信息：{}"), draft.answer(Stage.SOUGHT)),
        (_("名称：{}"), draft.answer(Stage.TITLE)),
        (_("文号：{}"), draft.answer(Stage.DOCUMENT_NUMBER)),
        (_("申请人类别：{}"), kind),
        (_("申请人：{}"), draft.answer(Stage.NAME)),
        (_("身份证明：{}"), draft.answer(Stage.IDENTITY)),
        (_("获取方式：{}"), way),
        (_("联系方式：{}"), draft.answer(Stage.CONTACT)),
    )
    return tuple(form.format(value) for form, value in stated if value)


def applicant_kind(kind: ApplicantKind, language: Language) -> str:
    """Who applies, in the words of the annual report's table 3."""
    _ = translations(language).gettext
    return {
        ApplicantKind.PERSON: _("自然人"),
        ApplicantKind.COMPANY: _("商业企业"),
        ApplicantKind.RESEARCH: _("科研机构"),
        ApplicantKind.CHARITY: _("社会公益组织"),
        ApplicantKind.LEGAL_SERVICE: _("法律服务机构"),
        ApplicantKind.OTHER: _("其他法人或者组织"),
    }[kind]


def delivery(way: Delivery, language: Language) -> str:
    """How the information is to be handed over."""
    _ = translations(language).gettext
    return {
        Delivery.EMAIL: _("电子邮件"),
        Delivery.POST: _("邮寄"),
        Delivery.PICK_UP: _("自行领取"),
        Delivery.ON_SITE: _("当面查阅"),
    }[way]
