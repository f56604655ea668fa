"""What to do about what the public asked and did not get: publish something, or add an alias to what is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from bot.answering import Answering
from bot.desk.drafts import DRAFTS, NotAccepted, write_draft, write_whole
from bot.desk.unanswered import Asked
from bot.knowledge.aliases import as_alias, with_alias, with_synonym
from bot.knowledge.manuscript import UnreadableFile
from bot.matching.certainty import Policy
from bot.model import Advice, Channel, ContactRecord, Decision, Document, Match, Question, Suggestion, Verdict

LONGEST_ALIAS = 60
LIKE = 0.05
"""From which score something published is like a question at all."""


@dataclass(frozen=True, slots=True)
class Insight:
    """A group of questions, what is published nearest to it, and what might be done.

    Attributes:
        nearest: None where nothing published is like it at all.
        advice: None where what is published answers by now.
        number: to accept the advice by; 0 where there is none.
    """

    asked: Asked
    nearest: Match | None
    advice: Advice | None
    number: int = 0


def advise(groups: Iterable[Asked], answering: Answering, policy: Policy, now: datetime) -> tuple[Insight, ...]:
    """Look up what is published nearest to each group today, and number what might be done."""
    found: list[Insight] = []
    number = 0
    for asked in groups:
        considered = answering.consider(Question(asked.question, Channel.COMMAND, now))
        decision = considered.decide(policy)
        nearest = next(iter(decision.matches or considered.matches), None)
        if nearest and nearest.score < LIKE:
            nearest = None
        advice = _advice(asked, decision, nearest, policy)
        number += advice is not None
        found.append(Insight(asked, nearest, advice, number if advice else 0))
    return tuple(found)


def _advice(asked: Asked, decision: Decision, nearest: Match | None, policy: Policy) -> Advice | None:
    if decision.verdict is Verdict.ANSWER:
        # It answers, and yet people were not helped: what is published does not say enough.
        return Advice.PUBLISH if any(want.is_of_the_answer for want in asked.wants) else None
    if decision.missing_years or decision.missing_agency:
        # What is nearest is of another year or agency: called so it would be a wrong answer.
        return Advice.PUBLISH
    if nearest and nearest.score >= policy.choices and len(as_alias(asked.question)) <= LONGEST_ALIAS:
        return Advice.ALIAS
    return Advice.PUBLISH


def suggestions(insights: Iterable[Insight]) -> tuple[Suggestion, ...]:
    """What can be accepted, by number; without words, which may be erased meanwhile."""
    return tuple(
        Suggestion(
            insight.number,
            insight.advice,
            insight.asked.reference,
            insight.nearest.document.id if insight.nearest and insight.advice is Advice.ALIAS else "",
            insight.asked.count,
        )
        for insight in insights
        if insight.advice
    )


def accept(suggestion: Suggestion, record: ContactRecord | None, document: Document | None, folder: Path) -> Path:
    """Carry a suggestion out in the knowledge folder; what it says is published with the next sync.

    Args:
        suggestion: as it was shown.
        record: that its question stands in; None where it is gone.
        document: the alias's; None where it is no longer published.
        folder: the knowledge folder.

    Returns:
        The file that was written.

    Raises:
        NotAccepted: with the reason and the remedy.
    """
    if record is None or record.erased_at:
        raise NotAccepted(f"suggestion {suggestion.number}: its question was erased; run `bot insights` again")
    words = record.understood or record.question
    if suggestion.advice is Advice.PUBLISH:
        return _draft(folder, as_alias(words), suggestion)
    if document is None:
        raise NotAccepted(
            f"suggestion {suggestion.number}: {suggestion.document} is no longer published; run `bot insights` again"
        )
    return _add_alias(document, as_alias(words), folder)


def _add_alias(document: Document, alias: str, folder: Path) -> Path:
    """An alias goes into a Markdown file's own front matter; for a row or another format into the glossary."""
    is_markdown = PurePosixPath(document.path).suffix.casefold() == ".md"
    path = folder / document.path if is_markdown else folder / "glossary.csv"
    try:
        data = path.read_bytes() if is_markdown or path.exists() else b""
        added = with_alias(data, alias) if is_markdown else with_synonym(data, document.title, alias)
    except UnreadableFile as error:
        raise NotAccepted(f"{path}: {error.reason}; {error.remedy}") from error
    except OSError as error:
        raise NotAccepted(f"{path}: {error.strerror}; run `bot sync`, then `bot insights` again") from error
    if added != data:
        write_whole(path, added)
    return path


def _draft(folder: Path, title: str, suggestion: Suggestion) -> Path:
    text = f"""（待撰写）公众就此提问{suggestion.count}次，已公开的内容没有答复。

请写明答复，经审核后把本文件移出 {DRAFTS} 文件夹、去掉 status 一行，即可发布；不宜公开的，删除本文件。"""
    return write_draft(folder, suggestion.reference, title, text)


def never_quoted(documents: Iterable[Document], quoted: frozenset[str]) -> Iterator[Document]:
    """The published documents that no answer was from."""
    return (document for document in documents if document.id not in quoted)


def lines_of(insights: Iterable[Insight], silent: Mapping[str, str], silent_shown: int) -> Iterator[str]:
    """For a terminal: the groups with their numbers, then the documents that are never quoted, by id and title."""
    for insight in insights:
        asked = insight.asked
        number = f"[{insight.number}]" if insight.number else "   "
        wants = "，".join(f"{want}{count}" for want, count in asked.wants.most_common())
        yield f"{number:>5} {asked.count} 次  {asked.question}  （{wants}）"
        yield from (f"        又问：{example}" for example in asked.examples)
        if near := insight.nearest:
            place = " › ".join((near.document.title, *near.section.headings))
            yield f"        最近：{place}  {near.score:.2f}"
        yield f"        建议：{_advised(insight)}"
    if silent:
        yield f"从未被引用的公开信息 {len(silent)} 件"
        yield from (f"        {id_}  {title}" for id_, title in list(silent.items())[:silent_shown])
        if len(silent) > silent_shown:
            yield f"        …… 另有 {len(silent) - silent_shown} 件"


def _advised(insight: Insight) -> str:
    match insight.advice:
        case Advice.ALIAS if insight.nearest:
            return f"把“{as_alias(insight.asked.question)}”加为 {insight.nearest.document.id} 的常见问法"
        case Advice.PUBLISH:
            return "主动公开（条例第四十四条）"
    return "现有公开内容已能答复"
