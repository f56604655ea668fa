"""What people bring against the agency's handling of information, and what is counted beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CaseKind(StrEnum):
    """行政复议; 行政诉讼: 未经复议直接起诉, 复议后起诉; counted apart from these: 投诉举报, 更正本人信息, 信访.

    The first three are the blocks of the annual report's table 4.

    Source: 国办公开办函〔2021〕30号; 政府信息公开条例第三十九、四十一、五十一条.
    """

    REVIEW = "review"
    LAWSUIT = "lawsuit"
    LAWSUIT_AFTER_REVIEW = "lawsuit-after-review"
    COMPLAINT = "complaint"
    CORRECTION = "correction"
    PETITION = "petition"

    @property
    def is_remedy(self) -> bool:
        """Whether table 4 counts it."""
        return self in (CaseKind.REVIEW, CaseKind.LAWSUIT, CaseKind.LAWSUIT_AFTER_REVIEW)


class CaseResult(StrEnum):
    """The columns of table 4's blocks: 结果维持, 结果纠正, 其他结果, 尚未审结."""

    UPHELD = "upheld"
    OVERTURNED = "overturned"
    OTHER = "other"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """A result as it was noted; `PENDING` takes one back that was noted wrongly."""

    day: date
    result: CaseResult
    noted_at: datetime
    noted_by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A review, a lawsuit, or what is counted beside them.

    Attributes:
        reference: ``AJ-2026-000001``.
        about: the number of the application that it is about; empty where it is about none.
        events: the results that were noted, in order; the last one holds.
    """

    reference: str
    kind: CaseKind
    filed_on: date
    about: str
    note: str
    noted_at: datetime
    noted_by: str
    events: tuple[CaseEvent, ...] = ()

    @property
    def result(self) -> CaseResult:
        """How it ended, or that it has not."""
        return self.events[-1].result if self.events else CaseResult.PENDING

    def result_by(self, day: date) -> CaseResult:
        """How it stood at the end of a day, by the days on which results came."""
        last = self.events[-1] if self.events else None
        return last.result if last and last.day <= day else CaseResult.PENDING
