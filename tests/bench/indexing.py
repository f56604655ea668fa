"""How fast an index is built, and how large it is, on made-up reports of a seed's choosing."""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bot.model import Document, Kind, Section
from bot.search import Index

SECTIONS_EACH, CHARACTERS_EACH = 20, 180

_ACTORS = [
    "本局", "我市", "各科室", "市政府门户网站", "信息公开工作领导小组", "办公室", "有关部门", "社会公众", "各县市区",
    "重点企业", "政务服务窗口",
]  # fmt: skip
_DEEDS = [
    "主动公开", "及时发布", "认真落实", "不断完善", "依法受理", "按时办结", "组织开展", "积极推进", "进一步规范",
    "严格审查", "全面梳理", "统筹安排",
]  # fmt: skip
_MATTERS = [
    "政府信息", "招商引资项目", "财政预决算", "依申请公开", "行政复议", "投诉举报", "政策解读", "机构职能", "规划计划",
    "规范性文件", "人事任免", "应急管理", "公共资源配置", "社会公益事业", "重大建设项目", "营商环境", "政务新媒体",
    "公开目录", "保密审查", "业务培训",
]  # fmt: skip
_HEADINGS = [
    "概述", "主动公开情况", "依申请公开情况", "收费及减免情况", "行政复议和行政诉讼情况", "存在的主要问题", "改进措施",
    "附表",
]  # fmt: skip
_UNITS = ["条", "件", "次", "项", "人次", "份"]


def make_documents(sections: int, seed: int = 1) -> list[Document]:
    """As many sections as asked for, twenty to a report, the same ones for the same seed."""
    chance = random.Random(seed)
    return [_report(chance, number) for number in range(sections // SECTIONS_EACH)]


def _report(chance: random.Random, number: int) -> Document:
    year = 2008 + number % 18
    parts = tuple(
        Section(str(place), (f"{place}、{chance.choice(_HEADINGS)}",), _passage(chance, year))
        for place in range(1, SECTIONS_EACH + 1)
    )
    return Document(f"reports/{number}", f"{year}年政府信息公开工作年度报告", Kind.REPORT, "bench", parts, year=year)


def _passage(chance: random.Random, year: int) -> str:
    text = f"{year}年,"
    while len(text) < CHARACTERS_EACH:
        # Two everyday characters at random bring names and rare bigrams, of which real reports have many.
        rare = "".join(chr(chance.randrange(0x4E00, 0x9FA0)) for _ in range(2))
        clause = f"{chance.choice(_ACTORS)}{chance.choice(_DEEDS)}{rare}{chance.choice(_MATTERS)}"
        text += f"{clause}{chance.randrange(1, 3000)}{chance.choice(_UNITS)}{chance.choice(',。;')}"
    return text


@dataclass(frozen=True, slots=True)
class Build:
    """What building an index took."""

    sections: int
    seconds: float
    cpu_seconds: float
    bytes: int

    @property
    def sections_per_second(self) -> float:
        """Sections indexed in a second by the clock on the wall."""
        return self.sections / self.seconds

    @property
    def bytes_per_section(self) -> float:
        """What a section takes on disk."""
        return self.bytes / self.sections


def measure_build(documents: list[Document]) -> Build:
    """Build an index of the documents in a scratch folder."""
    with tempfile.TemporaryDirectory() as scratch:
        index = Index(Path(scratch) / "index")
        started, cpu_started = time.perf_counter(), time.process_time()
        with index.locked():
            index.rebuild(documents, 1)
        seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
        size = sum(path.stat().st_size for path in index.root.rglob("*") if path.is_file())
        return Build(index.sections, seconds, cpu_seconds, size)
