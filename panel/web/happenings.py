"""The journal in words, as the rails show it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from panel.domain.schedule import Span
from panel.services.journal import Entry
from panel.web.words import day_span, day_time, span, stamping, wall

# For each kind: what it is called, and its sign on the rail.
KINDS = {
    "booked": ("Booked", "plus-lg"),
    "created": ("Made", "plus-lg"),
    "moved": ("Moved", "arrow-right"),
    "cancelled": ("Cancelled", "x-lg"),
    "approved": ("Approved", "check-lg"),
    "rejected": ("Rejected", "slash-lg"),
    "set_pending": ("Set back to pending", "circle"),
    "edited": ("Changed", "pencil"),
    "reassigned": ("Given to a colleague", "arrow-left-right"),
    "no_show": ("Marked as no-show", "person-exclamation"),
    "completed": ("Completed", "check-all"),
    "reopened": ("Opened again", "arrow-counterclockwise"),
    "joined": ("Another customer", "person-plus"),
    "booking_cancelled": ("One customer cancelled", "person-dash"),
    "booking_rejected": ("One customer rejected", "person-dash"),
    "booking_approved": ("One customer approved", "person-check"),
    "booking_set_pending": ("One customer set back to pending", "person"),
    "booking_no_show": ("One customer did not come", "person-exclamation"),
    "booking_completed": ("One customer came", "person-check"),
    "booking_reopened": ("One customer opened again", "arrow-counterclockwise"),
    "persons": ("Another number of persons", "people"),
    "in_outlook": ("In Outlook", "check-lg"),
    "removed_from_outlook": ("Removed from Outlook", "x-lg"),
    "question": ("Waits for a decision", "question-lg"),
    "answered": ("Decided", "check-lg"),
    "moved_in_outlook": ("Moved", "arrow-right"),
    "deleted_in_outlook": ("Deleted", "x-lg"),
    "reshaped_in_outlook": ("Changed", "pencil"),
    "connected": ("Connected", "plug"),
    "disconnected": ("Disconnected", "plug"),
    "entries_removed": ("Entries removed", "x-lg"),
    "entries_left": ("Entries left", "exclamation-octagon"),
    "resynced": ("Written to Outlook again", "arrow-repeat"),
    "put_back": ("Put back", "arrow-counterclockwise"),
    "retried": ("Tried again", "arrow-repeat"),
    "parked": ("Not written to Outlook", "pause-circle"),
    "token_made": ("API token made", "key"),
    "token_revoked": ("API token revoked", "x-lg"),
    "attending": ("Places booked", "person-plus"),
    "waiting": ("Put on the waiting list", "hourglass-split"),
    "offered": ("A free place offered", "envelope"),
    "offer_accepted": ("Offer accepted", "check-lg"),
    "offer_declined": ("Left the waiting list", "x-lg"),
    "offer_lapsed": ("Offer lapsed", "clock-history"),
    "places": ("Places changed", "pencil"),
    "attendance_cancelled": ("Places given back", "x-lg"),
    "attendance_no_show": ("Marked as no-show", "person-exclamation"),
    "attendance_reopened": ("Came after all", "arrow-counterclockwise"),
    "restored": ("Database restored", "arrow-counterclockwise"),
    "restore_done": ("Outlook written to again", "check-lg"),
    "copied": ("Made an installation of its own", "arrow-left-right"),
    "merged": ("Two customers made one", "people"),
    "imported": ("Customers taken in from a file", "person-plus"),
    "erased": ("A customer’s data erased", "trash"),
}
# What both calendars have in common, and what nobody in particular did.
AGREED = {"in_outlook"}
ASKING = {"question"}
# What a decision was, in words.
DECIDED = {
    "back": "What Panel says counts; it is put back in Outlook.",
    "keep": "The time in Panel counts.",
    "accept": "The time in Outlook counts.",
    "cancel": "It is cancelled.",
    "undo": "The move was undone before anybody was told.",
    "meant": "It was meant that so many went from Outlook.",
}


class Step(NamedTuple):
    """One line of the rails (parts/journal.html). `mail_id` names a mail to send again."""

    side: str
    sign: str
    iso: str
    when: str
    what: str
    before: str
    after: str
    words: str
    mail_id: int | None = None


def steps(entries: Iterable[Entry]) -> list[Step]:
    """Say lines of the journal in the reader's zone, in their order."""
    stamp = stamping()
    return [_step(one, stamp(one.at)) for one in entries]


def newest_first(*kinds: list[Step]) -> list[Step]:
    """Put the lines of several journals in one order."""
    told = [one for kind in kinds for one in kind]
    return sorted(told, key=lambda one: datetime.fromisoformat(one.iso), reverse=True)


def _step(entry: Entry, when: str) -> Step:
    """Say one line of the journal in the reader's zone."""
    what, sign = KINDS.get(entry.kind, (entry.kind.replace("_", " ").capitalize(), "pencil"))
    before, after = _values(entry)
    return Step(
        side=_side(entry),
        sign="arrow-left" if entry.side == "outlook" and sign == "arrow-right" else sign,
        iso=entry.at.isoformat(),
        when=when,
        what=_told(entry, what),
        before=before,
        after=after,
        words=DECIDED.get(entry.note, entry.note) if entry.kind == "answered" else entry.note,
    )


def _side(entry: Entry) -> str:
    if entry.kind in ASKING:
        return "ask"
    if entry.kind == "parked":
        return "outlook"
    return "agree" if entry.kind in AGREED or entry.side == "both" else entry.side


def _told(entry: Entry, what: str) -> str:
    if entry.kind in AGREED | ASKING:
        return what
    by = f" by {entry.who}" if entry.who else ""
    return f"{what}{by}{' in Outlook' if entry.side == 'outlook' else ''}"


def _values(entry: Entry) -> tuple[str, str]:
    """Leave the date out where both times are on one day."""
    before, after = entry.before, entry.after
    if isinstance(before, Span) and isinstance(after, Span):
        if wall(before.starts).date() == wall(after.starts).date():
            return span(before.starts, before.ends), span(after.starts, after.ends)
        return _short(before), _short(after)
    return _one(before), _one(after)


def _one(value: Span | str) -> str:
    return day_span(value.starts, value.ends) if isinstance(value, Span) else value


def _short(value: Span) -> str:
    return day_time(value.starts)
