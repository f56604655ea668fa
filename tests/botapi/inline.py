"""Answers to inline queries, and what Telegram refuses of them.

Source: `InlineQueriesManager::answer_inline_query` in tdlib, and the Bot API's own limits.
"""

from __future__ import annotations

import re
from typing import Any

from tests.botapi.entities import clean, read_text
from tests.botapi.errors import bad_request
from tests.botapi.state import QUERY_SECONDS, Json, State

MOST_RESULTS = 50
ID_BYTES = 64
OFFSET_BYTES = 64


def answer_inline_query(state: State, given: Json) -> bool:
    """Keep an answer, with the text of each result as it would be sent."""
    query_id = str(given.get("inline_query_id"))
    if state.queries.get(query_id, 0.0) < state.clock() - QUERY_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    results = given.get("results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = [str(result.get("id") or "") for result in results]
    if not all(1 <= len(each.encode()) <= ID_BYTES for each in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(str(given.get("next_offset") or "").encode()) > OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    _check_button(given.get("button"))
    state.inline_answers[query_id] = given | {"results": [result | {"text": _text(result)} for result in results]}
    state.changed.notify_all()
    return True


def _text(result: Json) -> str:
    if result.get("type") != "article":
        raise bad_request("inline query results of this type are not served here")
    if not clean(str(result.get("title") or "")):
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content") or {}
    text, _ = read_text(str(content.get("message_text") or ""), str(content.get("parse_mode") or ""))
    return text


def _check_button(button: Any) -> None:
    if not button:
        return
    if not clean(str(button.get("text") or "")):
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if not re.fullmatch("[A-Za-z0-9_-]{1,64}", str(button.get("start_parameter") or "")):
        raise bad_request("START_PARAM_INVALID")
