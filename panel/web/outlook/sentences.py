"""The states of a connection in sentences: to the person, or about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from panel.domain.errors import OwnFault
from panel.domain.health import State, Why
from panel.services.calendar_choices import Troubled
from panel.services.connection_health import Report
from panel.services.connection_rows import Copies
from panel.web.session import now
from panel.web.words import aged, clock, day_time, plural, today, wall

# What is so near needs no time of day.
MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Voice:
    """Who is spoken to: the person (`name` empty), or somebody about them by first name."""

    name: str = ""
    owner: str = ""

    @property
    def your(self) -> str:
        return f"{self.name}’s" if self.name else "your"

    @property
    def you(self) -> str:
        return self.name or "you"


@dataclass(frozen=True)
class Said:
    """What a card says: first words in strong, the sentence, a detail below, the mark's words."""

    sentence: str
    strong: str = ""
    detail: str = ""
    mark: str = ""


def said(report: Report, voice: Voice, done: tuple[int, int] = (0, 0)) -> Said:
    """Put a connection's state into words. `done`: entries of an import, of how many."""
    return _SAY[report.health.state](report, voice, done)


def entries(count: int) -> str:
    """the 41 entries, or the entry"""
    return f"the {count:,} entries" if count != 1 else "the entry"


def not_read(calendar: Troubled, voice: Voice) -> tuple[str, str]:
    """What to say of a blocking calendar that is not read, and what to do."""
    who = f"{voice.name} or the owner can choose" if voice.name else "Choose"
    todo = f"{who} again which calendars block."
    if not calendar.gone:
        strong = f"Outlook does not let Panel read the calendar “{calendar.name}”."
        as_of = f"Its busy time is as of {_since(calendar.read_at)}."
        return strong, f"{as_of if calendar.read_at else 'It does not block bookings.'} {todo}"
    strong = (
        f"The calendar “{calendar.name}” is gone from {voice.your} Outlook or no longer shared."
    )
    blocks = "Its busy time does not block bookings any more."
    if calendar.until is not None and calendar.until > now():
        blocks = f"Its busy time goes on blocking bookings until {day_time(calendar.until)}."
    return strong, f"{blocks} {todo}"


def _not_available(report: Report, voice: Voice, _: tuple[int, int]) -> Said:
    where = "Settings, Integrations, Outlook Calendar"
    who = f"{voice.owner} can do it in {where}." if voice.owner else f"You can do it in {where}."
    return Said(f"Outlook is not set up for this business yet. {who}")


def _not_connected(report: Report, voice: Voice, _: tuple[int, int]) -> Said:
    if voice.name:
        return Said(
            f"{voice.name}’s appointments do not appear in Outlook yet, and busy time there "
            "does not block bookings."
        )
    return Said(
        "Your appointments appear in your Outlook, and nobody can book you while you are "
        "busy there."
    )


def _paused(report: Report, voice: Voice, _: tuple[int, int]) -> Said:
    there = report.copies.there
    stay = f"; {entries(there)} in Outlook {'stays' if there == 1 else 'stay'}" if there else ""
    return Said(f"Outlook is switched off for this business. Nothing is synced{stay}.")


def _leaving(report: Report, voice: Voice, done: tuple[int, int]) -> Said:
    gone, total = done
    removed = f" {gone} of {total} {'is' if total == 1 else 'are'} gone." if total else ""
    return Said(
        f"The upcoming entries are being removed from {voice.your} Outlook.{removed} "
        "Nothing else is synced any more."
    )


def _importing(report: Report, voice: Voice, done: tuple[int, int]) -> Said:
    ready, total = done
    if not total:
        return Said(f"Panel is reading {voice.your} calendar. You can leave this page.")
    share = f"Importing, {ready * 100 // total}%"
    what = "appointment or event is" if total == 1 else "appointments and events are"
    return Said(f"{ready} of {total} {what} in Outlook. You can leave this page.", mark=share)


def _up_to_date(report: Report, voice: Voice, _: tuple[int, int]) -> Said:
    return Said(f"{_there(report.copies)} in {voice.your} Outlook.", detail=_checked(report))


def _there(copies: Copies) -> str:
    counted = (copies.appointments, "appointment"), (copies.events, "event")
    parts = [plural(count, word) for count, word in counted if count]
    if not parts:
        return "No appointment or event is"
    alone = copies.appointments + copies.events == 1
    return f"{' and '.join(parts)} {'is' if alone else 'are'}"


def _checked(report: Report) -> str:
    assert report.connection is not None
    link = report.connection
    words = f"Checked at {aged(link.pulled_at)}." if link.pulled_at else ""
    if link.round_due and link.round_due - now() > MOMENT:
        words += f" Next check at about {clock(link.round_due)}."
    return words.strip()


