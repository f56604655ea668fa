"""The Bot API's methods, each taking its parameters and giving its result or a refusal."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.botapi.buttons import check_button, keyboard_json
from tests.botapi.entities import Entity, read_caption, read_text, utf16
from tests.botapi.errors import BLOCKED, KICKED, bad_request
from tests.botapi.inline import answer_inline_query
from tests.botapi.state import BOT_ID, BOT_NAME, QUERY_SECONDS, Button, Json, Sent, State
from tests.botapi.uploads import LARGEST_FETCHED_BYTES, PHOTO_SIZE, file_json, file_of, path_of
from tests.botapi.webhook import delete_webhook, get_webhook_info, set_webhook

BOT_USER: Json = {"id": BOT_ID, "is_bot": True, "first_name": "公开信息", "username": BOT_NAME}


def get_me(state: State, given: Json) -> Json:
    """The bot itself."""
    return BOT_USER | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def send_message(state: State, given: Json) -> Json:
    """Send a text."""
    chat = state.chat(given.get("chat_id"))
    if chat["id"] in state.blocked:
        raise BLOCKED if chat["id"] > 0 else KICKED
    text, entities = _text(given)
    message = Sent(
        chat["id"],
        state.new_message_id(),
        text,
        str(given["text"]),
        entities,
        _buttons(given.get("reply_markup")),
        _reply_to(state, chat["id"], given.get("reply_parameters")),
        _thread(state, chat["id"], given.get("message_thread_id")),
    )
    state.keep(message)
    return as_json(state, message)


def send_document(state: State, given: Json) -> Json:
    """Send a file."""
    return _send_file(state, given, "document")


def send_photo(state: State, given: Json) -> Json:
    """Send a picture."""
    return _send_file(state, given, "photo")


def _send_file(state: State, given: Json, kind: str) -> Json:
    chat = state.chat(given.get("chat_id"))
    if chat["id"] in state.blocked:
        raise BLOCKED
    source = str(given.get("caption") or "")
    text, entities = read_caption(source, str(given.get("parse_mode") or ""))
    message = Sent(
        chat["id"],
        state.new_message_id(),
        text,
        source,
        entities,
        _buttons(given.get("reply_markup")),
        _reply_to(state, chat["id"], given.get("reply_parameters")),
        _thread(state, chat["id"], given.get("message_thread_id")),
        kind=kind,
        file_id=file_of(state, given, kind),
    )
    state.keep(message)
    return as_json(state, message)


def edit_message_text(state: State, given: Json) -> Json:
    """Change a message's text."""
    message = _own_message(state, given)
    if message.kind != "text" or message.copied:
        raise bad_request("there is no text in the message to edit")
    text, entities = _text(given)
    buttons = _buttons(given.get("reply_markup"))
    source = str(given["text"])
    return as_json(state, state.edit(message, text=text, source=source, entities=entities, buttons=buttons))


def edit_message_caption(state: State, given: Json) -> Json:
    """Change the words under a file."""
    message = _own_message(state, given)
    if message.kind == "text" and not message.copied:
        raise bad_request("there is no caption in the message to edit")
    source = str(given.get("caption") or "")
    text, entities = read_caption(source, str(given.get("parse_mode") or ""))
    buttons = _buttons(given.get("reply_markup"))
    return as_json(state, state.edit(message, text=text, source=source, entities=entities, buttons=buttons))


def get_file(state: State, given: Json) -> Json:
    """Where a file can be fetched, at the server's address behind ``/file``."""
    file_id = str(given.get("file_id") or "")
    if file_id not in state.files:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    file = file_json(state, file_id)
    if file["file_size"] > LARGEST_FETCHED_BYTES:
        raise bad_request("file is too big")
    return {key: file[key] for key in ("file_id", "file_unique_id", "file_size")} | {"file_path": path_of(file_id)}


def edit_message_reply_markup(state: State, given: Json) -> Json:
    """Change a message's buttons."""
    message = _own_message(state, given)
    return as_json(state, state.edit(message, buttons=_buttons(given.get("reply_markup"))))


