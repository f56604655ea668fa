"""settings.toml and calendar.toml, and what a folder asks for in them."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bot.knowledge import RetentionUnknown, Reviewing, git_authors, read_folder, read_retention, read_workdays
from bot.knowledge.barring import blocked_paths
from bot.knowledge.options import read_calendar, read_options
from bot.knowledge.readers import UnreadableFile
from bot.model import FileOptions, Finding, Options, Retention, Severity
from bot.publishing import findings_of
from bot.workdays import CalendarUnknown
from tests.knowledge.places import write_folder

TODAY = date(2026, 7, 1)


@pytest.mark.parametrize("written", ["0", "-1", "36501", "true", '"365"', "1.5"])
def test_days_that_are_none_keep_nothing_from_being_kept_for_the_default(written: str) -> None:
    options, findings = read_options(f"keep_days = {written}".encode())
    assert options.keep_days == 365
    assert "keep_days" in findings[0].reason


def test_how_long_words_are_kept_is_never_guessed(tmp_path: Path) -> None:
    assert read_retention(tmp_path) == Retention(365, 10)
    settings = tmp_path / "settings.toml"
    settings.write_text("keep_days = 30\n[applications]\nkeep_years = 15\n", encoding="utf-8")
    assert read_retention(tmp_path) == Retention(30, 15)
    for broken in ("keep_days = 30\n[hours", "keep_day = 3000", "keep_days = -1"):
        settings.write_text(broken, encoding="utf-8")
        with pytest.raises(RetentionUnknown, match=r"settings\.toml"):
            read_retention(tmp_path)
    with pytest.raises(RetentionUnknown, match="nothing is erased"):
        read_retention(tmp_path / "not-mounted")


def test_options_are_read_with_their_defaults() -> None:
    assert read_options(b"# nothing") == (Options(), ())
    text = 'require_review = true\n[hours]\nopens = "08:30"\ncloses = 17:30:00\n'
    assert read_options(text.encode()) == (Options(require_review=True, opens=time(8, 30), closes=time(17, 30)), ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('require_review = "yes"', '"require_review" is neither true nor false'),
        ('[hours]\nopens = "8点"', '"8点" is no time of day'),
        ('[hours]\nopens = "18:00"', "the office closes before it opens"),
        ("requirereview = true", '"requirereview" is unknown'),
        ("files = 3", 'what is stated of the file "" cannot be used'),
        ('[files."a.docx"]\nreviewer = "李四"', 'what is stated of the file "a.docx" cannot be used'),
        ('[files."a.docx"]\nreviewed_by = 3', 'what is stated of the file "a.docx" cannot be used'),
        ('[files."a.docx"]\nexceptions = {mobile = ""}', 'what is stated of the file "a.docx" cannot be used'),
    ],
)
def test_what_cannot_be_used_is_an_error_and_its_default_holds(text: str, said: str) -> None:
    options, findings = read_options(text.encode())
    assert options == Options()
    assert [finding.reason for finding in findings] == [said]


def test_a_file_that_is_no_toml_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_options(b"require_review = true\n[hours\n")
    assert caught.value.line == 2


def test_a_year_of_the_calendar_is_known_once_staff_wrote_it() -> None:
    text = '[2033]\noff = [2033-01-03, "2033-02-01..2033-02-07"]\nwork = ["2033-02-12"]\n'
    workdays, findings = read_calendar(text.encode())
    assert findings == ()
    assert workdays.after(date(2033, 1, 31), 1) == date(2033, 2, 8)
    assert workdays.after(date(2033, 2, 11), 1) == date(2033, 2, 12)
    with pytest.raises(CalendarUnknown):
        workdays.counts(date(2034, 1, 4))


@pytest.mark.parametrize(
    "text",
    [
        "[jahr]\noff = []",
        '[2033]\noff = ["2034-01-01"]',
        '[2033]\nwork = ["33年"]',
        '[2033]\noff = ["2033-03-01..2033-01-01"]',
    ],
)
def test_days_that_are_none_are_named(text: str) -> None:
    _, findings = read_calendar(text.encode())
    assert len(findings) == 1


def test_the_calendar_of_a_folder_is_read_where_it_is_whole(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"calendar.toml": "[2033]\noff = [2033-01-03]\n"})
    assert read_workdays(folder).after(date(2033, 1, 2), 1) == date(2033, 1, 4)
    (folder / "calendar.toml").write_text("[2033\n")
    assert read_workdays(folder).years == frozenset()


def page(**head: str) -> str:
    stated = "".join(f"{key}: {value}\n" for key, value in head.items())
    return f"---\ntitle: 甲通知\nkind: notice\ndate: 2025-03-04\n{stated}---\n\n甲的内容。\n"


FILES = {
    "agencies.toml": '[lsj]\nname = "示例市粮食局"\nphone = "1"\n',
    "settings.toml": "require_review = true\n",
    "read.md": page(author="张三", reviewed_by="李四"),
    "own.md": page(author="张三", reviewed_by="张三").replace("甲的", "乙的"),
    "unread.md": page(author="张三").replace("甲的", "丙的"),
    "items.csv": "id,title,text,审核人\nA,甲,一号。,李四\nB,乙,二号。,\n",
}


def unreviewed(path: Path, authors: dict[str, str] | None = None) -> list[Finding]:
    found = Reviewing().review(read_folder(path), TODAY, authors=authors)
    return [finding for finding in found if finding.rule == "review"]


def test_only_what_somebody_else_has_read_goes_out_where_the_folder_asks_for_it(tmp_path: Path) -> None:
    path = write_folder(tmp_path, FILES)
    assert [(finding.path, finding.line, finding.reason) for finding in unreviewed(path)] == [
        ("knowledge/items.csv", 3, "not reviewed"),
        ("knowledge/own.md", 0, "reviewed by its author, 张三"),
        ("knowledge/unread.md", 0, "not reviewed"),
    ]
    assert [finding.path for finding in unreviewed(path, {"read.md": "李四"})] != []
    (path / "settings.toml").unlink()
    assert unreviewed(path) == []


@pytest.mark.e2e
def test_who_changed_a_file_last_is_its_author(tmp_path: Path) -> None:
    path = write_folder(tmp_path, {"甲.md": page(), "b/c.md": page()})

    def git(*words: str) -> None:
        subprocess.run(["git", *words], cwd=path, check=True, capture_output=True)

    git("init", "-q")
    for name, file in (("张三", "甲.md"), ("李四", "b/c.md"), ("王五", "甲.md")):
        (path / file).write_text(page(reviewed_by=name))
        git("add", file)
        git("-c", f"user.name={name}", "-c", "user.email=a@example.org", "commit", "-qm", "x")
    assert git_authors(path) == {"甲.md": "王五", "b/c.md": "李四"}
    assert git_authors(tmp_path / "nowhere") == {}


PAGE = "<html><body><div><h1>关于值班的通知</h1><p>假期值班请打手机13812345678，随时有人接听。</p></div></body></html>"
STATED = """require_review = true
[files."a.html"]
reviewed_by = "李四"
exceptions = {mobile = "公示的值班手机"}
"""


def test_what_is_stated_of_a_file_is_read() -> None:
    options, findings = read_options(STATED.encode())
    assert findings == ()
    assert options.files == {"a.html": FileOptions("李四", (("mobile", "公示的值班手机"),))}


def test_a_file_without_front_matter_has_its_reviewer_and_exceptions_in_the_settings(tmp_path: Path) -> None:
    """Else no Word file, PDF or web page could go out where somebody has to review what does."""
    path = write_folder(tmp_path, {"settings.toml": "require_review = true\n", "a.html": PAGE})

    def look(*, notes: bool = True) -> tuple[set[str], frozenset[str]]:
        folder = read_folder(path)
        findings = findings_of(folder, path, datetime(2026, 7, 1, tzinfo=UTC), Reviewing(), notes=notes)
        assert notes or all(finding.severity is not Severity.NOTE for finding in findings)
        grave = {finding.rule for finding in findings if finding.severity is Severity.ERROR}
        return grave, blocked_paths(folder, findings)

    assert look() == ({"mobile", "review"}, frozenset({"a.html"}))
    (path / "settings.toml").write_text(STATED, encoding="utf-8")
    assert look() == look(notes=False) == (set(), frozenset())
    folder = read_folder(path)
    assert "a mobile number 手机号码 (138******78), excepted: 公示的值班手机" in {
        found.reason for found in folder.findings
    }


def test_what_is_stated_of_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = write_folder(tmp_path, {"settings.toml": STATED, "b.html": PAGE})
    told = [finding for finding in Reviewing().review(read_folder(path), TODAY) if "settings" in finding.reason]
    assert [finding.path for finding in told] == ["knowledge/settings.toml"]
