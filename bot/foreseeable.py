"""The errors that a person can mend; each says place, reason and remedy."""

from __future__ import annotations

from bot.applying.procedure import StepRefused
from bot.channels import ChannelRefused
from bot.desk.annual.register import ReportRefused
from bot.desk.applications import NoSuchApplication
from bot.desk.comparison import EvaluationUnreadable
from bot.desk.drafts import NotAccepted
from bot.desk.earlier import NoSuchRevision
from bot.desk.fields import EntryRefused
from bot.desk.floors import FloorsUnwritable
from bot.desk.questions import QuestionsUnreadable
from bot.knowledge import KnowledgeFolderMissing, RetentionUnknown
from bot.publishing import IndexUnavailable
from bot.settings import BadSetting
from bot.store import CannotMerge, DatabaseUnavailable
from bot.workdays import CalendarUnknown

FORESEEABLE = (
    BadSetting, KnowledgeFolderMissing, DatabaseUnavailable, IndexUnavailable, ChannelRefused,
    QuestionsUnreadable, EvaluationUnreadable, FloorsUnwritable, NoSuchRevision,
    NoSuchApplication, StepRefused, CalendarUnknown,
    RetentionUnknown, EntryRefused, CannotMerge, NotAccepted, ReportRefused,
)  # fmt: skip
