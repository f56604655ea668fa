"""Who publishes, and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AgencyContact:
    """联系方式 as staff stated them; an empty string is a fact nobody has stated."""

    name: str
    department: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    site: str = ""
    portal: str = ""
    hotline: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """机关: who publishes. `key` is its table name in agencies.toml; `founded` is None where nobody stated it."""

    key: str
    contact: AgencyContact
    aliases: tuple[str, ...] = ()
    default: bool = False
    founded: date | None = None

    @property
    def name(self) -> str:
        """The agency's full name."""
        return self.contact.name

    def is_asked_by(self, key: str) -> bool:
        """Whether what names an agency by `key` is this one's; what names none is the default agency's."""
        return key == self.key or (self.default and not key)
