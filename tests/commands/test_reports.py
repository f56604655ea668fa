"""`bot report`."""

from __future__ import annotations

from pathlib import Path

from tests.commands.console import run
from tests.houses import write_house


def test_a_report_is_drafted_traced_and_written(tmp_path: Path) -> None:
    write_house(tmp_path)
    run(tmp_path, "sync")
    drafted = run(tmp_path, "report", "2018")
    assert drafted.exit_code == 0
    assert "2018年，随州市招商局主动公开政府信息2条" in drafted.stdout
    assert run(tmp_path, "report", "2018", "--trace", "主动公开").stdout.split() == ["items/canteen", "items/parking"]
    assert "     2  主动公开" in run(tmp_path, "report", "2018", "--trace", "all").stdout
    assert run(tmp_path, "report", "2018", "--trace", "三（一） / 自然人").exit_code == 0
    output = tmp_path / "report.docx"
    assert run(tmp_path, "report", "2018", "--form", "2008", "--output", str(output)).exit_code == 0
    assert output.read_bytes().startswith(b"PK")


def test_what_cannot_be_drafted_is_refused_with_a_remedy(tmp_path: Path) -> None:
    for arguments, said in (
        (("2018",), "还没有发布机关；请写进 agencies.toml，再运行 `bot sync`"),
        (("2099",), "这一年还没有开始"),
    ):
        done = run(tmp_path, "report", *arguments)
        assert (done.exit_code, done.stdout) == (2, "")
        assert said in " ".join(done.stderr.split())
    write_house(tmp_path)
    run(tmp_path, "sync")
    for options, said in (
        (("--format", "docx"), "no text for the terminal"),
        (("--trace", "八"), "there is no such figure"),
        (("--output", str(tmp_path / "nowhere" / "report.md")), "name a file in a folder that can be written"),
    ):
        done = run(tmp_path, "report", "2018", *options)
        assert done.exit_code == 2
        assert said in " ".join(done.stderr.replace("│", " ").split())
