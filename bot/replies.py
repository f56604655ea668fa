"""Decision to Reply: the agency's words, where they stand, whom to ask; in both Chinese scripts and in English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.language.script import in_script
from bot.language.sentences import sentences
from bot.locale import translations
from bot.model import (
    AgencyContact,
    Choice,
    Citation,
    Decision,
    Language,
    Match,
    Quote,
    Reply,
    Verdict,
)

# One screen of a phone: about 20 characters in a line, and room for source, contact and buttons below.
QUOTE_CHARACTERS = 280
# A page of 全文: who asks for it reads on, and scrolls.
PAGE_CHARACTERS = 900
LONGEST_PAGE = 1500
CHOICE_CHARACTERS = 60
_NEAREST_FLOOR = 0.2
# Of what was understood of a question that nothing answers.
MOST_KEYWORDS, KEYWORD_CHARACTERS = 6, 20

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Labels:
    """The words around a reply's parts, for buttons and lines."""

    full_text: str
    source: str
    contact: str
    choose: str


def labels(language: Language) -> Labels:
    """The labels in a language."""
    _ = translations(language).gettext
    return Labels(full_text=_("全文"), source=_("出处"), contact=_("联系"), choose=_("回复序号查看"))


def compose_reply(
    decision: Decision, language: Language, contact: AgencyContact | None, asked_for: Sequence[str]
) -> Reply:
    """Say what a decision comes to.

    Args:
        decision: what the matches come to.
        language: of the reply; what is quoted stays as published, in the reader's script.
        contact: of the agency whose passage answers, else of the agency that was asked.
        asked_for: the question's keywords, to say what was understood where nothing answers.
    """
    _ = translations(language).gettext
    if decision.verdict is Verdict.ANSWER:
        reply = quote_section(decision.matches[0], language, contact, focus=decision.focus)
        return replace(reply, lead=_nothing_of_years(decision, _)) if decision.missing_years else reply
    if decision.verdict is Verdict.CHOICES:
        several = len(decision.matches[: decision.offered]) > 1
        lead = _("不能确定您要找的是哪一条，请选一条：") if several else _("您要找的可能是这一条：")
        if decision.missing_years:
            lead = f"{_nothing_of_years(decision, _)}\n{lead}"
        return Reply(language, lead, choices=_choices(decision, language), contact=contact)
    return Reply(language, _nothing(decision, language, asked_for, _), contact=contact)


def quote_section(
    match: Match, language: Language, contact: AgencyContact | None, focus: str = "", *, whole: bool = False
) -> Reply:
    """Quote a section, around the sentence that answers where it is long, or as a whole."""
    text = match.section.text.strip()
    quote = Quote(text, focus) if whole else cut_quote(text, focus)
    quote = replace(quote, text=in_script(quote.text, language), focus=in_script(quote.focus, language))
    document = match.document
    citation = Citation(
        document.id,
        match.section.id,
        in_script(document.title, language),
        tuple(in_script(heading, language) for heading in match.section.headings),
        document.published_on,
        document.formed_on,
        document.source,
    )
    return Reply(
        language,
        quote=quote,
        citation=citation,
        # Whom a document names knows more of it than the agency's front desk.
        contact=document.contact or contact,
        contact_of_document=document.contact is not None,
        full_text=quote.before or quote.after,
    )


def understood_as(question: str, reply: Reply) -> Reply:
    """A reply that says first what the words before it were taken for."""
    _ = translations(reply.language).gettext
    taken = _("按“{question}”理解：").format(question=in_script(question, reply.language))
    return reply.led_by(taken)


def masked(reply: Reply) -> Reply:
    """A reply that says first that personal data in the question was masked."""
    _ = translations(reply.language).gettext
    told = _("您写的个人信息（证件号、卡号、电话、住址等）已经隐去，没有保存。")
    return reply.led_by(told)


def page_of(reply: Reply, page: int) -> Reply:
    """One page of a reply that quotes a whole passage; a page beyond the last one is the last one."""
    if not reply.quote:
        return reply
    cut = pages(reply.quote.text)
    page = max(0, min(page, len(cut) - 1))
    quote = Quote(cut[page], before=page > 0, after=page < len(cut) - 1)
    if len(cut) > 1:
        _ = translations(reply.language).gettext
        reply = replace(reply, lead=_("全文第{page}页，共{pages}页：").format(page=page + 1, pages=len(cut)))
    return replace(reply, quote=quote, page=page, pages=len(cut))


def pages(text: str, most: int = PAGE_CHARACTERS) -> tuple[str, ...]:
    """A passage in pages of at most `most` characters, cut between sentences; a longer sentence is a page of its own.

    A sentence that no message could hold is cut all the same.
    """
    found = [""]
    whole = sentences(text)
    for sentence in (
        each[start : start + LONGEST_PAGE] for each in whole for start in range(0, len(each), LONGEST_PAGE)
    ):
        if found[-1] and len(found[-1]) + len(sentence) > most:
            found.append("")
        found[-1] += sentence
    return tuple(filter(None, map(str.strip, found))) or (text,)


