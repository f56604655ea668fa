"""What a change of the folder does to the golden questions, and how findings are written."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.app import App
from bot.desk.earlier import NoSuchRevision, earlier
from bot.desk.findings import Format, written
from bot.model import Finding, Severity
from tests.houses import ASK_PARKING, FILES, PARKING, write_house

GOLDEN = {"questions.csv": f"question,expect_document,expect_text,class\n{ASK_PARKING},items/parking,,\n"}
RIVAL = PARKING.replace("5元", "9元").replace("停车场收费标准", "停车怎么收费")


def test_a_change_that_turns_a_right_answer_wrong_names_both_documents(tmp_path: Path) -> None:
    settings = write_house(tmp_path, FILES | GOLDEN)
    with App(settings) as app:
        assert app.sync().findings == () or all(finding.rule != "golden" for finding in app.sync().findings)
        (settings.knowledge / "items" / "rival.md").write_text(RIVAL, encoding="utf-8")
        (settings.knowledge / "items" / "parking.md").write_text(PARKING.replace("停车", "泊位"), encoding="utf-8")
        checked = [finding for finding in app.check() if finding.rule == "golden"]
        published = [finding for finding in app.sync().findings if finding.rule == "golden"]
    assert checked == published
    (error,) = published
    assert (error.severity, error.path, error.line) == (Severity.ERROR, "knowledge/questions.csv", 2)
    assert f'"{ASK_PARKING}" was answered by "items/parking"' in error.reason
    assert '"items/rival" answers it' in error.reason


@pytest.mark.e2e
def test_the_questions_that_a_change_affected_are_named(tmp_path: Path) -> None:
    settings = write_house(tmp_path, FILES | GOLDEN)

    def git(*words: str) -> None:
        identity = ("-c", "user.name=张三", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *words], cwd=settings.knowledge, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    (settings.knowledge / "items" / "parking.md").unlink()
    with App(settings) as app:
        found = app.check("HEAD")
        assert any(f'"{ASK_PARKING}" was answered by "items/parking", now by nothing' in one.reason for one in found)
        with pytest.raises(NoSuchRevision, match="no commit HEAD~7"):
            app.check("HEAD~7")


@pytest.mark.e2e
def test_a_folder_without_a_history_has_no_earlier_state(tmp_path: Path) -> None:
    with pytest.raises(NoSuchRevision), earlier(tmp_path, "HEAD"):
        pass
    with pytest.raises(NoSuchRevision, match="begins with a dash"), earlier(tmp_path, "--output=x"):
        pass


FOUND = (
    Finding(Severity.ERROR, "knowledge/a.md", 3, "a <mark>", "take it out", "secrecy"),
    Finding(Severity.NOTE, "knowledge/b.md", 0, "no date", "state date 日期"),
)


def test_findings_are_written_for_people_scripts_and_machines() -> None:
    assert list(written(FOUND, Format.TEXT)) == [
        "error    错误  knowledge/a.md:3: a <mark>；take it out  [secrecy]",
        "note     说明  knowledge/b.md: 没有日期；请写明“日期”",
        "1 errors 错误, 0 warnings 警告, 1 notes 说明",
    ]
    assert [json.loads(line)["rule"] for line in written(FOUND, Format.JSON)] == ["secrecy", ""]
    suite = ElementTree.fromstring("\n".join(list(written(FOUND, Format.JUNIT))[1:]))  # noqa: S314 - our own
    assert suite.attrib == {"name": "bot check", "tests": "2", "failures": "1"}
    (failure,) = suite.iter("failure")
    assert failure.attrib == {"type": "error secrecy", "message": "a <mark>"}
