"""Files of formats that others made are read under limits, and whatever one of them does, the others are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.knowledge import Folder, passes, processes, read_folder
from bot.knowledge.processes import ReadingProcesses
from bot.knowledge.readers import READERS
from bot.knowledge.reading import Task, basis_of
from tests.knowledge.hostile import HOSTILE, read_hostile
from tests.knowledge.places import write_folder
from tests.knowledge.test_rereading import age, known_from

pytestmark = pytest.mark.e2e


@pytest.fixture(autouse=True)
def hostile_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, ".docx", read_hostile)
    monkeypatch.setitem(READERS, ".pdf", read_hostile)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits ten seconds for a test; the processes themselves keep to their own limits."""
    monkeypatch.setattr(processes, "SECONDS", 3.0)


def texts(folder: Folder) -> list[str]:
    return [document.sections[0].text for document in folder.documents]


def refusals(folder: Folder) -> dict[str, str]:
    """Reason and remedy by the file's name."""
    return {
        Path(finding.path).stem: f"{finding.reason}; {finding.remedy}" for finding in folder.findings if finding.remedy
    }


@pytest.mark.usefixtures("impatient")
def test_whatever_a_file_does_it_is_refused_by_name_and_the_others_are_read(tmp_path: Path) -> None:
    """It loops, waits, allocates, crashes: with the reason and what to do, and nothing else is lost."""
    files = {f"{what.decode()}.docx": what for what in HOSTILE}
    good = {f"good{number}.docx": f"第{number}份。" for number in range(20)}
    path = write_folder(
        tmp_path, {"agencies.toml": '[a]\nname = "甲"\nphone = "1"\n', "text.md": "文字。", **files, **good}
    )
    folder = read_folder(path)
    assert set(texts(folder)) == {"文字。", *good.values()}
    assert folder.refused == files.keys()
    said = refusals(folder)
    for name, reason in {
        "loop": "takes longer than",
        "sleep": "takes longer than",
        "allocate": "more than 512 MB of memory",
        "crash": "it breaks the reader (SIGSEGV)",
        "exit": "it breaks the reader (exit code 3)",
        "raise": "the reader breaks off (KeyError)",
        "recurse": "the reader breaks off (RecursionError)",
    }.items():
        assert reason in said[name]
        assert said[name].partition("; ")[2]
    # What the file says goes nowhere but into the document.
    assert "citizen" not in str(folder.findings)


@pytest.mark.usefixtures("impatient")
def test_a_refused_file_is_not_tried_again_until_it_changes(tmp_path: Path) -> None:
    """Else a folder with one bad file would take ten seconds each time."""
    path = write_folder(tmp_path, {"sleep.docx": "sleep", "crash.pdf": "crash"})
    for file in path.iterdir():
        age(file)
    first = read_folder(path)
    again = read_folder(path, known_from(first))
    assert again.holdings.documents.names == []
    assert (again.findings, again.refused) == (first.findings, first.refused)
    (path / "sleep.docx").write_text("好了。", encoding="utf-8")
    assert texts(read_folder(path, known_from(again))) == ["好了。"]


def test_hundreds_of_files_are_read_by_a_few_processes(tmp_path: Path) -> None:
    path = write_folder(tmp_path, {f"{number}.docx": "pid" for number in range(300)})
    found = set(texts(read_folder(path)))
    assert 1 <= len(found) <= len(os.sched_getaffinity(0))
    assert f"进程{os.getpid()}。" not in found


def test_a_process_is_started_again_only_where_one_was_lost(tmp_path: Path) -> None:
    path = write_folder(tmp_path, {"00.docx": "crash", **{f"{number}.docx": "好。" for number in range(50)}})
    tasks = [Task(file.name, str(file), "", ".docx", read_hostile, "", limited=True) for file in sorted(path.iterdir())]
    # One at once: of two the other might have read all the rest before the loss is noticed.
    with ReadingProcesses(basis_of(()), count=1) as reading:
        outcomes = list(reading.read(tasks))
        assert reading.started == 2
        children = [process.popen for process in reading._processes]
    assert sum(outcome.file.refused for outcome in outcomes) == 1
    assert len(outcomes) == 51
    assert all(child.returncode is not None for child in children), "a process was left behind"


def test_a_reading_process_is_told_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a file makes of its reader, there is nothing to be had."""
    monkeypatch.setenv("BOT_TELEGRAM_TOKEN", "123:abc")
    monkeypatch.setenv("BOT_DATABASE_URL", "postgresql://a:b@c/d")
    assert texts(read_folder(write_folder(tmp_path, {"a.docx": "secret"}))) == ["[]。"]


def test_many_texts_are_read_by_processes_with_the_same_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents, findings, cards, and what is known of each file, in the same order."""
    files = {f"items/{number}.md": f"---\ntitle: 第{number}项\n---\n\n内容{number}。\n" for number in range(40)}
    files |= {"bad.md": "", "c.csv": "id,text,agency\n1,甲,信息科\n,乙,\n", "d.csv": "id,text\n1,丙\n2,丁\n"}
    path = write_folder(tmp_path, files)
    for file in path.rglob("*.*"):
        age(file)
    here = read_folder(path)
    monkeypatch.setattr(passes, "HERE", 0)
    elsewhere = read_folder(path)
    assert list(elsewhere.documents) == list(here.documents)
    assert len(elsewhere.documents) == len(here.documents) == 42
    assert list(elsewhere.documents)[1:3] == list(elsewhere.documents[1:3])
    assert (elsewhere.findings, elsewhere.refused) == (here.findings, here.refused)
    assert (list(elsewhere.cards), list(elsewhere.files)) == (list(here.cards), list(here.files))
