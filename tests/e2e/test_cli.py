"""The command line as a shell, a script and a scheduler use it: real processes in a folder of their own."""

from __future__ import annotations

import csv
import getpass
import io
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.command import Bot
from tests.houses import (
    ASK_CANTEEN,
    ASK_PARKING,
    CANTEEN,
    CANTEEN_PASSAGE,
    FILES,
    PARKING,
    PARKING_PASSAGE,
    UNPUBLISHED,
)
from tests.knowledge.places import shared, write_folder

pytestmark = pytest.mark.e2e

ANSWER_FIELDS = {"question", "decision", "score", "matches", "quote", "contact", "reply", "record"}
MATCH_FIELDS = {"document", "section", "title", "heading", "text", "year", "agency", "source", "score"}
GOLDEN = "question,expect_document,expect_text,class\n{},{},,a\n"


@pytest.fixture
def fresh(tmp_path: Path) -> Bot:
    """Nothing was ever published."""
    write_folder(tmp_path, FILES)
    return Bot(tmp_path)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    write_folder(folder, FILES)
    assert Bot(folder).run("sync").returncode == 0
    return folder


@pytest.fixture
def bot(tmp_path: Path, template: Path) -> Bot:
    """A house that was published before."""
    return Bot(shutil.copytree(template, tmp_path / "house"))


def test_the_help_names_every_command_and_what_it_does(fresh: Bot) -> None:
    """Whoever types `bot` alone learns what there is."""
    text = fresh.run("--help").stdout
    for command in ("run", "chat", "ask", "sync", "check", "explain", "eval", "fit", "health", "records"):
        assert re.search(rf"^ +{command}  +\w+", text, re.MULTILINE), command
    for command in ("list", "show", "export"):
        assert re.search(rf"^ +{command}  +\w+", fresh.run("records", "--help").stdout, re.MULTILINE), command
    assert not (fresh.folder / "var").exists()