def _catching_up(report: Report, voice: Voice, _: tuple[int, int]) -> Said:
    count = report.copies.waiting
    if not count:
        return Said(f"Panel is reading {voice.your} calendar. This usually takes a few seconds.")
    return Said(
        f"{_changes(count)} on {'its' if count == 1 else 'their'} way to Outlook. "
        "This usually takes a few seconds.",
        mark=f"Catching up, {count} waiting",
    )


def _delayed(report: Report, voice: Voice, _: tuple[int, int]) -> Said:
    count = report.copies.waiting
    waiting = f" {_changes(count)} waiting." if count else ""
    lost = f"Nothing is lost{':' if count else '.'}{waiting}"
    return Said(f"{lost}{_busy_as_of(report)}", strong=_why_delayed(report, voice))


def _why_delayed(report: Report, voice: Voice) -> str:
    assert report.connection is not None
    link = report.connection
    if report.health.why is Why.APPLICATION:
        told = f" {voice.owner} has been told." if voice.owner else ""
        return f"Microsoft does not accept this business’s registration.{told}"
    if report.health.why is Why.OVERDUE:
        since = f" since {_since(link.pulled_at)}" if link.pulled_at else " yet"
        return f"{voice.your[0].upper()}{voice.your[1:]} calendar has not been checked{since}."
    until = link.wait_until
    retry = f" Next try at {clock(until)}." if until and until > now() else ""
    if link.failure == str(OwnFault()):
        return f"{link.failure}{retry}"
    return f"Microsoft is slow to answer.{retry}"


def _busy_as_of(report: Report) -> str:
    assert report.connection is not None
    read = report.connection.pulled_at
    return f" Busy time is as of {_since(read)}." if read else ""


def _action_needed(report: Report, voice: Voice, _: tuple[int, int]) -> Said:
    why, waiting = report.health.why, _waiting_since(report.copies)
    if why is Why.CALENDAR:
        return Said(
            "Choose another one below. New appointments wait until then; nothing is lost."
            f"{waiting}",
            strong="The calendar that Panel writes to is gone or read only.",
        )
    if why is Why.PARKED:
        count = report.copies.parked
        return Said(
            f"Panel tries {'it' if count == 1 else 'them'} again every night. "
            "Everything else is synced.",
            strong=f"{plural(count, 'change')} could not be written to {voice.your} Outlook.",
        )
    asks = f"Microsoft asks {voice.you} to sign in again."
    if why is Why.REGISTRATION:
        asks = f"This business has a new registration at Microsoft. {_please(voice)}"
    return Said(
        f"Until then new appointments do not reach {voice.your} Outlook, and new busy time "
        f"there is not seen.{waiting}",
        strong=asks,
    )


def _please(voice: Voice) -> str:
    return f"{voice.name} must sign in again." if voice.name else "Sign in again."


def _waiting_since(copies: Copies) -> str:
    if not copies.waiting:
        return ""
    have = "has" if copies.waiting == 1 else "have"
    since = f" since {_since(copies.since)}" if copies.since else ""
    return f" {plural(copies.waiting, 'change')} {have} been waiting{since}."


def _decision_needed(report: Report, voice: Voice, _: tuple[int, int]) -> Said:
    if report.health.why is Why.INSTALLATION:
        words = "Nothing is sent to Outlook until the owner has said which, under Sync health."
        return Said(words, strong="Panel’s database was restored or copied.")
    if report.health.why is Why.DIFFER:
        count = report.copies.held
        differ = "entry differs" if count == 1 else "entries differ"
        return Said(
            f"What Panel says counts: put {'it' if count == 1 else 'them'} back. "
            "Nothing is moved or cancelled here, and no customer is told.",
            strong=f"{count} {differ} from what stood in {voice.your} Outlook before.",
        )
    if report.health.why is Why.GONE:
        return _gone(report, voice)
    count = report.questions
    strong = f"{plural(count, 'entry was', 'entries were')} changed in Outlook. Which counts?"
    words = "Nothing is cancelled, and no customer has been told."
    return Said(words, strong=strong, detail=_checked(report))


def _gone(report: Report, voice: Voice) -> Said:
    link = report.connection
    assert link is not None
    of = f"{link.gone} of {voice.your} {link.upcoming} upcoming entries"
    strong = f"{of} {'is' if link.gone == 1 else 'are'} gone from Outlook. Was it meant?"
    words = "Nothing is cancelled, and no customer has been told."
    return Said(words, strong=strong, detail=_checked(report))


def _changes(count: int) -> str:
    return f"{plural(count, 'change')} {'is' if count == 1 else 'are'}"


def _since(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return clock(moment) if wall(moment).date() == today() else day_time(moment)


_SAY = {
    State.NOT_AVAILABLE: _not_available,
    State.NOT_CONNECTED: _not_connected,
    State.PAUSED: _paused,
    State.LEAVING: _leaving,
    State.IMPORTING: _importing,
    State.UP_TO_DATE: _up_to_date,
    State.CATCHING_UP: _catching_up,
    State.DELAYED: _delayed,
    State.ACTION_NEEDED: _action_needed,
    State.DECISION_NEEDED: _decision_needed,
}
