"""What columns hold, as both databases can keep it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, String, Text, TypeDecorator

# Every constraint has a name, for a later migration can only alter what it can name.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def storable(text: str) -> str:
    """The text as both databases can hold it: without NUL, lone surrogates as U+FFFD.

    A citizen may type either and a PDF may yield both; PostgreSQL refuses the first and UTF-8 the second, and no
    question may be lost for that.
    """
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def to_json(value: Any) -> str:
    """JSON that staff can read in the database: Chinese stays Chinese."""
    return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def from_json(text: str) -> Any:
    """Read JSON back; most lists of a document are empty, and questions wait for this."""
    return [] if text == "[]" else json.loads(text)


class Words(TypeDecorator[str]):
    """Text from outside, made storable on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Make the text storable."""
        return None if value is None else storable(value)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC; SQLite keeps no zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC.

        Raises:
            ValueError: the datetime has no zone; guessing one would shift records by hours.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return it as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# Both databases order by code point: streaming by id must neither skip nor repeat, whatever PostgreSQL's locale.
Ordered = String().with_variant(String(collation="C"), "postgresql")

metadata = MetaData(naming_convention=NAMING)
