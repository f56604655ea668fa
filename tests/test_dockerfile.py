"""The Dockerfile, without Docker: linted, and its steps run in a folder that stands for the image's root."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# What pip and uv say when it is the network that fails, and not the Dockerfile.
NETWORK_FAILURES = re.compile(
    r"error sending request|dns error|Failed to fetch|Could not connect|Connection (?:refused|reset)|timed out|"
    r"Temporary failure in name resolution|Name or service not known|No matching distribution found|ProxyError|SSLError"
)


@dataclass(frozen=True)
class Step:
    """One instruction, its continued lines joined."""

    instruction: str
    rest: str


def read_stages(text: str) -> list[list[Step]]:
    """The steps of each stage, FROM first."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    stages: list[list[Step]] = []
    for line in joined.splitlines():
        instruction, _, rest = line.partition(" ")
        if instruction == "FROM":
            stages.append([])
        stages[-1].append(Step(instruction, rest.strip()))
    return stages


BUILDER, FINAL = read_stages((ROOT / "Dockerfile").read_text(encoding="utf-8"))


def rest_of(stage: list[Step], instruction: str) -> list[str]:
    return [step.rest for step in stage if step.instruction == instruction]


def assignments(stage: list[Step]) -> dict[str, str]:
    """What ENV sets in a stage."""
    return dict(part.split("=", 1) for rest in rest_of(stage, "ENV") for part in rest.split())


class Image:
    """A folder in place of the image's root; both stages share it, since a virtual environment knows its own path."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith(("BOT_", "VIRTUAL_"))}
        # `python` in the image is the interpreter that runs the tests, in its base installation.
        (root / "bin").mkdir(parents=True)
        (root / "bin/python").symlink_to(Path(sys.base_prefix, "bin", f"python3.{sys.version_info.minor}"))
        self.environment["PATH"] = f"{root / 'bin'}:{self.environment['PATH']}"

    def place(self, path: str) -> Path:
        """Where a path of the image is on this machine."""
        return self.root / path.lstrip("/") if path.startswith("/") else self.folder / path

    def mapped(self, text: str) -> str:
        """A command or a value with every absolute path moved below the root.

        Modules are compiled where they are used: to compile all of every package takes half the time of the build.
        """
        text = text.replace(" --compile-bytecode", "")
        return re.sub(r"(?<![\w./])/(?=(?:opt|build|data|knowledge)\b)", f"{self.root}/", text)

    def enter(self, path: str) -> None:
        self.folder = self.place(path)
        self.folder.mkdir(parents=True, exist_ok=True)

    def copy(self, sources: list[str], target: str) -> None:
        """COPY from the build context, as .dockerignore leaves it."""
        for source in sources:
            assert source in SHIPPED, f".dockerignore keeps {source} out"
            place = self.place(target)
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, place / source)

    def run(self, command: str) -> None:
        done = subprocess.run(
            ["/bin/sh", "-ec", self.mapped(command)],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        if done.returncode:
            if reason := NETWORK_FAILURES.search(done.stderr):
                pytest.skip(f"packages cannot be had: {reason[0]}")
            pytest.fail(f"RUN {command}\n{done.stdout}{done.stderr}")

    def bot(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """ENTRYPOINT with these arguments, in the environment of the final stage."""
        return subprocess.run(
            [*json.loads(rest_of(FINAL, "ENTRYPOINT")[0]), *arguments],
            cwd=self.folder,
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            timeout=60,
        )


SHIPPED = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    """The image with its builder stage run, and the final stage's files and environment in place."""
    image = Image(tmp_path_factory.mktemp("image"))
    for step in BUILDER:
        if step.instruction == "WORKDIR":
            image.enter(step.rest)
        elif step.instruction == "COPY":
            *sources, target = step.rest.split()
            image.copy(sources, target)
        elif step.instruction == "RUN":
            image.run(step.rest)
        else:
            assert step.instruction == "FROM"
    for rest in rest_of(FINAL, "COPY"):
        *sources, target = rest.split()
        if sources[0].startswith("--from="):
            assert sources[1] == target, "a virtual environment cannot be moved"
        else:
            image.copy(sources, target)
    path = image.environment["PATH"]
    for name, value in assignments(FINAL).items():
        image.environment[name] = image.mapped(value).replace("$PATH", path)
    # sqlite:////data/bot.db: the fourth slash begins the path.
    image.environment["BOT_DATABASE_URL"] = f"sqlite:///{image.place('/data/bot.db')}"
    image.enter(rest_of(FINAL, "WORKDIR")[0])
    assert shutil.which("bot", path=image.environment["PATH"]) == str(image.place("/opt/bot/bin/bot"))
    yield image
    shutil.rmtree(image.root)


