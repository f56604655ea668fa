"""What is measured is worth measuring: the made-up folder is read as it was meant, and its questions have answers."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge import read_folder
from tests.bench.corpus import BUREAUS, SECTIONS_EACH, make_report, make_reports, write_folder
from tests.bench.questions import KINDS, make_questions

SECTIONS = 200


def test_folder_is_read_as_the_reports_it_was_written_from(tmp_path: Path) -> None:
    write_folder(tmp_path / "knowledge", SECTIONS)
    folder = read_folder(tmp_path / "knowledge")
    read = {document.id: document for document in folder.documents}
    assert not folder.refused
    assert [agency.name for agency in folder.agencies] == [bureau.name for bureau in BUREAUS]
    assert len(read) * SECTIONS_EACH == SECTIONS
    for report in make_reports(SECTIONS):
        document = read[report.document.id]
        assert (document.agency, document.year) == (report.bureau.key, report.document.year)
        assert [(part.id, part.headings, part.text) for part in document.sections] == [
            (part.id, part.headings, part.text) for part in report.document.sections
        ]


def test_questions_are_the_same_for_the_same_seed_and_as_many_of_each_kind() -> None:
    asked = make_questions(SECTIONS, 50)
    assert asked == make_questions(SECTIONS, 50)
    assert asked != make_questions(SECTIONS, 50, seed=2)
    assert {kind: sum(one.kind == kind for one in asked) for kind in KINDS} == dict.fromkeys(KINDS, 10)


def test_questions_to_the_letter_name_the_project_of_their_section() -> None:
    for asked in make_questions(SECTIONS, 50):
        if asked.kind == "exact":
            report = make_report(int(asked.document.removeprefix("reports/")))
            assert report.facts[int(asked.section) - 1].project in asked.text
