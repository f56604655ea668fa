"""How the house stands: what is published, whether the index is up to it, what is refused and why, what waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from shutil import disk_usage

from bot.knowledge import excepted
from bot.locale.findings import tell
from bot.model import Backlog, FileOptions, Finding, Severity
from bot.search import Index
from bot.store import Store, Tally

_RECEIVED = {"polling": "轮询", "webhook": "webhook", "off": "没有启用"}


@dataclass(frozen=True, slots=True)
class Standing:
    """What `bot status` tells.

    Attributes:
        index: generation of the index on this worker's disk; 0 where there is none.
        is_indexed: whether that is what is published, of this database.
        refused: why files and rows do not go out; what was published of them before still answers.
        last_update: when Telegram's last update came; None where none is known.
        telegram: how updates come: polling, webhook, or off where no token is set.
        index_bytes: of this worker's index on its disk.
        free_bytes: what that disk has left.
    """

    published: Tally
    index: int
    is_indexed: bool
    refused: tuple[Finding, ...]
    inbox: Backlog
    outbox: Backlog
    last_update: datetime | None
    telegram: str
    index_bytes: int
    free_bytes: int

    @property
    def is_well(self) -> bool:
        """Whether nobody has to look: something is published, the index has it, and nothing is refused."""
        return bool(self.published.documents) and self.is_indexed and not self.refused


def standing_of(store: Store, index: Index, telegram: str, stated: Mapping[str, FileOptions]) -> Standing:
    """Look at everything; nothing is brought up to date for it. `stated` is what settings.toml states of files."""
    stamp = store.disclosures.stamp()
    refused = tuple(
        Finding(finding.severity, file.path, finding.line, finding.reason, finding.remedy)
        for file in sorted(
            (file for file in store.disclosures.known_files() if file.findings), key=lambda file: file.path.split("/")
        )
        for finding in file.findings
        if excepted(finding, stated[file.path].exceptions if file.path in stated else ()).severity is Severity.ERROR
    )
    is_indexed = (index.database, index.generation, index.token) == (store.disclosures.identity(), *stamp)
    size = sum(path.stat().st_size for path in index.root.rglob("*") if path.is_file())
    backlogs = store.inbox.backlog(), store.outbox.backlog()
    came = store.inbox.last_received(), telegram
    free = disk_usage(next(path for path in (index.root, *index.root.absolute().parents) if path.exists())).free
    return Standing(store.disclosures.tally(), index.generation, is_indexed, refused, *backlogs, *came, size, free)


def lines_of(found: Standing) -> Iterator[str]:
    """For a terminal."""
    tally = found.published
    yield f"公布  第{tally.generation}版，{_when(tally.published_at)}公布；最近一次读资料文件夹：{_when(tally.synced_at)}"
    yield f"内容  文件{tally.documents}份，章节{tally.sections}个，机关{tally.agencies}个"
    behind = "" if found.is_indexed else "，不是现在公布的；下一个问题或者 bot health 会补上"
    yield f"索引  第{found.index}版{behind}"
    for name, backlog in (("收到", found.inbox), ("待发", found.outbox)):
        oldest = f"（最早的从{_when(backlog.oldest)}起）" if backlog.oldest else ""
        yield f"{name}  等待{backlog.waiting}条{oldest}，失败{backlog.failed}条"
    yield f"Telegram  {_RECEIVED[found.telegram]}，最近一次更新：{_when(found.last_update)}"
    yield f"磁盘  数据库{_size(tally.bytes)}，索引{_size(found.index_bytes)}，剩余{_size(found.free_bytes)}"
    yield f"退回  {len(found.refused)}处"
    for finding in found.refused:
        yield f"  {tell(finding)}"


def to_json(found: Standing) -> dict[str, object]:
    """For scripts; times are ISO 8601 with a zone, or null."""
    tally = found.published
    return {
        "generation": tally.generation,
        "published_at": _iso(tally.published_at),
        "synced_at": _iso(tally.synced_at),
        "documents": tally.documents,
        "sections": tally.sections,
        "agencies": tally.agencies,
        "index": {"generation": found.index, "current": found.is_indexed, "bytes": found.index_bytes},
        "inbox": _backlog_json(found.inbox),
        "outbox": _backlog_json(found.outbox),
        "telegram": {"receives_by": found.telegram, "last_update": _iso(found.last_update)},
        "database": {"bytes": tally.bytes},
        "disk": {"free_bytes": found.free_bytes},
        "refused": [asdict(finding) for finding in found.refused],
        "well": found.is_well,
    }


def _backlog_json(backlog: Backlog) -> dict[str, object]:
    return {"waiting": backlog.waiting, "failed": backlog.failed, "oldest": _iso(backlog.oldest)}


def _when(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S") if moment else "从未"


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone().isoformat() if moment else None


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
