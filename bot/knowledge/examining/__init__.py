"""The review of one text before the public sees it, line by line (信息公开条例, 2019, article 17)."""

from bot.knowledge.examining.text import Examined, examine

__all__ = ["Examined", "examine"]
