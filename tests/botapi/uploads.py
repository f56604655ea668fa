"""Files: as a bot uploads them, or sends on by the id that Telegram gave them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from tests.botapi.errors import NOT_FOUND, bad_request
from tests.botapi.state import Json, State

PHOTO_SIZE = {"width": 640, "height": 480}
_PARAMETER = re.compile(r'[; ](name|filename)="([^"]*)"')

LARGEST_FETCHED_BYTES = 20_000_000
LARGEST_BYTES = {"document": 50_000_000, "photo": 10_000_000}


@dataclass(frozen=True)
class Upload:
    """A file in a request."""

    name: str
    content: bytes


def read_multipart(body: bytes, content_type: str) -> tuple[dict[str, str], dict[str, Upload]]:
    """Read a form with files: its fields, and its files by the field that they stand in."""
    boundary = b"\r\n--" + content_type.partition("boundary=")[2].strip('"').encode()
    fields, files = {}, {}
    # What stands before the first boundary and after the last is nothing.
    for part in (b"\r\n" + body).split(boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        named = dict(_PARAMETER.findall(head.decode()))
        if "filename" in named:
            files[named["name"]] = Upload(named["filename"], content)
        else:
            fields[named["name"]] = content.decode()
    return fields, files


def file_of(state: State, given: Json, kind: str) -> str:
    """The id of the file that is to be sent, which is kept where it is new.

    Raises:
        RefusalError: there is none, or it is empty or too large, or nobody knows its id.
    """
    file: Any = given.get(kind)
    if isinstance(file, str) and file.startswith("attach://"):
        file = given.get(file.removeprefix("attach://"))
    if isinstance(file, Upload):
        if not file.content:
            raise bad_request("file must be non-empty")
        if len(file.content) > LARGEST_BYTES[kind]:
            raise bad_request("file is too big")
        return keep_file(state, file, kind)
    if not file:
        raise bad_request(f"there is no {kind} in the request")
    if file not in state.files:
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    return str(file)


def keep_file(state: State, file: Upload, kind: str) -> str:
    """Keep a file; returns the id that it has from now on."""
    file_id = f"{kind}-{hashlib.sha256(file.content).hexdigest()[:24]}"
    state.files[file_id] = file.name, file.content
    return file_id


def path_of(file_id: str) -> str:
    """Where a file lies on the server, as getFile tells it."""
    kind, _, number = file_id.partition("-")
    return f"{kind}s/file_{number}"


def fetched(state: State, path: str) -> bytes:
    """What lies there.

    Raises:
        RefusalError: nothing does.
    """
    for file_id, (_, content) in state.files.items():
        if path_of(file_id) == path:
            return content
    raise NOT_FOUND


def file_json(state: State, file_id: str) -> Json:
    """A file as a message states it."""
    name, content = state.files[file_id]
    file = {"file_id": file_id, "file_unique_id": file_id[-12:], "file_size": len(content)}
    return file | {"file_name": name}
