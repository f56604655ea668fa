"""依申请公开: who applies, and how applications end, as the annual report's table 3 counts them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ApplicantKind(StrEnum):
    """Who applies, in the order of table 3's columns: 自然人; 商业企业, 科研机构, 社会公益组织, 法律服务机构, 其他.

    Source: 国办公开办函〔2021〕30号.
    """

    PERSON = "person"
    COMPANY = "company"
    RESEARCH = "research"
    CHARITY = "charity"
    LEGAL_SERVICE = "legal-service"
    OTHER = "other"


class Arrival(StrEnum):
    """How an application comes in: 当面提交, 需签收的邮寄, 平常信函, 互联网, 传真.

    Source: 政府信息公开条例第三十一条.
    """

    HANDED_IN = "handed-in"
    SIGNED_POST = "signed-post"
    ORDINARY_POST = "ordinary-post"
    ONLINE = "online"
    FAX = "fax"


class FeeMethod(StrEnum):
    """How fees for handling information (信息处理费) are counted: 按件, 按量; one of them for each case.

    Source: 国办函〔2020〕109号, known from one secondary copy only.
    """

    COUNT = "count"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class ApplicationRules:
    """How staff want applications handled, from a folder's settings.toml.

    Attributes:
        identity: whether identity proof is collected in the dialogue.
        fees: how fees are counted; None where none are charged.
        keep_years: how long after an application was closed it is kept who applied for what.
    """

    identity: bool = False
    fees: FeeMethod | None = None
    keep_years: int = 10


class ReplyKind(StrEnum):
    """The groups of results of table 3's part 三, （一） to （六）, in its order.

    Source: 国办公开办函〔2021〕30号.
    """

    GRANTED = "granted"
    PARTLY_GRANTED = "partly-granted"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"
    NOT_PROCESSED = "not-processed"
    OTHER = "other"


class Outcome(StrEnum):
    """How an application ended: one row of table 3's part 三 each, in its order.

    A case that is handled in part counts as `PARTLY_GRANTED` only.

    Source: 国办公开办函〔2021〕30号.
    """

    GRANTED = "granted"
    PARTLY_GRANTED = "partly-granted"
    STATE_SECRET = "state-secret"  # noqa: S105 - 属于国家秘密
    FORBIDDEN_BY_LAW = "forbidden-by-law"
    ENDANGERS_SAFETY = "endangers-safety"
    THIRD_PARTY = "third-party"
    INTERNAL_AFFAIRS = "internal-affairs"
    WORK_IN_PROGRESS = "work-in-progress"
    ENFORCEMENT_FILE = "enforcement-file"
    ADMINISTRATIVE_QUERY = "administrative-query"
    NOT_HELD = "not-held"
    TO_BE_MADE = "to-be-made"
    STILL_UNCLEAR = "still-unclear"
    PETITION = "petition"
    REPEATED = "repeated"
    PUBLICATION = "publication"
    EXCESSIVE = "excessive"
    CONFIRMATION = "confirmation"
    NOT_CORRECTED = "not-corrected"
    FEE_UNPAID = "fee-unpaid"
    OTHER = "other"

    @property
    def reply_kind(self) -> ReplyKind:
        """The group that table 3 counts it in."""
        return next(kind for kind, last in _LAST_OF.items() if _ORDER[self] <= _ORDER[last])


_ORDER = {outcome: place for place, outcome in enumerate(Outcome)}
_LAST_OF = {
    ReplyKind.GRANTED: Outcome.GRANTED,
    ReplyKind.PARTLY_GRANTED: Outcome.PARTLY_GRANTED,
    ReplyKind.REFUSED: Outcome.ADMINISTRATIVE_QUERY,
    ReplyKind.UNAVAILABLE: Outcome.STILL_UNCLEAR,
    ReplyKind.NOT_PROCESSED: Outcome.CONFIRMATION,
    ReplyKind.OTHER: Outcome.OTHER,
}
