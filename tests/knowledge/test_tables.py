"""The glossary and the golden questions."""

from __future__ import annotations

from importlib.resources import files

import pytest

from bot.knowledge import field_glossary
from bot.knowledge.readers import UnreadableFile
from bot.knowledge.tables import read_glossary, read_questions
from bot.model import GoldenQuestion, Term
from tests.knowledge.places import shared


def test_synonyms_may_be_separated_by_any_usual_sign() -> None:
    """With or without quotation marks, repeats and empty ones left out."""
    data = 'term,synonyms\n收费,费用|要钱|fee|费用\n复议,"复查；申诉，不服"\n数量,多少,几条,\n'.encode()
    assert read_glossary(data)[0] == (
        Term("收费", ("费用", "要钱", "fee")),
        Term("复议", ("复查", "申诉", "不服")),
        Term("数量", ("多少", "几条")),
    )


def test_rows_without_term_or_synonyms_are_errors_and_comments_are_not() -> None:
    """The other rows load."""
    terms, findings = read_glossary("词语,同义词\n#注,x\n收费,\n,费用\n数量,多少\n".encode())
    assert terms == (Term("数量", ("多少",)),)
    assert [finding.line for finding in findings] == [3, 4]


def test_questions_keep_their_lines_and_expectations() -> None:
    """A question without expectations must not be answered."""
    data = 'question,expect_document,expect_text,class\n公开多少,reports/2017,133条,figure\n"甲,\n乙",,,none\n'.encode()
    questions, findings = read_questions(data)
    assert questions == (
        GoldenQuestion("公开多少", "reports/2017", "133条", "figure", 2),
        GoldenQuestion("甲,\n乙", label="none", line=3),
    )
    assert [question.answerable for question in questions] == [True, False]
    assert findings == ()


def test_columns_of_expectations_may_be_absent() -> None:
    """A plain list of questions is a table as well; rows without a question or with too many cells are errors."""
    questions, findings = read_questions("问题\n甲\n乙,丙\n".encode())
    assert questions == (GoldenQuestion("甲", line=2),)
    assert [finding.line for finding in findings] == [3]


def test_table_without_its_columns_is_refused() -> None:
    """The remedy names the column."""
    with pytest.raises(UnreadableFile, match="no column term"):
        read_glossary("收费,费用\n".encode())


def test_glossary_of_the_field_ships_with_the_program() -> None:
    """It loads without remarks."""
    source = files("bot.data").joinpath("glossary.csv")
    if not source.is_file():
        pytest.skip("bot/data/glossary.csv is not there")
    assert field_glossary()
    assert read_glossary(source.read_bytes())[1] == ()


def test_real_question_files_load() -> None:
    """As the retrieval sets have them."""
    questions, findings = read_questions(shared("retrieval", "kcg", "clean.csv").read_bytes())
    assert len(questions) == 400
    assert findings == ()
