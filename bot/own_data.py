"""What is kept about whoever asks, shown and erased at their word, and nobody else's (个人信息保护法第四十五条、第四十七条)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.intake import Intake
from bot.language.widths import trim
from bot.locale import translations
from bot.model import ContactRecord, Language, Resolution
from bot.store import Store
from bot.workdays import BEIJING

SHOWN = 20
"""Records, and applications; of more their number is told."""
COLUMNS = 40
"""Of the words of a question: enough to know it again."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a citizen is told of their own data, in one language.

    Attributes:
        record: one record, a line.
        erasing: behind what is kept: how it is erased.
        rights: behind what is said of personal data: how to see it and have it erased.
        applications_stay: behind what is said of personal data: what becomes of applications.
        ask: before anything is erased.
        how_to_confirm: behind that, where there are no buttons.
        erase: what confirms it.
        keep: what does not.
    """

    no_records: str
    records: str
    record: str
    applications: str
    draft: str
    erasing: str
    rights: str
    applications_stay: str
    ask: str
    how_to_confirm: str
    erase: str
    keep: str
    erased: str
    kept: str


def phrases(language: Language) -> Phrases:
    """The phrases in a language."""
    _ = translations(language).gettext
    return Phrases(
        no_records=_("没有保存您的提问。"),
        records=_("保存着您的提问共{count}条，最新的{shown}条："),
        record=_("{reference}，{date}，“{words}”，{outcome}，保存到{until}"),
        applications=_("您提交的申请共{count}件："),
        draft=_("有一份没有提交的申请草稿。"),
        erasing=_(
            "发 /forget 可以删除您的提问、答复、设置和草稿。提交的申请按规定保存，不随之删除。各项信息保存多久，见 /privacy。"
        ),
        rights=_("发送 /mydata 查看保存了您的哪些信息，发送 /forget 可以随时删除您的提问内容。"),
        applications_stay=_(
            "提交的申请和办理过程按规定保存，不随 /forget 删除；没有提交的草稿会删除，放着不动满一个月也会删除。"
        ),
        ask=_(
            "要删除您的提问内容、得到的答复和我们记住的设置吗？删除后不能恢复。登记编号、时间和判定会保留，但不再与您有任何联系。"
        ),
        how_to_confirm=_("回复“{erase}”才会删除。"),
        erase=_("确认删除"),
        keep=_("不删除"),
        erased=_("已删除。"),
        kept=_("没有删除。"),
    )


def outcomes(language: Language) -> dict[Resolution, str]:
    """What became of an inquiry, as the citizen is told."""
    _ = translations(language).gettext
    return {
        Resolution.OPEN: _("待处理"),
        Resolution.ANSWERED: _("已答复"),
        Resolution.PASSED_ON: _("已转人工"),
        Resolution.ANSWERED_BY_STAFF: _("人工已答复"),
        Resolution.REFERRED: _("已告知其他机关"),
        Resolution.WITHDRAWN: _("已撤回"),
    }


class OwnData:
    """Knows what is kept about a citizen, on whatever channel.

    Args:
        store: keeps it.
        intake: where applications go; None where none are taken.
        keep_days: for how many days words are kept, as citizens are told.
    """

    def __init__(self, store: Store, intake: Intake | None, keep_days: Callable[[], int]) -> None:
        self._store = store
        self._intake = intake
        self._keep_days = keep_days

    def shown(self, citizen_key: str, language: Language, settings: str = "") -> str:
        """The records, applications and draft of a citizen, a line each.

        Args:
            citizen_key: the pseudonym.
            language: of the lines.
            settings: a line on what their channel remembers of them; empty where that is nothing.
        """
        said = phrases(language)
        return "\n".join(filter(None, (*self._lines(citizen_key, said, language), settings, said.erasing)))

    def erase(self, citizen_key: str, at: datetime) -> None:
        """Erase what a citizen wrote and was told, from the files of the database too."""
        self._store.erasure.of_citizen(citizen_key, None, at)
        self._store.erasure.scrub()

    def _lines(self, citizen_key: str, said: Phrases, language: Language) -> Iterator[str]:
        store = self._store
        count = store.records.count_of(citizen_key)
        yield (said.records if count else said.no_records).format(count=count, shown=min(count, SHOWN))
        yield from (self._record(record, said, language) for record in store.records.of_citizen(citizen_key, SHOWN))
        states = self._intake.states_of(citizen_key, language) if self._intake else ()
        if states:
            yield said.applications.format(count=len(states))
            yield from reversed(states[-SHOWN:])
        if store.application_drafts.of(citizen_key) is not None:
            yield said.draft

    def _record(self, record: ContactRecord, said: Phrases, language: Language) -> str:
        until = record.asked_at + timedelta(days=self._keep_days())
        return said.record.format(
            reference=record.reference,
            date=record.asked_at.astimezone(BEIJING).date().isoformat(),
            words=trim(" ".join(record.question.split()), COLUMNS),
            outcome=outcomes(language)[record.outcome],
            until=until.astimezone(BEIJING).date().isoformat(),
        )
