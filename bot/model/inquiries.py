"""What is asked, what it comes to, and what is said and kept of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.model.agencies import AgencyContact
from bot.model.documents import Document, Section


class Verdict(StrEnum):
    """What a Decision comes to; `limited` where none was come to, as the citizen had written too much at once."""

    ANSWER = "answer"
    CHOICES = "choices"
    NONE = "none"
    LIMITED = "limited"


class RequestKind(StrEnum):
    """What a citizen's message is; each is recorded as an inquiry is, and none opens an application or a case.

    An inquiry (咨询); a wish to apply (依申请公开); a petition, complaint or report (信访、投诉、举报); a request to correct
    one's own record (更正本人信息); abuse; or small talk that asks for nothing.
    """

    INQUIRY = "inquiry"
    APPLICATION = "application"
    PETITION = "petition"
    CORRECTION = "correction"
    ABUSE = "abuse"
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    IDENTITY = "identity"
    NOTHING = "nothing"

    @property
    def is_searched(self) -> bool:
        """Whether what is published may say something to it."""
        return self in (RequestKind.INQUIRY, RequestKind.APPLICATION, RequestKind.PETITION, RequestKind.CORRECTION)


class Language(StrEnum):
    """The language and script of a reply."""

    HANS = "zh-Hans"
    HANT = "zh-Hant"
    ENGLISH = "en"


class Channel(StrEnum):
    """How a question came in: what the bot heard itself, and what staff enter of telephone, letter, visit and web form."""

    TELEGRAM = "telegram"
    CONSOLE = "console"
    COMMAND = "command"
    PHONE = "phone"
    LETTER = "letter"
    VISIT = "visit"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Question:
    """问题: a citizen's words as received.

    Attributes:
        citizen: who asks as the channel knows them; leaves the store only as a pseudonym. Empty where nobody can be told apart.
        understood: the whole question that the words are taken for where they follow up on an earlier one; else empty.
        language: that the citizen chose to be answered in; None where it follows the words.
    """

    text: str
    channel: Channel
    asked_at: datetime
    citizen: str = ""
    understood: str = ""
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """匹配: a Section, the Document it stands in, and its score from 0 to 1 of what the question could reach."""

    document: Document
    section: Section
    score: float


@dataclass(frozen=True, slots=True)
class Decision:
    """判定: what the matches come to.

    Attributes:
        matches: best first; for `answer` the first one is it, for `choices` the offered ones come first.
        offered: how many of the matches are offered; 1 for an answer, 0 for none.
        missing_years: years that were asked for and that nothing published covers.
        published_years: the years that are published, newest first, where `missing_years` says why there is no answer.
        missing_agency: the name of an agency that was asked for and has published nothing.
        focus: the sentence of the first match's passage that answers, as published; empty unless `answer`.
    """

    verdict: Verdict
    matches: tuple[Match, ...] = ()
    offered: int = 0
    focus: str = ""
    missing_years: tuple[int, ...] = ()
    published_years: tuple[int, ...] = ()
    missing_agency: str = ""

    @property
    def score(self) -> float:
        """The first match's score, 0 where there is none."""
        return self.matches[0].score if self.matches else 0.0


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as published, cut around the sentence that answers; `before` and `after` tell where more of it stands."""

    text: str
    focus: str = ""
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """出处: where a quote stands."""

    document: str
    section: str
    title: str
    headings: tuple[str, ...]
    published_on: date | None = None
    formed_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the titles offered where several may be meant."""

    document: str
    section: str
    label: str


@dataclass(frozen=True, slots=True)
class Reply:
    """答复: what a citizen is told, in no channel's own form.

    Attributes:
        lead: what stands before a quote or the choices, or all that is said where there is neither.
        contact_of_document: whether the contact is the one that the quoted document names itself.
        full_text: whether 全文 shows more than the quote does.
        page: which page of a passage the quote is, from 0.
        pages: how many pages the passage has; 1 for a quote that is no page.
    """

    language: Language
    lead: str = ""
    quote: Quote | None = None
    citation: Citation | None = None
    choices: tuple[Choice, ...] = ()
    contact: AgencyContact | None = None
    contact_of_document: bool = False
    full_text: bool = False
    page: int = 0
    pages: int = 1

    def led_by(self, sentence: str) -> Reply:
        """The same with a sentence said first."""
        return replace(self, lead="\n".join(filter(None, (sentence, self.lead))))

    def followed_by(self, sentence: str) -> Reply:
        """The same with a sentence behind what is said."""
        return replace(self, lead="\n".join(filter(None, (self.lead, sentence))))


class Reason(StrEnum):
    """Why a reply did not help: 没答到点上, 内容太旧, 看不懂, 其他."""

    OFF = "off"
    OLD = "old"
    UNCLEAR = "unclear"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Rating:
    """What a citizen thought of a reply; `reason` is None where it helped, and where none was given."""

    helpful: bool
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A citizen whom staff no longer serve.

    Attributes:
        reference: of the record that they were blocked by.
        at: since when.
        dropped: how much has come from them since.
    """

    reference: str
    at: datetime
    dropped: int
