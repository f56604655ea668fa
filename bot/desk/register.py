"""What staff put into the register: telephone calls, letters and visits, and corrections, without anybody's personal data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.desk.fields import CHANNELS, FIELDS, NAMES, EntryRefused, read_field
from bot.language.personal import find_personal, mask_personal
from bot.model import Channel, ContactRecord, RecordEvent, RequestKind, Resolution
from bot.store import Store

BY_STAFF = (Channel.PHONE, Channel.LETTER, Channel.VISIT, Channel.WEB)
"""The channels that staff enter; the bot's own it records itself."""

_TEXTS = ("question", "reply", "category")


@dataclass(frozen=True, slots=True)
class Entry:
    """An inquiry that staff heard.

    Attributes:
        outcome: None takes it from the reply: answered by staff where there is one, else open.
        agency: key, name or alias of the agency that was asked; empty for the default one.
    """

    channel: Channel
    asked_at: datetime
    question: str
    reply: str = ""
    outcome: Resolution | None = None
    kind: RequestKind = RequestKind.INQUIRY
    agency: str = ""
    category: str = ""
    follow_up_on: date | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of an entry or a correction.

    Attributes:
        masked: names of the fields in which personal data was found, and masked.
    """

    record: ContactRecord
    masked: tuple[str, ...] = ()


def enter(store: Store, entry: Entry, *, who: str, at: datetime, origin: str = "") -> Entered:
    """Put an inquiry that staff heard into the register, under a number of its own.

    Args:
        store: the open store.
        entry: what they heard; personal data in its texts is masked before anything is stored.
        who: the name that staff go by.
        at: now.
        origin: what tells an entry that is made twice; the second time adds nothing.

    Raises:
        EntryRefused: it says too little, or what cannot be.
    """
    checked(entry, at)
    texts, masked = without_personal({name: getattr(entry, name) for name in _TEXTS})
    given = Resolution.ANSWERED_BY_STAFF if entry.reply else Resolution.OPEN
    with store.together():
        known = store.records.of_origin(origin)
        record = known or store.records.add(
            channel=entry.channel,
            citizen_key="",
            asked_at=entry.asked_at,
            kind=entry.kind,
            decision=None,
            matches=(),
            milliseconds=0.0,
            origin=origin,
            outcome=entry.outcome or given,
            agency=agency_key(store, entry.agency),
            follow_up_on=entry.follow_up_on,
            **texts,
        )
        if known is None:
            store.corrections.note(RecordEvent(record.reference, at, who, "entered"))
    return Entered(record, masked)


def checked(entry: Entry, at: datetime) -> None:
    """Look an entry through.

    Raises:
        EntryRefused: it says too little, or what cannot be.
    """
    if entry.channel not in BY_STAFF:
        known = ", ".join(CHANNELS[channel] for channel in BY_STAFF)
        raise EntryRefused(f"方式：{CHANNELS[entry.channel]} 由机器人自己登记", f"可以写的有：{known}")
    if not entry.question.strip():
        raise EntryRefused("内容是空的", "请写明问了什么")
    if entry.asked_at > at:
        raise EntryRefused(f"时间：{entry.asked_at:%Y-%m-%d %H:%M}还没有到", "请写提问的时间")
    if entry.outcome is Resolution.ANSWERED:
        raise EntryRefused("办理结果：已答复是机器人的答复", "请写人工已答复")


def correct(
    store: Store, reference: str, written: Mapping[str, str], *, who: str, at: datetime, reason: str
) -> Entered:
    """Change fields of a record; what stood there stays in its log.

    Args:
        store: the open store.
        reference: of the record.
        written: what staff write for each field, by its name in Chinese or in programs.
        who: the name that staff go by.
        at: now.
        reason: why; not empty.

    Raises:
        EntryRefused: there is no such record or field, or a value cannot be.
    """
    record = find_record(store, reference)
    if not reason.strip():
        raise EntryRefused("没有写明更正的理由", "请用 --reason 写明")
    values: dict[str, Any] = {}
    for heading, text in written.items():
        name = field_named(heading)
        values[name] = agency_key(store, text) if name == "agency" else read_field(name, text)
    _possible(record, values, at)
    texts, masked = without_personal({name: text for name, text in values.items() if name in _TEXTS})
    said, masked_reason = without_personal({"reason": reason})
    changed = store.corrections.change(reference, values | texts, who=who, at=at, reason=said["reason"])
    return Entered(changed or record, (*masked, *masked_reason))


def find_record(store: Store, reference: str) -> ContactRecord:
    """The record of a reference, in any spelling.

    Raises:
        EntryRefused: there is none.
    """
    reference = reference.strip().upper()
    record = store.records.find(reference)
    if record is None:
        raise EntryRefused(f"{reference}：没有这条登记", "`bot records list` 列出最新的")
    return record


def field_named(heading: str) -> str:
    """The field that a heading, or a name of programs, means.

    Raises:
        EntryRefused: none that staff may write.
    """
    name = FIELDS.get(heading.strip(), heading.strip())
    if name not in NAMES or name == "merged_into":
        known = ", ".join(f"{field} {shown}" for field, shown in NAMES.items() if field != "merged_into")
        raise EntryRefused(f"{heading}：没有可以更正的这一项", f"可以写的有：{known}")
    return name


def _possible(record: ContactRecord, values: Mapping[str, Any], at: datetime) -> None:
    if record.erased_at is not None and set(values) & set(_TEXTS):
        raise EntryRefused(f"{record.reference}：内容已经删除，不能补写", "其他各项可以更正")
    if values.get("question") == "":
        raise EntryRefused("内容是空的", "请写明问了什么")
    asked_at: datetime | None = values.get("asked_at")
    if asked_at is not None and asked_at > at:
        raise EntryRefused(f"时间：{asked_at:%Y-%m-%d %H:%M}还没有到", "请写提问的时间")
    if asked_at is not None and f"{asked_at.astimezone().year}" != record.reference.split("-")[1]:
        reason = f"{record.reference}：编号的年份与{asked_at:%Y-%m-%d}不同"
        raise EntryRefused(reason, "请重新登记，再把这条合并过去")


def without_personal(texts: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Texts with their personal data masked, and the names of those in which there was some.

    A register is read by many and exported: a citizen's telephone belongs in none of its free texts.
    """
    found = tuple(name for name, text in texts.items() if find_personal(text))
    return {name: mask_personal(text) for name, text in texts.items()}, found


def agency_key(store: Store, written: str) -> str:
    """The key of an agency that staff named by key, name or alias; the default one's where they named none.

    Raises:
        EntryRefused: no agency is called so.
    """
    agencies = store.disclosures.snapshot().agencies
    if not written:
        return next((agency.key for agency in agencies if agency.default), "")
    for agency in agencies:
        if written in (agency.key, agency.contact.name, *agency.aliases):
            return agency.key
    known = ", ".join(f"{agency.key} {agency.contact.name}" for agency in agencies) or "还没有，请先运行 bot sync"
    raise EntryRefused(f"机关：没有“{written}”", f"可以写的有：{known}")
