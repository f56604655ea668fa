"""What staff see of the folder from a shell: what would change, how the house stands, a document's history."""

from __future__ import annotations

import json
import os
import pty
import re
from pathlib import Path

import pytest

from tests.e2e.command import Bot
from tests.houses import ASK_PARKING, FILES, PARKING, PARKING_PASSAGE
from tests.knowledge.places import write_folder

pytestmark = pytest.mark.e2e


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    """A folder that was never published."""
    write_folder(tmp_path, FILES)
    return Bot(tmp_path)


def test_a_dry_run_shows_what_would_change_and_writes_nothing(bot: Bot) -> None:
    done = bot.run("sync", "--dry-run")
    assert done.stdout == (
        "added     items/canteen\nadded     items/parking\n2 added, 0 changed, 0 withdrawn, 0 refused\n"
    )
    assert done.stderr == "没有公布：只是预览\n"
    assert [path.name for path in bot.folder.iterdir()] == ["knowledge"]
    bot.run("sync")
    write_folder(bot.folder, {"items/parking.md": PARKING.replace("5元", "8元"), "items/bad.md": ""})
    (bot.folder / "knowledge/items/canteen.md").unlink()
    before = (bot.folder / "var/bot.db").read_bytes()
    for _ in range(2):
        done = bot.run("sync", "--dry-run")
        assert done.returncode == 1
        assert done.stdout.splitlines() == [
            "changed   items/parking",
            "withdrawn items/canteen",
            "refused   items/bad.md",
            "0 added, 1 changed, 1 withdrawn, 1 refused",
        ]
        assert done.stderr.startswith("error 错误: knowledge/items/bad.md: 文件是空的；")
        assert done.stderr.endswith("\n没有公布：只是预览\n")
    assert (bot.folder / "var/bot.db").read_bytes() == before
    assert bot.ask(ASK_PARKING)[0]["quote"] == PARKING_PASSAGE
    assert bot.run("sync").stdout == done.stdout


def test_findings_of_files_that_did_not_change_are_told_each_time(bot: Bot) -> None:
    write_folder(
        bot.folder, {"items/bad.md": "", "items/later.md": "---\ntitle: 以后\ndate: 2099-01-01\n---\n\n以后。\n"}
    )
    first = bot.run("sync")
    again = bot.run("sync")
    assert (first.returncode, again.returncode) == (1, 1)
    assert again.stderr == first.stderr
    assert len(again.stderr.splitlines()) == 2
    for line in first.stderr.splitlines():
        assert line.partition(": ")[2] in bot.run("check").stdout


def test_status_tells_how_the_house_stands(bot: Bot) -> None:
    """Exit 0 while nobody has to look."""
    bot.run("sync")
    done = bot.run("status")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    moment = r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d"
    assert re.fullmatch(f"公布  第1版，{moment}公布；最近一次读资料文件夹：{moment}", lines[0])
    assert lines[1:6] == [
        "内容  文件2份，章节2个，机关1个",
        "索引  第1版",
        "收到  等待0条，失败0条",
        "待发  等待0条，失败0条",
        "Telegram  没有启用，最近一次更新：从未",
    ]
    assert re.fullmatch(r"磁盘  数据库\d+\.\d MB，索引\d+\.\d MB，剩余[\d,]+\.\d MB", lines[6])
    assert lines[7:] == ["退回  0处"]
    told = json.loads(bot.run("status", "--json").stdout)
    assert (told["generation"], told["documents"], told["sections"], told["agencies"]) == (1, 2, 2, 1)
    assert told["index"]["current"]
    assert told["telegram"] == {"receives_by": "off", "last_update": None}
    assert told["disk"]["free_bytes"] > 0
    assert told["well"]
    bot.run("sync")
    later = json.loads(bot.run("status", "--json").stdout)
    assert later["published_at"] == told["published_at"]
    assert later["synced_at"] > told["synced_at"]


def test_status_leaves_out_what_settings_except(bot: Bot) -> None:
    page = "<html><body><h1>关于值班的通知</h1><p>假期值班请打手机13812345678，随时有人接听。</p></body></html>"
    write_folder(bot.folder, {"items/duty.html": page})
    assert bot.run("sync").returncode == 1
    assert json.loads(bot.run("status", "--json").stdout)["refused"][0]["path"] == "items/duty.html"
    write_folder(bot.folder, {"settings.toml": '[files."items/duty.html"]\nexceptions = {mobile = "公示的值班手机"}\n'})
    assert "added     items/duty" in bot.run("sync").stdout
    assert json.loads(bot.run("status", "--json").stdout)["well"]


