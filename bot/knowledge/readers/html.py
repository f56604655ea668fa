"""Web pages that somebody saved, and web archives (.mht): the text, its tables and lists, and what the page states of it."""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from bot.knowledge.blocks import Block, Paragraph, to_lines
from bot.knowledge.manuscript import Reading, UnreadableFile, write_manuscript
from bot.knowledge.pages.attachments import Attachment, attachments_around
from bot.knowledge.pages.encoding import SAVE_ANEW, decode_page
from bot.knowledge.pages.facts import find_facts, saved_from, state, with_title
from bot.knowledge.pages.flow import insert_before_end, read_blocks
from bot.knowledge.pages.main_text import find_chrome, find_main, find_title
from bot.knowledge.pages.tree import Page, read_page
from bot.model import Finding, Severity

_DAMAGED = "\ufffd"


def read_html(data: bytes) -> Reading:
    """One manuscript; a page's own dates that are none, and damaged characters, are remarks.

    Raises:
        UnreadableFile: no page, no text, or more elements than pages that people write have.
    """
    text = decode_page(data, "")
    return _read(text, read_page(text, in_file=True), "")


def read_mhtml(data: bytes) -> Reading:
    """One manuscript from the first page in a web archive.

    Raises:
        UnreadableFile: no archive, or a page in it that cannot be read.
    """
    try:
        archive = email.message_from_bytes(data, policy=email.policy.compat32)
        page = next(part for part in archive.walk() if part.get_content_type() == "text/html")
        content = page.get_payload(decode=True)
    except (StopIteration, RecursionError, ValueError, LookupError, AttributeError):
        content = None
    if not isinstance(content, bytes):
        raise UnreadableFile("the web archive holds no page", SAVE_ANEW)
    text = decode_page(content, page.get_content_charset("") or "")
    return _read(text, read_page(text, in_file=False), _location(page) or _location(archive))


def _location(part: Message) -> str:
    return str(part.get("Content-Location") or part.get("Snapshot-Content-Location") or "").strip()


def _read(text: str, page: Page, source: str) -> Reading:
    facts = find_facts(page)
    apart = facts.cards | find_chrome(page.body)
    main = find_main(page.body, apart)
    stated, findings = state(facts, page, source or saved_from(text))
    blocks, attachments = read_blocks(main, apart, stated.source)
    attachments += attachments_around(main, apart, stated.source)
    if not blocks and (summary := facts.values.get("summary")):
        blocks = [Paragraph(summary)]
    stated = with_title(stated, find_title(page, main))
    manuscript = write_manuscript(stated, to_lines(_with_attachments(blocks, attachments)))
    if _DAMAGED in text:
        reason = f"{text.count(_DAMAGED)} characters of the page are damaged and stand as {_DAMAGED}"
        findings = (*findings, Finding(Severity.WARNING, "", 0, reason, "compare the text with the page on the web"))
    return Reading((manuscript,), findings)


def _with_attachments(blocks: list[Block], attachments: list[Attachment]) -> list[Block]:
    return insert_before_end(blocks, list(dict.fromkeys(found.line for found in attachments)))