@pytest.mark.e2e
def test_hadolint_has_nothing_to_say() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_both_stages_start_from_the_same_python() -> None:
    """The virtual environment is made in one and used in the other; and nothing comes from another registry."""
    assert [stage[0].rest.split()[0] for stage in (BUILDER, FINAL)] == ["python:3.13-slim-bookworm"] * 2


def test_only_what_the_image_is_made_of_is_sent_to_the_builder() -> None:
    """No .env, no var/ with citizens' questions, no history."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert next(line for line in lines if line and not line.startswith("#")) == "*"
    assert {*SHIPPED} == {"LICENSE", "README.md", "bot", "knowledge", "pyproject.toml", "requirements.lock"}


def test_the_bot_runs_as_somebody_without_rights_and_keeps_its_data_in_volumes() -> None:
    assert rest_of(FINAL, "USER") == ["10001"]
    volumes = json.loads(rest_of(FINAL, "VOLUME")[0])
    settings = assignments(FINAL)
    assert volumes == ["/data", "/knowledge"]
    assert settings["BOT_KNOWLEDGE"] == "/knowledge"
    assert settings["BOT_DATABASE_URL"] == "sqlite:////data/bot.db"
    assert settings["BOT_INDEX"].startswith("/data/")
    assert settings["BOT_SECRET_FILE"].startswith("/data/")
    assert (rest_of(FINAL, "ENTRYPOINT"), rest_of(FINAL, "CMD")) == (['["bot"]'], ['["run"]'])


@pytest.mark.e2e
@pytest.mark.timeout(300)
@pytest.mark.first
def test_the_image_has_only_what_the_bot_needs(image: Image) -> None:
    """No tests and no tools, not even a package installer; and the data files that are no Python."""
    site = next(image.place("/opt/bot/lib").glob("python*")) / "site-packages"
    names = {path.name for path in site.iterdir()}
    assert {"bot", "tantivy", "sqlalchemy", "telegram", "psycopg"} <= names
    assert not names & {"pytest", "mypy", "hypothesis", "pip", "uv", "tests", "knowledge"}
    for file in ("locale/en.po", "locale/zh_Hant.po", "data/glossary.csv", "store/migrations/alembic.ini"):
        assert (site / "bot" / file).is_file(), file


@pytest.mark.e2e
@pytest.mark.timeout(300)
@pytest.mark.first
def test_the_image_answers_from_the_folder_that_ships_and_is_healthy(image: Image) -> None:
    """In the final stage's environment, with everything it writes below /data."""
    answered = image.bot("ask", "--json", "2017年主动公开了多少条信息？")
    assert (answered.returncode, answered.stderr) == (0, "")
    reply = json.loads(answered.stdout)
    assert reply["contact"]["name"] == "随州市招商局"
    assert reply["record"]
    assert {path.name for path in image.place("/data").iterdir()} >= {"bot.db", "index", "secret"}
    health = json.loads(rest_of(FINAL, "HEALTHCHECK")[0].partition("CMD ")[2])
    assert health[:1] == json.loads(rest_of(FINAL, "ENTRYPOINT")[0])
    assert image.bot(*health[1:]).returncode == 0


@pytest.mark.e2e
@pytest.mark.timeout(300)
@pytest.mark.first
def test_the_image_speaks_all_three_languages(image: Image) -> None:
    """Its catalogues came along."""
    out = image.bot("ask", "--no-record", given="hello\n謝謝\n").stdout
    assert "Ask here, in your own words" in out
    assert "不客氣" in out
