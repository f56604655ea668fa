"""How applications end, as table 3 of the annual report counts them."""

from collections import Counter

from bot.model import Outcome, ReplyKind


def test_every_outcome_is_a_row_of_one_group_of_table_3() -> None:
    rows = Counter(outcome.reply_kind for outcome in Outcome)
    assert rows == {
        ReplyKind.GRANTED: 1,
        ReplyKind.PARTLY_GRANTED: 1,
        ReplyKind.REFUSED: 8,
        ReplyKind.UNAVAILABLE: 3,
        ReplyKind.NOT_PROCESSED: 5,
        ReplyKind.OTHER: 3,
    }