def test_a_question_in_the_command_is_answered_as_text(fresh: Bot) -> None:
    """In a fresh clone the first question publishes the folder."""
    done = fresh.run("ask", "停车", "怎么收费")
    assert done.stdout == (
        f"{PARKING_PASSAGE}\n\n出处：停车场收费标准，2018-03-01发布\n"
        "联系：随州市招商局，办公室，电话0722-3312345，随州招商网，热线12345\n\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_json_has_exactly_the_fields_that_scripts_rely_on(bot: Bot) -> None:
    answer, none = bot.ask(ASK_PARKING, UNPUBLISHED)
    assert set(answer) == set(none) == ANSWER_FIELDS
    assert [set(match) for match in answer["matches"]] == [MATCH_FIELDS] * len(answer["matches"])
    first = answer["matches"][0]
    assert (answer["question"], answer["decision"], answer["quote"]) == (ASK_PARKING, "answer", PARKING_PASSAGE)
    assert (first["document"], first["section"], first["title"]) == ("items/parking", "1", "停车场收费标准")
    assert (first["heading"], first["text"], first["agency"]) == ([], PARKING_PASSAGE, "zsj")
    assert answer["score"] == first["score"]
    assert 0 < first["score"] <= 1
    assert answer["contact"]["agency"] == "zsj"
    assert answer["contact"]["name"] == "随州市招商局"
    assert answer["contact"]["phone"] == "0722-3312345"
    assert answer["reply"].startswith(f"{PARKING_PASSAGE}\n\n出处：")
    assert re.fullmatch(r"ZX-\d{4}-000001", answer["record"])
    assert (none["decision"], none["quote"]) == ("none", None)
    assert len(answer["matches"]) <= 10


def test_without_a_record_none_is_kept(bot: Bot) -> None:
    done = bot.run("ask", "--json", "--no-record", ASK_PARKING)
    assert json.loads(done.stdout)["record"] is None
    assert bot.run("records", "list").stdout == ""
    assert not (bot.folder / "var/secret").exists()


def test_questions_are_answered_one_by_one_as_they_come(bot: Bot) -> None:
    """A program on the other end of two pipes gets each reply before it sends the next question."""
    with bot.start("ask", "--json", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for question, decision in ((ASK_PARKING, "answer"), (UNPUBLISHED, "none"), (ASK_CANTEEN, "answer")):
            process.stdin.write(f"{question}\n".encode())
            process.stdin.flush()
            reply = json.loads(process.stdout.readline())
            assert (reply["question"], reply["decision"]) == (question, decision)
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_garbage_never_stops_the_stream_and_gets_one_object_a_line(bot: Bot) -> None:
    lines = [
        ASK_PARKING.encode(),
        b"",
        b"\xff\xfe\xc3\x28",
        b"\0",
        ASK_CANTEEN.encode("gb18030"),
        b"a\rb",
        "\u2028 \x85 \x0b".encode(),
        b"\x1b[31m" + b"x" * 100_000,
        f"{ASK_CANTEEN}\r".encode(),
        ASK_CANTEEN.encode(),  # without a line break at the end
    ]
    done = bot.run("ask", "--json", given=b"\n".join(lines))
    assert (done.returncode, done.stderr) == (0, "")
    replies = [json.loads(line) for line in done.stdout.split("\n")[:-1]]
    assert len(replies) == len(lines)
    assert [reply["quote"] for reply in replies if reply["quote"]] == [
        PARKING_PASSAGE,
        CANTEEN_PASSAGE,
        CANTEEN_PASSAGE,
    ]
    # Each is on record, in order and without a gap.
    assert [int(reply["record"][-6:]) for reply in replies] == list(range(1, len(lines) + 1))
    assert bot.run("records", "export").returncode == 0


def test_text_replies_skip_empty_lines(bot: Bot) -> None:
    out = bot.run("ask", "--no-record", given=f"\n  \n{ASK_PARKING}\n\n").stdout
    assert out.count("出处：") == 1
    assert out.startswith(PARKING_PASSAGE)


def test_a_reader_that_has_had_enough_is_no_error(bot: Bot) -> None:
    """As in `bot ask | head -1`."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with bot.start("ask", "--no-record", **pipes) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(f"{ASK_PARKING}\n".encode())
        process.stdin.flush()
        assert process.stdout.readline() == f"{PARKING_PASSAGE}\n".encode()
        process.stdout.close()
        process.stdin.write(f"{ASK_PARKING}\n".encode())
        process.stdin.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
def test_a_machine_without_a_chinese_locale_reads_and_writes_chinese(bot: Bot, locale: dict[str, str]) -> None:
    bot.set = locale
    assert json.loads(bot.run("ask", "--json", "--no-record", ASK_PARKING).stdout)["quote"] == PARKING_PASSAGE
    assert bot.run("ask", "--no-record", given=ASK_PARKING).stdout.startswith(PARKING_PASSAGE)


def test_an_argument_that_is_no_text_is_answered_all_the_same(bot: Bot) -> None:
    done = bot.run("ask", "--json", b"\xff\xfe" + ASK_PARKING.encode())
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["question"] == f"\ufffd\ufffd{ASK_PARKING}"


def test_a_question_and_its_citizen_appear_in_no_log(bot: Bot) -> None:
    """Standard error is what ends up in a log; also when everything is worth a remark."""
    bot.set = {"PYTHONWARNINGS": "default", "PYTHONASYNCIODEBUG": "1", "LOGNAME": "zhangsan"}
    for arguments in (["ask"], ["ask", "--json"], ["run"]):
        done = bot.run(*arguments, given=f"{ASK_PARKING}\n{UNPUBLISHED}\n")
        assert done.returncode == 0
        for private in (ASK_PARKING, UNPUBLISHED, "zhangsan", getpass.getuser()):
            assert private not in done.stderr
        assert "zhangsan" not in done.stdout
    written = [path.read_bytes() for path in bot.folder.rglob("*") if path.is_file()]
    assert not any(b"zhangsan" in content for content in written)


def test_sync_prints_what_was_added_changed_and_withdrawn(fresh: Bot) -> None:
    done = fresh.run("sync")
    assert (
        done.stdout == "added     items/canteen\nadded     items/parking\n2 added, 0 changed, 0 withdrawn, 0 refused\n"
    )
    assert done.returncode == 0
    (fresh.folder / "knowledge/items/canteen.md").unlink()
    write_folder(
        fresh.folder, {"items/parking.md": PARKING.replace("5元", "8元"), "items/gate.md": "# 东门\n\n开放。\n"}
    )
    done = fresh.run("sync")
    assert done.stdout.splitlines() == [
        "added     items/gate",
        "changed   items/parking",
        "withdrawn items/canteen",
        "1 added, 1 changed, 1 withdrawn, 0 refused",
    ]
    done = fresh.run("sync")
    assert (done.returncode, done.stdout) == (0, "0 added, 0 changed, 0 withdrawn, 0 refused\n")


def test_a_refused_file_fails_the_sync_while_the_rest_is_published(bot: Bot) -> None:
    """And its last good version goes on answering."""
    write_folder(
        bot.folder,
        {
            "items/parking.md": PARKING.replace("2018-03-01", "某年某月").replace("5元", "8元"),
            "items/canteen.md": CANTEEN.replace("7点", "8点"),
        },
    )
    done = bot.run("sync")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "changed   items/canteen",
        "refused   items/parking.md",
        "0 added, 1 changed, 0 withdrawn, 1 refused",
    ]
    assert re.search(
        r"^error 错误: knowledge/items/parking\.md:3: 日期“某年某月”不是日期；.+$", done.stderr, re.MULTILINE
    )
    parking, canteen = bot.ask(ASK_PARKING, ASK_CANTEEN)
    assert parking["quote"] == PARKING_PASSAGE
    assert canteen["quote"] == CANTEEN_PASSAGE.replace("7点", "8点")


def test_a_long_sync_is_summed_up(fresh: Bot) -> None:
    write_folder(fresh.folder, {f"items/{number:02}.md": f"# 第{number}项\n\n内容{number}。\n" for number in range(25)})
    lines = fresh.run("sync").stdout.splitlines()
    assert lines[20:] == ["added     … and 7 more", "27 added, 0 changed, 0 withdrawn, 0 refused"]


def test_check_passes_a_good_folder_and_writes_nothing(fresh: Bot) -> None:
    write_folder(fresh.folder, {"questions.csv": GOLDEN.format(ASK_PARKING, "items/parking")})
    done = fresh.run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^0 errors 错误, \d+ warnings 警告, \d+ notes 说明$", done.stdout, re.MULTILINE)
    assert [path.name for path in fresh.folder.iterdir()] == ["knowledge"]


def test_check_fails_on_a_golden_question_with_another_answer(fresh: Bot) -> None:
    write_folder(fresh.folder, {"questions.csv": GOLDEN.format(ASK_PARKING, "items/canteen")})
    done = fresh.run("check")
    assert done.returncode == 1
    assert f"error    错误  knowledge/questions.csv:2: “{ASK_PARKING}”应当由items/canteen回答" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("1 errors 错误, ")
    assert [path.name for path in fresh.folder.iterdir()] == ["knowledge"]


def test_check_fails_on_a_file_that_would_be_refused(fresh: Bot) -> None:
    write_folder(fresh.folder, {"items/parking.md": PARKING.replace("2018-03-01", "某年某月")})
    done = fresh.run("check")
    assert done.returncode == 1
    assert "error    错误  knowledge/items/parking.md" in done.stdout


LABELLED = (
    "question,expect_document,expect_text,class\n"
    f"{ASK_PARKING},items/parking,,plain\n停車怎麼收費,,每小时5元|一小时,script\n{ASK_CANTEEN},items/parking,,wrong\n"
    f"{UNPUBLISHED},,,none\n"
)


def test_a_decision_is_explained_and_leaves_no_record(fresh: Bot) -> None:
    done = fresh.run("explain", "停车", "怎么收费")
    assert (done.returncode, done.stderr) == (0, "")
    for said in (
        "question  停车 怎么收费",
        "kind      inquiry",
        "停车 1.00 by character",
        "decision  answer: items/parking#1",
    ):
        assert said in done.stdout
    assert "\x1b" not in done.stdout
    assert fresh.run("records", "list").stdout == ""
    assert not (fresh.folder / "var/secret").exists()


def test_labelled_questions_are_evaluated_without_a_trace(fresh: Bot) -> None:
    """Exit code 0 also where some are lost; what was kept is compared with."""
    (fresh.folder / "a.csv").write_text(LABELLED, encoding="utf-8")
    done = fresh.run("eval", "a.csv", "--json", "old.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-2].split() == ["ALL", "4", *("0.667",) * 3, "0.667", "1.000", "0.667", "0.000"]
    assert done.stdout.splitlines()[-1] == f"miss  {ASK_CANTEEN}  answer  items/canteen"
    assert {path.name for path in fresh.folder.iterdir()} == {"knowledge", "a.csv", "old.json"}
    (fresh.folder / "a.csv").write_text(
        LABELLED.replace(f"{ASK_CANTEEN},items/parking", f"{ASK_CANTEEN},items/canteen"), encoding="utf-8"
    )
    done = fresh.run("eval", "a.csv", "--compare", "old.json", "--misses", "0")
    assert done.returncode == 0
    assert f"won   {ASK_CANTEEN}  wrong (items/canteen) → right (place 1)" in done.stdout.splitlines()
    assert "0 lost" in done.stdout.splitlines()


def test_the_figures_are_those_of_the_scoring_tool(fresh: Bot) -> None:
    """It asks the program from outside; both must come to the same."""
    (fresh.folder / "a.csv").write_text(LABELLED, encoding="utf-8")
    tool = [
        sys.executable,
        str(shared("tools", "score.py")),
        "a.csv",
        "--knowledge",
        "knowledge",
        "--json",
        "tool.json",
    ]
    subprocess.run(
        [*tool, "--bot", f"{sys.executable} -m bot"],
        cwd=fresh.folder,
        env=fresh.environment,
        check=True,
        capture_output=True,
    )
    assert fresh.run("eval", "a.csv", "--json", "own.json").returncode == 0
    own, scored = (json.loads((fresh.folder / name).read_text(encoding="utf-8")) for name in ("own.json", "tool.json"))
    assert own["sets"]["a.csv"]["figures"] == scored


def test_without_a_file_the_folders_own_questions_are_evaluated(fresh: Bot) -> None:
    write_folder(fresh.folder, {"questions.csv": GOLDEN.format(ASK_PARKING, "items/parking")})
    assert fresh.run("eval").stdout.startswith("knowledge/questions.csv\n")
    (fresh.folder / "knowledge").rename(fresh.folder / "other")
    assert fresh.run("eval", "--knowledge", "other").stdout.startswith("other/questions.csv\n")
    assert fresh.run("eval", "other:other/questions.csv").stdout.startswith("other:other/questions.csv\n")


@pytest.mark.parametrize("command", ["eval", "fit"])
def test_a_file_that_is_not_there_is_said_in_one_line(fresh: Bot, command: str) -> None:
    done = fresh.run(command, "nowhere.csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("nowhere.csv: No such file or directory; name a CSV file")
    assert done.stderr.count("\n") == 1


def test_a_fit_shows_its_floors_and_changes_none_by_itself(fresh: Bot) -> None:
    (fresh.folder / "a.csv").write_text(LABELLED, encoding="utf-8")
    done = fresh.run("fit", "a.csv", "--right", "0.5")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[0] for line in done.stdout.splitlines()[:4]] == ["set", "answer", "today", "best"]
    assert fresh.run("fit", "a.csv", "--keep").returncode == 0
    assert {path.name for path in fresh.folder.iterdir()} == {"knowledge", "a.csv"}


def test_a_fit_that_no_floors_can_save_fails(fresh: Bot) -> None:
    """What is surely answered, and wrongly."""
    (fresh.folder / "a.csv").write_text(GOLDEN.format(ASK_CANTEEN, "items/parking"), encoding="utf-8")
    done = fresh.run("fit", "a.csv")
    assert (done.returncode, done.stderr) == (1, "")
    assert "best" not in done.stdout


def test_environment_variables_say_where_things_are(fresh: Bot) -> None:
    (fresh.folder / "knowledge").rename(fresh.folder / "公开 信息")
    fresh.set = {
        "BOT_KNOWLEDGE": "公开 信息",
        "BOT_DATABASE_URL": "sqlite:///数据/库.db",
        "BOT_INDEX": "索引",
        "BOT_SECRET_FILE": "密/钥",
    }
    (answer,) = fresh.ask(ASK_PARKING)
    assert answer["quote"] == PARKING_PASSAGE
    for place in ("数据/库.db", "索引/CURRENT", "密/钥"):
        assert (fresh.folder / place).exists(), place
    assert not (fresh.folder / "var").exists()


def test_an_env_file_works_too_and_the_environment_goes_before_it(fresh: Bot) -> None:
    env = "BOT_DATABASE_URL=sqlite:///file/bot.db\nBOT_INDEX=file/index\nBOT_SECRET_FILE=file/secret\n"
    (fresh.folder / ".env").write_text(env, encoding="utf-8")
    fresh.set = {"BOT_INDEX": "environment/index"}
    fresh.ask(ASK_PARKING)
    assert (fresh.folder / "file/bot.db").exists()
    assert (fresh.folder / "file/secret").exists()
    assert not (fresh.folder / "file/index").exists()
    assert (fresh.folder / "environment/index/CURRENT").exists()
    assert not (fresh.folder / "var").exists()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BOT_DATABASE_URL", "mysql://bot:hunter2@db/bot", "mysql is not supported"),
        ("BOT_DATABASE_URL", "hunter2", "the database URL cannot be read"),
        ("BOT_DATABASE_URL", "postgresql://bot:hunter2@127.0.0.1:1/bot", "check that PostgreSQL runs on 127.0.0.1:1"),
        ("BOT_DATABASE_URL", "sqlite:///knowledge/agencies.toml", "file is not a database"),
        ("BOT_DATABASE_URL", "sqlite:///knowledge", "unable to open database file"),
        ("BOT_KNOWLEDGE", "nowhere", "nowhere: there is no such folder"),
        ("BOT_INDEX", "knowledge/agencies.toml", "or set BOT_INDEX"),
        ("BOT_SECRET_FILE", "knowledge/agencies.toml/secret", "or set BOT_SECRET_FILE"),
        ("BOT_TELEGRAM_TOKEN", "hunter2", "BOT_TELEGRAM_TOKEN: this is no bot token"),
        ("BOT_TELEGRAM_API", "hunter2", "BOT_TELEGRAM_API: this is no address"),
    ],
)
def test_what_a_person_can_mend_is_said_in_one_line(fresh: Bot, name: str, value: str, said: str) -> None:
    """With what to do, exit code 2, no traceback and no password."""
    fresh.set = {name: value}
    done = fresh.run("ask", ASK_PARKING)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert "hunter2" not in done.stderr


def test_a_wrong_option_is_a_usage_error(fresh: Bot) -> None:
    done = fresh.run("ask", "--jason")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_records_are_listed_newest_first_a_line_each(bot: Bot) -> None:
    question = "停车 " * 30
    records = [reply["record"] for reply in bot.ask(ASK_PARKING, UNPUBLISHED, question)]
    lines = bot.run("records", "list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == records[::-1]
    assert re.fullmatch(
        rf"{records[0]}  \d{{4}}-\d\d-\d\d \d\d:\d\d  命令      已答复          {ASK_PARKING}", lines[2]
    )
    assert lines[0].endswith("…")
    assert bot.run("records", "list", "--limit", "1").stdout.splitlines() == lines[:1]
    assert bot.run("records", "list", "--before", records[1]).stdout.splitlines() == lines[2:]


def test_a_record_is_shown_whole(bot: Bot) -> None:
    (answer,) = bot.ask(ASK_PARKING)
    out = bot.run("records", "show", answer["record"].lower()).stdout
    assert f"编号：{answer['record']}\n" in out
    assert f"问题：{ASK_PARKING}\n" in out
    assert f"答复：\n{answer['reply']}\n" in out


def test_a_shown_record_tells_what_a_follow_up_was_taken_for(bot: Bot) -> None:
    bot.run("chat", given=f"{ASK_PARKING}\n电话多少\n")
    reference = bot.run("records", "list", "--limit", "1").stdout.split()[0]
    out = bot.run("records", "show", reference).stdout
    assert "问题：电话多少\n" in out
    assert "理解为：停车收费电话\n" in out
    assert out.endswith("评价：\n")


def test_an_unknown_record_is_said_to_be_one(bot: Bot) -> None:
    done = bot.run("records", "show", "ZX-2001-000001")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "ZX-2001-000001：没有这条登记；`bot records list` 列出最新的\n"


def test_records_are_exported_for_spreadsheets_with_formulas_defused(bot: Bot) -> None:
    formula = '=HYPERLINK("http://x.org","停车怎么收费")'
    answers = bot.ask(ASK_PARKING, formula)
    done = bot.run("records", "export", "--output", "out.csv")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    content = (bot.folder / "out.csv").read_bytes()
    # By this mark Excel knows UTF-8.
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["编号"] for row in rows] == [answer["record"] for answer in answers]
    assert [row["问题"] for row in rows] == [ASK_PARKING, f"'{formula}"]
    assert [row["答复"] for row in rows] == [answer["reply"] for answer in answers]
    # Nothing half-written is left beside it.
    assert {path.name for path in bot.folder.iterdir()} == {"knowledge", "var", "out.csv"}


def test_records_on_standard_output_are_the_same_without_the_mark(bot: Bot) -> None:
    """So that `bot records export | …` meets the header's first letter."""
    bot.ask(ASK_PARKING)
    bot.run("records", "export", "--output", "out.csv")
    assert bot.run("records", "export").stdout == (bot.folder / "out.csv").read_bytes().decode("utf-8-sig")


def test_an_export_that_cannot_be_written_leaves_the_last_one(bot: Bot) -> None:
    done = bot.run("records", "export", "--output", "nowhere/out.csv")
    assert done.returncode == 2
    assert done.stderr == "nowhere/out.csv: No such file or directory; name a file in a folder that can be written\n"
    (bot.folder / "out.csv").mkdir()
    assert bot.run("records", "export", "--output", "out.csv").returncode == 2
    assert {path.name for path in bot.folder.iterdir()} == {"knowledge", "var", "out.csv"}


def test_run_without_a_token_syncs_and_answers_on_the_console(fresh: Bot) -> None:
    """As in `bot run < questions.txt`."""
    done = fresh.run("run", given=f"{ASK_PARKING}\n{ASK_CANTEEN}\n")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "新增  items/canteen",
        "新增  items/parking",
        "新增2件，更新0件，撤下0件，退回0件",
    ]
    places = [done.stdout.index(text) for text in (ASK_PARKING, PARKING_PASSAGE, ASK_CANTEEN, CANTEEN_PASSAGE)]
    assert places == sorted(places)
    assert [line.split()[3] for line in fresh.run("records", "list").stdout.splitlines()] == ["终端"] * 2


def test_run_serves_what_it_can_publish(bot: Bot) -> None:
    """A bad file at a restart must not keep the bot down."""
    write_folder(bot.folder, {"items/parking.md": PARKING.replace("2018-03-01", "某年某月")})
    done = bot.run("run", given=f"{ASK_PARKING}\n")
    assert done.returncode == 0
    assert "退回  items/parking.md" in done.stderr
    assert PARKING_PASSAGE in done.stdout


def test_health_tells_whether_questions_can_be_answered(bot: Bot) -> None:
    shutil.rmtree(bot.folder / "var/index")
    done = bot.run("health")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (bot.folder / "var/index/CURRENT").exists()
    bot.set = {"BOT_DATABASE_URL": "postgresql://bot:hunter2@127.0.0.1:1/bot"}
    assert bot.run("health").returncode == 2


def test_chat_at_a_terminal_greets_prompts_and_says_goodbye(bot: Bot) -> None:
    bot.set = {"TERM": "xterm-256color", "COLUMNS": "80"}
    ours, theirs = pty.openpty()
    with bot.start("chat", stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        assert "您好！" in read_until(ours, "您问：")
        os.write(ours, f"{ASK_PARKING}\n".encode())
        answer = read_until(ours, "您问：")
        assert "停车每小时5元" in answer
        # The sentence that answers is bold.
        assert "\x1b[1m" in answer
        os.write(ours, b"/quit\n")
        assert "再见" in read_until(ours, "再见，感谢您的来访。")
        assert process.wait(10) == 0
    os.close(ours)


def read_until(terminal: int, words: str, seconds: float = 30.0) -> str:
    """What a terminal shows until some words appear."""
    shown = b""
    deadline = time.monotonic() + seconds
    while words not in shown.decode(errors="ignore"):
        ready, _, _ = select.select([terminal], [], [], max(0.0, deadline - time.monotonic()))
        assert ready, f"{words} did not appear: {shown.decode(errors='replace')}"
        shown += os.read(terminal, 4096)
    return shown.decode(errors="ignore")


def test_commands_at_once_on_a_fresh_house_all_answer(fresh: Bot) -> None:
    """Two cron jobs in the same minute: one publishes, each gets its own record."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    started = [fresh.start("ask", "--json", ASK_PARKING, **pipes) for _ in range(3)]
    outputs = [process.communicate(timeout=60) for process in started]
    assert [err for _, err in outputs] == [b""] * 3
    replies = [json.loads(out) for out, _ in outputs]
    assert [reply["quote"] for reply in replies] == [PARKING_PASSAGE] * 3
    assert sorted(int(reply["record"][-6:]) for reply in replies) == [1, 2, 3]
