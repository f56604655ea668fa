"""`bot citizens`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.model import Channel, RequestKind, Verdict
from bot.store import Store, open_store
from tests.commands.console import run


def opened(house: Path) -> Store:
    return open_store(f"sqlite:///{house / 'bot.db'}")


def record(house: Path, citizen_key: str) -> str:
    """A record of this citizen; its reference."""
    with opened(house) as store:
        return store.records.add(
            channel=Channel.TELEGRAM,
            citizen_key=citizen_key,
            question="问",
            asked_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
            kind=RequestKind.INQUIRY,
            decision=Verdict.NONE,
            matches=(),
            reply="答",
            milliseconds=1.0,
        ).reference


def test_citizen_is_blocked_listed_and_unblocked_by_any_record_of_theirs(tmp_path: Path) -> None:
    first, second = record(tmp_path, "a"), record(tmp_path, "a")
    done = run(tmp_path, "citizens", "block", first.lower())
    assert (done.exit_code, done.stdout) == (
        0,
        f"{first}：不再受理这位提问人；`bot citizens unblock {first}` 可以撤销\n",
    )
    assert "早已不再受理" in run(tmp_path, "citizens", "block", second).stdout
    with opened(tmp_path) as store:
        store.blocks.drop("a", can_tell=True)
    listed = run(tmp_path, "citizens", "list").stdout.split()
    assert (listed[0], listed[-1], len(listed)) == (first, "1", 4)
    assert run(tmp_path, "citizens", "unblock", second).stdout == f"{second}：恢复受理这位提问人\n"
    assert run(tmp_path, "citizens", "list").stdout == ""


def test_block_is_lifted_also_when_its_record_was_erased(tmp_path: Path) -> None:
    reference = record(tmp_path, "a")
    run(tmp_path, "citizens", "block", reference)
    with opened(tmp_path) as store:
        store.records.erase_citizen("a", datetime.now(UTC))
    assert run(tmp_path, "citizens", "unblock", reference).exit_code == 0


def test_what_cannot_be_done_is_said_with_the_remedy(tmp_path: Path) -> None:
    anonymous = record(tmp_path, "")
    for arguments, reason in (
        (("block", "ZX-2026-000099"), "没有这条登记；`bot records list` 列出最新的"),
        (("block", anonymous), "这条登记没有提问人"),
        (("unblock", anonymous), "没有因这条登记停止受理的人；`bot citizens list` 列出停止受理的"),
    ):
        done = run(tmp_path, "citizens", *arguments)
        assert done.exit_code == 2
        assert reason in done.stderr