def cut_quote(text: str, focus: str = "", most: int = QUOTE_CHARACTERS) -> Quote:
    """Cut a passage around its focus to `most` characters, at sentence borders; a longer sentence stays whole."""
    if len(text) <= most:
        return Quote(text, focus)
    parts = sentences(text)
    centre = next((place for place, part in enumerate(parts) if focus and focus in part), 0)
    first = last = centre
    length = len(parts[centre])
    while True:
        # What follows explains more than what stands before, so it is taken first.
        if last + 1 < len(parts) and length + len(parts[last + 1]) <= most:
            last += 1
            length += len(parts[last])
        elif first > 0 and length + len(parts[first - 1]) <= most:
            first -= 1
            length += len(parts[first])
        else:
            break
    return Quote("".join(parts[first : last + 1]).strip(), focus, before=first > 0, after=last + 1 < len(parts))


def _choices(decision: Decision, language: Language) -> tuple[Choice, ...]:
    return tuple(
        Choice(match.document.id, match.section.id, choice_label(match, language))
        for match in decision.matches[: decision.offered]
    )


def choice_label(match: Match, language: Language) -> str:
    """Title with year and the last heading; a section without one shows how it begins."""
    document, section = match.document, match.section
    title = document.title
    if document.year is not None and str(document.year) not in title:
        title = f"{document.year}年{title}"
    detail = section.headings[-1] if section.headings else section.text.strip().split("\n")[0]
    label = in_script(f"{title} › {detail}" if detail and detail != title else title, language)
    return label if len(label) <= CHOICE_CHARACTERS else label[: CHOICE_CHARACTERS - 1] + "…"


def _nothing(decision: Decision, language: Language, asked_for: Sequence[str], _: Translate) -> str:
    if decision.missing_agency:
        return _("这里没有“{agency}”公开的信息，不能用别的机关的内容代替。").format(
            agency=in_script(decision.missing_agency, language)
        )
    if decision.missing_years:
        return _nothing_of_years(decision, _)
    keywords = in_script(_named(asked_for, _), language)
    lines = [
        _("已公开的信息里没有找到“{keywords}”的答案。").format(keywords=keywords)
        if keywords
        else _("没有看懂您的问题，请换一种说法。")
    ]
    nearest = dict.fromkeys(
        in_script(match.document.title, language) for match in decision.matches if match.score >= _NEAREST_FLOOR
    )
    if nearest:
        lines.append(_("内容相近的公开信息：{titles}。").format(titles=_("；").join(list(nearest)[:3])))
    return "\n".join(lines)


def _named(asked_for: Sequence[str], _: Translate) -> str:
    """The first of the keywords; whoever sent a page of them need not read it again."""
    named = [word if len(word) <= KEYWORD_CHARACTERS else f"{word[: KEYWORD_CHARACTERS - 1]}…" for word in asked_for]
    return _("、").join(named[:MOST_KEYWORDS]) + ("…" if len(named) > MOST_KEYWORDS else "")


def _nothing_of_years(decision: Decision, _: Translate) -> str:
    missing = _years(decision.missing_years, _)
    if not decision.published_years:
        return _("这里没有{years}的公开信息。").format(years=missing)
    published = _years(decision.published_years[:10], _)
    return _("这里没有{years}的公开信息，不能用别的年份代替。已公开的年份：{published}。").format(
        years=missing, published=published
    )


def _years(years: Iterable[int], _: Translate) -> str:
    return _("、").join(_("{year}年").format(year=year) for year in years)


def citation_line(citation: Citation, language: Language) -> str:
    """``出处：2017年…年度报告 › 二、… › （一）…，2018-02-05发布``."""
    _ = translations(language).gettext
    place = " › ".join((citation.title, *citation.headings))
    line = _("出处：{place}").format(place=place)
    if citation.published_on:
        line = _("{line}，{date}发布").format(line=line, date=citation.published_on.isoformat())
    elif citation.formed_on:
        line = _("{line}，{date}形成").format(line=line, date=citation.formed_on.isoformat())
    return f"{line}\n{citation.source}" if citation.source.startswith(("http://", "https://")) else line


def contact_line(contact: AgencyContact, language: Language, *, of_document: bool = False) -> str:
    """One line with what is known of a contact: ``联系：随州市招商局，随州招商网，热线12345``; a document's own is said to be."""
    _ = translations(language).gettext
    stated = (
        ("{}", contact.department),
        (_("地址：{}"), contact.address),
        ("{}", contact.hours),
        (_("电话{}"), contact.phone),
        (_("传真{}"), contact.fax),
        ("{}", contact.email),
        ("{}", contact.site),
        ("{}", contact.portal),
        (_("热线{}"), contact.hotline),
    )
    known = [form.format(in_script(value, language)) for form, value in stated if value]
    parts = _("，").join(filter(None, (in_script(contact.name, language), *known)))
    return _("联系（文中所载）：{parts}").format(parts=parts) if of_document else _("联系：{parts}").format(parts=parts)


def plain_text(reply: Reply) -> str:
    """A reply as plain text, complete, the same on every channel."""
    blocks = [reply.lead] if reply.lead else []
    if reply.quote:
        blocks.append(quoted(reply.quote))
    if reply.choices:
        blocks.append("\n".join(f"{number}. {choice.label}" for number, choice in enumerate(reply.choices, 1)))
    source = [citation_line(reply.citation, reply.language)] if reply.citation else []
    if reply.contact:
        source.append(contact_line(reply.contact, reply.language, of_document=reply.contact_of_document))
    return "\n\n".join([*blocks, "\n".join(source)] if source else blocks)


def quoted(quote: Quote) -> str:
    """A quote with … where more of the passage stands."""
    return f"{'…' if quote.before else ''}{quote.text}{'…' if quote.after else ''}"
