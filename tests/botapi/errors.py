"""What the strict Bot API answers when it refuses, in Telegram's own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class RefusalError(Exception):
    """A refusal as Telegram's JSON states it."""

    code: int
    description: str
    retry_after: int = 0
    migrate_to: int = 0

    def body(self) -> dict[str, object]:
        """The JSON answer."""
        answer: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after:
            answer["parameters"] = {"retry_after": self.retry_after}
        if self.migrate_to:
            answer["parameters"] = {"migrate_to_chat_id": self.migrate_to}
        return answer


def bad_request(reason: str) -> RefusalError:
    """A 400 with its reason."""
    return RefusalError(400, f"Bad Request: {reason}")


UNAUTHORIZED = RefusalError(401, "Unauthorized")
NOT_FOUND = RefusalError(404, "Not Found")
BLOCKED = RefusalError(403, "Forbidden: bot was blocked by the user")
KICKED = RefusalError(403, "Forbidden: bot was kicked from the supergroup chat")
OUSTED = RefusalError(
    409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET = RefusalError(
    409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