def test_status_fails_where_a_person_should_look(bot: Bot) -> None:
    """Nothing is published, something is refused, or the index is not what is published."""
    assert bot.run("status").returncode == 1
    write_folder(bot.folder, {"items/bad.md": "", "a.txt": "甲。", "a.md": "乙。", "c.csv": "id,text\n1,甲\n,乙\n"})
    bot.run("sync")
    done = bot.run("status")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-4:] == [
        "退回  3处",
        "  a.txt: 编号“a”和 a.md 的相同；请给其中一个文件改名",
        "  c.csv:3: 这一行没有索引号；请填上索引号",
        "  items/bad.md: 文件是空的；请写上内容，或者删去文件",
    ]
    refused = json.loads(bot.run("status", "--json").stdout)["refused"]
    assert [(each["path"], each["line"]) for each in refused] == [("a.txt", 0), ("c.csv", 3), ("items/bad.md", 0)]
    for name in ("items/bad.md", "a.txt", "c.csv"):
        (bot.folder / "knowledge" / name).unlink()
    bot.run("sync")
    assert bot.run("status").returncode == 0
    bot.set = {"BOT_INDEX": "var/other"}
    done = bot.run("status")
    assert done.returncode == 1
    assert "索引  第0版，不是现在公布的" in done.stdout


def test_history_shows_the_versions_of_a_document(bot: Bot) -> None:
    bot.run("sync")
    write_folder(bot.folder, {"items/parking.md": PARKING.replace("5元", "8元")})
    bot.run("sync")
    (bot.folder / "knowledge/items/parking.md").unlink()
    bot.run("sync")
    write_folder(bot.folder, {"items/parking.md": PARKING})
    bot.run("sync")
    done = bot.run("history", "items/parking")
    assert done.returncode == 0
    found = [line.split() for line in done.stdout.splitlines()]
    assert [(words[2], words[3]) for words in found] == [
        ("第1版", "公布"),
        ("第2版", "公布"),
        ("第3版", "撤下"),
        ("第4版", "公布"),
    ]
    hashes = [words[4] for words in found]
    assert hashes[0] == hashes[3]
    assert hashes[1] == hashes[2] != hashes[0]
    assert sorted(done.stdout.splitlines()) == done.stdout.splitlines()


def test_the_history_of_what_never_was_is_an_error(bot: Bot) -> None:
    done = bot.run("history", "items/nothing")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("items/nothing：没有公布过这份文件")


def test_whoever_syncs_many_files_at_a_terminal_sees_how_far_it_is(bot: Bot) -> None:
    """In Chinese; and nothing of it where nobody looks on."""
    write_folder(bot.folder, {f"items/{number}.md": f"# 第{number}项\n\n内容。\n" for number in range(400)})
    bot.set = {"TERM": "xterm-256color", "COLUMNS": "80"}
    ours, theirs = pty.openpty()
    with bot.start("sync", stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        assert process.wait(10) == 0
    os.close(ours)
    assert "/402" in shown.decode(errors="ignore")
    assert "新增402件，更新0件，撤下0件，退回0件" in shown.decode(errors="ignore")
    (bot.folder / "knowledge/items/1.md").unlink()
    assert bot.run("sync").stderr == ""


def test_who_asks_for_an_agency_that_has_published_nothing_gets_its_contact(tmp_path: Path) -> None:
    """Article 36 (5): where another agency is responsible, its name and contact are told; ours is not in its place."""
    second = '[jyj]\nname = "随州市教育局"\naliases = ["教育局"]\nphone = "0722-3300001"\naddress = "烈山大道1号"\n'
    write_folder(tmp_path, FILES | {"agencies.toml": f"{FILES['agencies.toml']}\n{second}"})
    bot = Bot(tmp_path)
    bot.run("sync")
    for question in ("教育局2024年收到多少件信息公开申请", "随州市教育局停车怎么收费"):
        (reply,) = bot.ask(question)
        assert reply["decision"] == "none"
        assert reply["contact"] | {"agency": "jyj", "name": "随州市教育局", "phone": "0722-3300001"} == reply["contact"]
        assert "随州市教育局" in reply["reply"]
        assert "0722-3300001" in reply["reply"]
        assert "0722-3312345" not in reply["reply"]
    (own,) = bot.ask(ASK_PARKING)
    assert (own["quote"], own["contact"]["agency"]) == (PARKING_PASSAGE, "zsj")