def answer_callback_query(state: State, given: Json) -> bool:
    """End a pressed button's wait."""
    query_id = str(given.get("callback_query_id"))
    if state.queries.get(query_id, 0.0) < state.clock() - QUERY_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(str(given.get("text") or "")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    state.query_answers[query_id] = str(given.get("text") or "")
    state.changed.notify_all()
    return True


def send_chat_action(state: State, given: Json) -> bool:
    """Show that the bot is typing."""
    if state.chat(given.get("chat_id"))["id"] in state.blocked:
        raise BLOCKED
    if given.get("action") not in {"typing", "upload_document"}:
        raise bad_request("wrong parameter action in request")
    return True


def set_my_commands(state: State, given: Json) -> bool:
    """Set the menu of commands."""
    commands = given.get("commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad_request("can't parse BotCommand")
    for command in commands:
        name = str(command.get("command"))
        if not (0 < len(name) <= 32 and name.isascii() and name.lower() == name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 0 < len(str(command.get("description"))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    scope = str((given.get("scope") or {"type": "default"})["type"])
    if scope not in {"default", "all_private_chats", "all_group_chats", "chat"}:
        raise bad_request("BotCommandScope of this type is not served here")
    state.commands[scope, str(given.get("language_code") or "")] = commands
    return True


def create_forum_topic(state: State, given: Json) -> Json:
    """Make a topic."""
    chat = _reached(state, given)
    if not chat.get("is_forum"):
        raise bad_request("the chat is not a forum")
    name = str(given.get("name") or "")
    if not 0 < utf16(name) <= 128:
        raise bad_request("TOPIC_TITLE_INVALID")
    thread = state.new_message_id()
    state.topics[chat["id"], thread] = "open"
    state.changed.notify_all()
    return {"message_thread_id": thread, "name": name, "icon_color": 7322096}


def close_forum_topic(state: State, given: Json) -> bool:
    """Close a topic."""
    return _turn_topic(state, given, "closed")


def reopen_forum_topic(state: State, given: Json) -> bool:
    """Open a topic again."""
    return _turn_topic(state, given, "open")


def copy_message(state: State, given: Json) -> Json:
    """Copy anything, with other words under it."""
    chat = _reached(state, given)
    source = state.said.get((int(given.get("from_chat_id") or 0), int(given.get("message_id") or 0)))
    if not source:
        raise bad_request("message to copy not found")
    # Without words of its own a copy keeps those of the original.
    words = str(given.get("caption", source.get("caption") or ""))
    text, entities = read_caption(words, str(given.get("parse_mode") or ""))
    kind = next((kind for kind in ("photo", "document", "video", "voice") if kind in source), "")
    message = Sent(
        chat["id"],
        state.new_message_id(),
        text,
        words,
        entities,
        _buttons(given.get("reply_markup")),
        _reply_to(state, chat["id"], given.get("reply_parameters")),
        _thread(state, chat["id"], given.get("message_thread_id")),
        copied=kind,
    )
    state.keep(message)
    return {"message_id": message.message_id}


def _turn_topic(state: State, given: Json, turned: str) -> bool:
    chat = _reached(state, given)
    place = chat["id"], int(given.get("message_thread_id") or 0)
    if place not in state.topics:
        raise bad_request("TOPIC_ID_INVALID")
    if state.topics[place] == turned:
        raise bad_request("TOPIC_NOT_MODIFIED")
    state.topics[place] = turned
    state.changed.notify_all()
    return True


def _reached(state: State, given: Json) -> Json:
    chat = state.chat(given.get("chat_id"))
    if chat["id"] in state.blocked:
        raise BLOCKED if chat["id"] > 0 else KICKED
    return chat


METHODS: Mapping[str, Callable[[State, Json], object]] = {
    "getme": get_me,
    "sendmessage": send_message,
    "senddocument": send_document,
    "sendphoto": send_photo,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "getfile": get_file,
    "editmessagereplymarkup": edit_message_reply_markup,
    "answercallbackquery": answer_callback_query,
    "answerinlinequery": answer_inline_query,
    "sendchataction": send_chat_action,
    "setmycommands": set_my_commands,
    "createforumtopic": create_forum_topic,
    "closeforumtopic": close_forum_topic,
    "reopenforumtopic": reopen_forum_topic,
    "copymessage": copy_message,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
}


def as_json(state: State, message: Sent) -> Json:
    """A message of the bot as the Bot API states it."""
    body: Json = {
        "message_id": message.message_id,
        "from": BOT_USER,
        "chat": state.chats[message.chat_id],
        "date": int(state.clock()),
    }
    words = "text" if message.kind == "text" else "caption"
    if message.text:
        body[words] = message.text
    if message.kind == "document":
        body["document"] = file_json(state, message.file_id)
    if message.kind == "photo":
        body["photo"] = [file_json(state, message.file_id) | PHOTO_SIZE]
    if message.entities:
        body["entities" if words == "text" else "caption_entities"] = [entity.body() for entity in message.entities]
    if message.buttons:
        body["reply_markup"] = {"inline_keyboard": keyboard_json(message.buttons)}
    if message.thread:
        body |= {"message_thread_id": message.thread, "is_topic_message": True}
    if message.reply_to:
        original = state.said.get((message.chat_id, message.reply_to))
        body |= {"reply_to_message": original} if original else {}
    return body


def _text(given: Json) -> tuple[str, tuple[Entity, ...]]:
    return read_text(str(given.get("text") or ""), str(given.get("parse_mode") or ""))


def _buttons(markup: Any) -> tuple[Button, ...]:
    if not markup:
        return ()
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list):
        raise bad_request("object expected as reply markup")
    buttons = tuple(
        Button(str(each.get("text") or ""), str(each.get("callback_data") or ""), str(each.get("url") or ""), place)
        for place, row in enumerate(rows)
        for each in row
    )
    for button in buttons:
        check_button(button)
    return buttons


def _reply_to(state: State, chat_id: int, parameters: Any) -> int:
    if not parameters:
        return 0
    message_id = int(parameters["message_id"])
    if (chat_id, message_id) in state.said or (chat_id, message_id) in state.sent:
        return message_id
    if parameters.get("allow_sending_without_reply"):
        return 0
    raise bad_request("message to be replied not found")


def _thread(state: State, chat_id: int, given: Any) -> int:
    thread = int(given or 0)
    if (turned := state.topics.get((chat_id, thread))) == "closed":
        raise bad_request("TOPIC_CLOSED")
    if turned:
        return thread
    known = {said.get("message_thread_id") for (chat, _), said in state.said.items() if chat == chat_id}
    if thread and thread not in known:
        raise bad_request("message thread not found")
    return thread


def _own_message(state: State, given: Json) -> Sent:
    chat = state.chat(given.get("chat_id"))
    message = state.sent.get((chat["id"], int(given.get("message_id") or 0)))
    if not message:
        raise bad_request("message to edit not found")
    return message


def read_parameters(values: Mapping[str, str]) -> Json:
    """Parameters as a form or an address gives them: what is JSON inside is read as such."""
    return {key: _read(key, value) for key, value in values.items()}


def _read(key: str, value: str) -> Any:
    if key not in {
        "reply_markup",
        "reply_parameters",
        "scope",
        "commands",
        "results",
        "button",
        "allowed_updates",
        "link_preview_options",
        "entities",
    }:
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {key} JSON object") from None
