"""Files of Word and WPS (.docx, .docm): their text with its automatic numbers, as it stands on the page."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

from bot.knowledge.blocks import to_lines
from bot.knowledge.manuscript import Manuscript, Reading, UnreadableFile, write_manuscript
from bot.knowledge.masthead import take_masthead
from bot.knowledge.stated import tidy
from bot.knowledge.titles import looks_like_title
from bot.knowledge.word.archive import Archive
from bot.knowledge.word.body import Body
from bot.knowledge.word.heads import set_title
from bot.knowledge.word.numbering import Numbering
from bot.knowledge.word.styles import Styles
from bot.knowledge.word.tree import BrokenXml
from bot.model import Finding, Severity

_PICTURES = ("blip", "imagedata")


def read_docx(data: bytes) -> Reading:
    """One manuscript; comments, headers, footers, deletions and hidden text are left out.

    Raises:
        UnreadableFile: no .docx, protected by a password, damaged, too large, or without text.
    """
    archive = Archive(data)
    text = archive.text()
    parts: dict[str, Element] = {}
    findings: list[Finding] = []
    for kind in ("styles", "numbering", "footnotes", "endnotes"):
        try:
            part = archive.beside(kind)
        except BrokenXml as error:
            findings.append(_warning(f"the {kind} of the file are damaged ({error}) and were left out"))
        else:
            parts.update({kind: part} if part is not None else {})
    styles = Styles(parts.get("styles"))
    notes = {kind: part for kind, part in parts.items() if kind.endswith("notes")}
    body = Body(text, styles, Numbering(parts.get("numbering"), styles), notes)
    masthead = take_masthead(set_title(body.pieces()))
    if body.unnumbered:
        findings.append(_warning("some automatic numbers are not defined in the file and were left out"))
    if body.embedded:
        findings.append(_warning("the file embeds another document, which was left out"))
    try:
        manuscript = write_manuscript(masthead.stated, to_lines(masthead.blocks))
    except UnreadableFile as error:
        if any(text.find(f".//{tag}") is not None for tag in _PICTURES):
            raise UnreadableFile("the file holds pictures and no text", "type the text, or recognise it") from error
        raise
    return Reading((_titled(manuscript, archive),), (*findings, *masthead.findings))


def _titled(manuscript: Manuscript, archive: Archive) -> Manuscript:
    """With the title among the properties where the text shows none; templates leave titles of other documents there."""
    if manuscript.title_line or manuscript.stated.title:
        return manuscript
    title = tidy(archive.title())
    return replace(manuscript, title_line=title) if looks_like_title(title) else manuscript


def _warning(reason: str) -> Finding:
    return Finding(Severity.WARNING, "", 0, reason, "look the text over, and save the file anew in Word or WPS")
