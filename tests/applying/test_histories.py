"""1,000 random histories of applications: every step legal, table 3 balanced in every year, nothing overwritten."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.applying.balance import table_three
from bot.applying.procedure import StepRefused, possible, take
from bot.applying.timing import answer_clock
from bot.model import ApplicantKind, Application, Arrival, Outcome, Step
from tests.applying.histories import WORKDAYS, event, registered

S = Step
HAND = {S.RECEIVED, S.CORRECTED, S.CONSULTED, S.NOT_HEARD, S.EXTENDED}
# What may follow on what, written once more, by hand, from the law.
LEGAL = (
    {(S.REGISTERED, S.RECEIVED), (S.REGISTERED, S.WITHDRAWN)}
    | {(hand, to) for hand in HAND for to in (S.CORRECTION_ASKED, S.CONSULTING, S.EXTENDED, S.ANSWERED, S.WITHDRAWN)}
    | {(S.CORRECTION_ASKED, to) for to in (S.CORRECTED, S.ABANDONED, S.WITHDRAWN)}
    | {(S.CONSULTING, to) for to in (S.CONSULTED, S.NOT_HEARD, S.WITHDRAWN)}
    | {(end, S.CLOSED) for end in (S.ANSWERED, S.ABANDONED, S.WITHDRAWN)}
    | {(step, S.TAKEN_BACK) for step in set(S) - {S.REGISTERED, S.TAKEN_BACK}}
)
OUTCOMES = [outcome for outcome in Outcome if outcome is not Outcome.NOT_CORRECTED]

# The calendar reaches further by more than the longest period.
LAST_DAY = date(2026, 6, 30)
WAYS = st.lists(
    st.tuples(st.sampled_from((0, 1, 3, 8, 25)), st.integers(0, 11), st.sampled_from(OUTCOMES)), min_size=2, max_size=7
)


def last_day_by_hand(application: Application) -> date | None:
    """A second counting of the day to answer by: one day after another, asking each whether it counts."""
    received = application.received_on
    if received is None:
        return None
    began, wanted, stopped, open_since = received, 15 if received < date(2019, 5, 15) else 20, set[date](), None
    for taken in application.steps:
        if taken.step is S.CORRECTED:
            began, stopped = taken.day, set()
        elif taken.step is S.EXTENDED:
            wanted += 15 if received < date(2019, 5, 15) else 20
        elif taken.step is S.CONSULTING:
            open_since = taken.day
        elif taken.step in (S.CONSULTED, S.NOT_HEARD, S.WITHDRAWN) and open_since:
            stopped |= {open_since + timedelta(days=n) for n in range(1, (taken.day - open_since).days + 1)}
            open_since = None
    day = began
    while wanted:
        day += timedelta(days=1)
        wanted -= WORKDAYS.counts(day) and day not in stopped
    return day


class Histories(RuleBasedStateMachine):
    """An office that takes steps as days go by, legal ones and others."""

    def __init__(self) -> None:
        super().__init__()
        self.today = date(2018, 11, 1)
        self.applications: list[Application] = []

    @initialize(kind=st.sampled_from(ApplicantKind), way=WAYS)
    def begin_with_one_that_was_received(self, kind: ApplicantKind, way: list[tuple[int, int, Outcome]]) -> None:
        self.register(kind, Arrival.HANDED_IN)
        self._try(0, S.RECEIVED, Outcome.GRANTED)
        self.lead_on(0, way)

    @rule(kind=st.sampled_from(ApplicantKind), arrival=st.sampled_from(Arrival))
    def register(self, kind: ApplicantKind, arrival: Arrival) -> None:
        number = f"SQ-2018-{len(self.applications) + 1:06d}"
        self.applications.append(registered(number, self.today, kind, arrival))

    @rule(days=st.sampled_from((1, 2, 8, 25, 60, 200)))
    def let_time_pass(self, days: int) -> None:
        self._pass(days)

    @precondition(lambda self: self.applications)
    @rule(place=st.integers(0, 50), way=WAYS)
    def lead_on(self, place: int, way: list[tuple[int, int, Outcome]]) -> None:
        """Several steps that may follow, one after another, days between them."""
        for days, choice, outcome in way:
            self._pass(days)
            able = possible(self.applications[place % len(self.applications)])
            if able:
                self._try(place, able[choice % len(able)], outcome)

    @precondition(lambda self: self.applications)
    @rule(place=st.integers(0, 50), step=st.sampled_from(Step), outcome=st.sampled_from(Outcome))
    def take_any_step(self, place: int, step: Step, outcome: Outcome) -> None:
        self._try(place, step, outcome)

    def _pass(self, days: int) -> None:
        self.today = min(self.today + timedelta(days=days), LAST_DAY)

    def _try(self, place: int, step: Step, outcome: Outcome) -> None:
        place %= len(self.applications)
        before = self.applications[place]
        stated = {"outcome": outcome} if step is S.ANSWERED else {}
        try:
            after = take(before, event(step, self.today, **stated), WORKDAYS)
        except StepRefused:
            return
        assert (before.state, step) in LEGAL
        assert after.events[:-1] == before.events
        self.applications[place] = after

    @invariant()
    def table_3_balances_in_every_year(self) -> None:
        for year in range(2018, self.today.year + 1):
            table = table_three(self.applications, year)
            for kind in ApplicantKind:
                came = len(table.received.get(kind, ())) + len(table.carried_over.get(kind, ()))
                assert came == len(table.ended_of(kind)) + len(table.carried_forward.get(kind, ()))
                assert table.at_fault(kind) == ()
            following = table_three(self.applications, year + 1)
            assert following.carried_over == table.carried_forward

    @invariant()
    def what_the_law_allows_once_happens_once_and_days_go_forward(self) -> None:
        for application in self.applications:
            taken = Counter(each.step for each in application.steps)
            assert max(taken[S.CORRECTION_ASKED], taken[S.EXTENDED], taken[S.RECEIVED]) <= 1
            days = [each.day for each in application.steps]
            assert days == sorted(days)

    @invariant()
    def every_clock_is_that_of_a_second_counting(self) -> None:
        for application in self.applications[-2:]:
            clock = answer_clock(application)
            if clock and all(pause.until for pause in clock.pauses):
                assert clock.last_day(WORKDAYS) == last_day_by_hand(application)


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=1000, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
)
