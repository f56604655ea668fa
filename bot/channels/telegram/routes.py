"""Which update goes where: the channel's table of contents."""

from __future__ import annotations

from typing import Any

from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.channels.telegram.addressing import ADDRESSED
from bot.channels.telegram.buttons import FORGETS
from bot.channels.telegram.handlers import Conversation
from bot.channels.telegram.slashes import LOOKS_LIKE_COMMAND

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def add_handlers(application: AnyApplication, talk: Conversation) -> None:
    """Say which update goes where; of those that fit, the first takes it."""
    fresh = filters.UpdateType.MESSAGE
    to_us = filters.ChatType.PRIVATE | (filters.ChatType.GROUPS & ADDRESSED)
    private, meant = fresh & filters.ChatType.PRIVATE, fresh & to_us
    edited = filters.UpdateType.EDITED_MESSAGE & ~filters.COMMAND & to_us
    said = filters.TEXT | filters.CAPTION
    # A file may be put in another's place, or lose its caption. A place on the move is edited every few seconds.
    files = filters.PHOTO | filters.Document.ALL | filters.VIDEO | filters.ANIMATION | filters.AUDIO | filters.VOICE
    on = talk.gate.guarded

    application.add_handler(CommandHandler("start", on(talk.start), filters=meant))
    application.add_handler(CommandHandler("help", on(talk.help), filters=meant))
    application.add_handler(CommandHandler("contact", on(talk.contact), filters=meant))
    application.add_handler(CommandHandler("privacy", on(talk.privacy), filters=meant))
    application.add_handler(CommandHandler("new", on(talk.new), filters=private))
    application.add_handler(CommandHandler("browse", on(talk.browse), filters=private))
    if talk.applying:
        application.add_handler(CommandHandler("apply", on(talk.applying.apply), filters=private))
        application.add_handler(CommandHandler("status", on(talk.applying.status), filters=private))
        application.add_handler(CommandHandler("cancel", on(talk.applying.cancel, right=True), filters=private))
    application.add_handler(CommandHandler("language", on(talk.language), filters=private))
    application.add_handler(CommandHandler("mydata", on(talk.my_data.show, right=True), filters=private))
    application.add_handler(CommandHandler("forget", on(talk.forget, right=True), filters=private))
    application.add_handler(CallbackQueryHandler(on(talk.pressed, right=True), pattern=FORGETS))
    application.add_handler(CallbackQueryHandler(on(talk.pressed)))
    application.add_handler(InlineQueryHandler(talk.inline.asked))
    application.add_handler(ChatMemberHandler(talk.membership.changed))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, talk.membership.migrated))
    # After the commands above: what is left is misspelt, unknown, or nothing for a group.
    application.add_handler(MessageHandler(private & (filters.COMMAND | LOOKS_LIKE_COMMAND), on(talk.like_command)))
    application.add_handler(MessageHandler(meant & filters.COMMAND, on(talk.stray)))
    application.add_handler(MessageHandler(meant & said, on(talk.question, talk.put_aside)))
    application.add_handler(MessageHandler(edited & (said | files), on(talk.edited, talk.put_aside)))
    application.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, on(talk.other)))
    application.add_error_handler(talk.faults.failed)
