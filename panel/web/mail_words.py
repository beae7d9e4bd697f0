"""How it stands with the mails, in words. Nothing is said to be sent but what a server took."""

from __future__ import annotations

from typing import NamedTuple

from panel.services.mail_history import Line
from panel.services.mail_server import State
from panel.web.happenings import Step
from panel.web.words import aged, clock, plural, stamp


class Said(NamedTuple):
    """A callout: voice, its first words, and the rest."""

    voice: str
    strong: str
    words: str


def standing(state: State) -> Said:
    """Say how it stands, for the page of the settings."""
    if trouble := warning(state):
        return trouble
    waiting = f"{_wait(state.waiting)}." if state.waiting else "No mail waits."
    if state.sent_at is None:
        return Said("work", f"Mails are handed to {state.server}.", f"None has been yet. {waiting}")
    return Said(
        "ok", "The mail server takes our mails.", f"Last at {aged(state.sent_at)}. {waiting}"
    )


def warning(state: State) -> Said | None:
    """Say what keeps mails from going out, if anything does."""
    if not state.server:
        words = "They leave as soon as there is one, if the appointment is not over by then."
        return Said("late", "No mail server is set up.", f"{_wait(state.waiting)}. {words}")
    if not state.failing:
        return None
    since = f"Since {stamp(state.failed_at)}." if state.failed_at else ""
    again = f" Next try at {clock(state.wait_until)}." if state.wait_until else ""
    words = f"{state.failure} {since}{again} {_wait(state.waiting)}."
    return Said("act", "No mail goes out.", words)


def alarm(state: State) -> Said | None:
    """Say on the first page that mails do not go out, once there are any."""
    return warning(state) if state.server or state.waiting else None


def letters(lines: list[Line]) -> list[Step]:
    """Return the mails about one thing as lines of its journal."""
    return [_letter(one) for one in lines]


def _letter(line: Line) -> Step:
    return Step(
        side="panel",
        sign="envelope",
        iso=line.at.isoformat(),
        when=stamp(line.at),
        what=f"Mail to {line.name}: {line.words.lower()}",
        before="",
        after="",
        words=_how(line),
        mail_id=line.id if line.again else None,
    )


def _how(line: Line) -> str:
    if line.status == "sent":
        return f"Sent {clock(line.at)} to {line.address}."
    if line.status == "failed":
        return f"Failed. {line.error}"
    if line.error and line.next_at:
        return f"Waiting. {line.error} Next try at {stamp(line.next_at)}."
    if line.kind.endswith("_reminder") and line.next_at:
        return f"Waiting until {stamp(line.next_at)}."
    return "Waiting."


def _wait(count: int) -> str:
    return (
        f"{plural(count, 'mail')} {'waits' if count == 1 else 'wait'}" if count else "No mail waits"
    )
