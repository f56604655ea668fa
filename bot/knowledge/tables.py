"""The two small tables beside the documents: what people say for what documents say, and the questions staff check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

from bot.knowledge.rows import Row, read_table
from bot.knowledge.stated import tidy
from bot.model import Finding, GoldenQuestion, Severity, Term

_TERM_COLUMNS: Mapping[str, str] = {
    "term": "term", "词语": "term", "用语": "term",
    "synonyms": "synonyms", "同义词": "synonyms", "说法": "synonyms",
}  # fmt: skip
_QUESTION_COLUMNS: Mapping[str, str] = {
    "question": "question", "问题": "question",
    "expect_document": "expect_document", "公开信息": "expect_document",
    "expect_text": "expect_text", "应含文字": "expect_text",
    "class": "label", "类别": "label",
}  # fmt: skip
_SYNONYM_SEPARATORS = re.compile(r"[,;；，|｜、\n]")


def read_glossary(data: bytes) -> tuple[tuple[Term, ...], tuple[Finding, ...]]:
    """Read ``term,synonyms``; synonyms are separated by , ; ； ， 、 or |, and need no quotation marks.

    Returns:
        The terms in the file's order, and findings without a path.

    Raises:
        UnreadableFile: no text, or no such columns.
    """
    table = read_table(data, _TERM_COLUMNS, required=("term", "synonyms"))
    terms, findings = [], list(table.findings)
    for row in table.rows:
        term, synonyms = _term(row)
        if term.startswith("#"):
            continue
        if not term or not synonyms:
            findings.append(
                Finding(Severity.ERROR, "", row.line, "the term or its synonyms are missing", "fill in both")
            )
            continue
        terms.append(Term(term, synonyms))
    return tuple(terms), tuple(findings)


def _term(row: Row) -> tuple[str, tuple[str, ...]]:
    term = tidy(row.cells["term"])
    written = ",".join((row.cells["synonyms"], *row.extra))
    words = map(tidy, _SYNONYM_SEPARATORS.split(written))
    return term, tuple(dict.fromkeys(word for word in words if word and word != term))


def read_questions(data: bytes) -> tuple[tuple[GoldenQuestion, ...], tuple[Finding, ...]]:
    """Read ``question,expect_document,expect_text,class``; a row with neither expectation must not be answered.

    Returns:
        The questions in the file's order, and findings without a path.

    Raises:
        UnreadableFile: no text, or no column of questions.
    """
    table = read_table(data, _QUESTION_COLUMNS, required=("question",))
    questions, findings = [], list(table.findings)
    for row in table.rows:
        cells = {name: cell.strip() for name, cell in row.cells.items()}
        if not cells["question"] or row.extra:
            reason = "the row has more cells than the header" if row.extra else "the question is missing"
            findings.append(Finding(Severity.ERROR, "", row.line, reason, 'put texts with commas in ""'))
            continue
        questions.append(GoldenQuestion(**cells, line=row.line))
    return tuple(questions), tuple(findings)


def field_glossary() -> tuple[Term, ...]:
    """The glossary of the whole field that ships with the program; a folder's own glossary adds to it.

    Raises:
        UnreadableFile: the installed file is damaged.
    """
    terms, _ = read_glossary(files("bot.data").joinpath("glossary.csv").read_bytes())
    return terms
