"""The health of a connection: one pure function of what is known, never a stored state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from panel.domain.cadence import NIGHT

# How late a round may be before it is said: the sweep comes every 10 s, and a round takes time.
GRACE = timedelta(minutes=2)
# The longest that two rounds lie apart, with their spread.
LONGEST = NIGHT * 1.2
ALIKE_WITHIN = timedelta(minutes=10)
ALIKE = 3


class State(Enum):
    """What the mark says. OFF is no card at all."""

    OFF = "off"
    NOT_AVAILABLE = "not_available"
    NOT_CONNECTED = "not_connected"
    PAUSED = "paused"
    LEAVING = "leaving"
    ACTION_NEEDED = "action_needed"
    DECISION_NEEDED = "decision_needed"
    DELAYED = "delayed"
    IMPORTING = "importing"
    CATCHING_UP = "catching_up"
    UP_TO_DATE = "up_to_date"


class Why(Enum):
    """What exactly stands behind a state that has several reasons."""

    PLAIN = "nothing more to say"
    SIGN_IN = "Microsoft wants the person to sign in again"
    REGISTRATION = "the connection was made with another registration"
    CALENDAR = "there is no calendar to write to"
    PARKED = "entries could not be written"
    QUESTIONS = "questions are open"
    GONE = "so many entries are gone that it may be a mistake"
    DIFFER = "entries differ after a reconnect"
    INSTALLATION = "the database was restored or copied"
    APPLICATION = "Microsoft refuses the application, not the person"
    SLOW = "Microsoft gave no usable answer"
    OVERDUE = "no round was completed when it was due"


@dataclass(frozen=True)
class Evidence:
    """All that is known of one employee's connection. Instants are aware UTC.

    `connection` is "" where there is none, else active or leaving. `refused`: Microsoft wants
    this person to sign in again. `application_refused`: it refuses the registration, or
    several people alike. `same_registration`: the connection was made with the registration
    that is configured now. `writable`: a calendar is chosen that exists and can be edited.
    `waiting` changes are not in Outlook yet; `parked` could not be written, `held` wait for a
    person after a reconnect; `gone` are deleted, so many that it may be a mistake. `withheld`:
    nothing is sent, because the database may be an old one or a copy of another.
    """

    enabled: bool = True
    configured: bool = True
    connection: str = ""
    importing: bool = False
    refused: bool = False
    application_refused: bool = False
    same_registration: bool = True
    writable: bool = True
    waiting: int = 0
    parked: int = 0
    held: int = 0
    questions: int = 0
    withheld: bool = False
    gone: int = 0
    failures: int = 0
    pulled_at: datetime | None = None
    pushed_at: datetime | None = None
    round_due: datetime | None = None


@dataclass(frozen=True)
class Health:
    """The state of a connection, and why."""

    state: State
    why: Why = Why.PLAIN


def judge(known: Evidence, now: datetime) -> Health:
    """Say how a connection is; the first fitting line wins.

    What only a person can put right comes before what rights itself, and "up to date" is
    said only where nothing speaks against it.
    """
    if not known.connection:
        return Health(_unconnected(known))
    if not known.enabled:
        return Health(State.PAUSED)
    if known.connection == "leaving":
        return Health(State.LEAVING)
    if not known.configured:
        return Health(State.NOT_AVAILABLE)
    if known.withheld:
        return Health(State.DECISION_NEEDED, Why.INSTALLATION)
    return _hindered(known) or _late(known, now) or Health(_on_its_way(known))


def gravest(several: Sequence[Health]) -> int:
    """Which of a person's accounts speaks for all of them: the index of the gravest state.

    What is being left says nothing while another account is there.
    """
    order = (
        State.PAUSED, State.NOT_AVAILABLE, State.ACTION_NEEDED, State.DECISION_NEEDED,
        State.DELAYED, State.IMPORTING, State.CATCHING_UP, State.UP_TO_DATE, State.LEAVING,
    )  # fmt: skip
    return min(range(len(several)), key=lambda one: order.index(several[one].state))


def failing_alike(refusals: Iterable[tuple[str, datetime]], connections: int) -> set[str]:
    """Which refusals blame the application: three alike within 10 minutes, or all of several.

    `refusals` are Microsoft's words with the times since when it says them.
    """
    by_word: dict[str, list[datetime]] = {}
    for word, since in refusals:
        by_word.setdefault(word, []).append(since)
    enough = min(ALIKE, max(connections, 2))
    return {word for word, times in by_word.items() if _close(sorted(times), enough)}


def _close(times: list[datetime], enough: int) -> bool:
    return any(
        last - first <= ALIKE_WITHIN
        for first, last in zip(times, times[enough - 1 :], strict=False)
    )


def _unconnected(known: Evidence) -> State:
    if not known.enabled:
        return State.OFF
    return State.NOT_CONNECTED if known.configured else State.NOT_AVAILABLE


def _hindered(known: Evidence) -> Health | None:
    """What does not right itself."""
    if known.application_refused:
        return Health(State.DELAYED, Why.APPLICATION)
    if known.refused:
        return Health(State.ACTION_NEEDED, Why.SIGN_IN)
    if not known.same_registration:
        return Health(State.ACTION_NEEDED, Why.REGISTRATION)
    if not known.writable:
        return Health(State.ACTION_NEEDED, Why.CALENDAR)
    if known.gone:
        return Health(State.DECISION_NEEDED, Why.GONE)
    if known.held and not known.importing:
        return Health(State.DECISION_NEEDED, Why.DIFFER)
    if known.questions and not known.importing:
        return Health(State.DECISION_NEEDED, Why.QUESTIONS)
    if known.parked:
        return Health(State.ACTION_NEEDED, Why.PARKED)
    return None


def _late(known: Evidence, now: datetime) -> Health | None:
    if known.failures:
        return Health(State.DELAYED, Why.SLOW)
    # While something is being sent the next round waits its turn.
    sending = known.pushed_at is not None and now - known.pushed_at <= GRACE
    due, read = known.round_due, known.pulled_at
    overdue = due is not None and now - due > GRACE and not sending
    too_old = read is not None and now - read > LONGEST + GRACE
    return Health(State.DELAYED, Why.OVERDUE) if overdue or too_old else None


def _on_its_way(known: Evidence) -> State:
    if known.importing:
        return State.IMPORTING
    # Until it has been read once, nothing is known of that calendar.
    if known.waiting or known.pulled_at is None:
        return State.CATCHING_UP
    return State.UP_TO_DATE
