"""Locate a copy: here, elsewhere, gone or unknown. The only door to a deletion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from panel.db.base import db, fresh
from panel.db.tables import Mirror, RemoteCalendarRow
from panel.domain.errors import Forbidden, Gone, RowRefused
from panel.domain.mirror import There
from panel.domain.remote import RemoteEvent
from panel.services.sync.calendars import list_again
from panel.services.sync.plan import Plan
from panel.services.sync.visit import Place, Visit

# A new entry may not be found by its marker at once (search lag, unconfirmed), so that only
# two empty searches this far apart say that it is nowhere.
AGAIN = timedelta(seconds=15)


@dataclass(frozen=True)
class Evidence:
    """What is known of one copy. `place` is the calendar it lies in, where it is alive.

    `missing` says that a search has just found it nowhere, and that one more must. `several`
    says that it was pasted more than once. `twins` are further entries that our own repeated
    request made. `adrift` says that the calendar it lay in is missing from the complete list.
    """

    there: There
    event: RemoteEvent | None = None
    place: Place | None = None
    missing: bool = False
    twins: tuple[RemoteEvent, ...] = ()
    adrift: bool = False
    several: bool = False


UNKNOWN = Evidence(There.UNKNOWN)


def look(visit: Visit, plan: Plan) -> Evidence:
    """Find out from Microsoft where the copy is. Errors of the line go through unchanged.

    What blames this one copy only makes it unknown: its neighbours go on.
    """
    try:
        return _looked(visit, plan)
    except (Forbidden, RowRefused):
        return UNKNOWN


def _looked(visit: Visit, plan: Plan) -> Evidence:
    mirror = plan.mirror
    if mirror.state == "none" and mirror.remote_id is None and mirror.intent is None:
        return Evidence(There.NEVER)
    if mirror.remote_id is not None:
        seen = _by_id(visit, mirror.remote_id)
        if seen is not None:
            return seen
    if mirror.marker is None:
        return Evidence(There.NEVER)
    return _by_marker(visit, plan)


def is_present(visit: Visit, remote_id: str) -> bool:
    """Whether an entry is there for certain."""
    try:
        seen = _by_id(visit, remote_id)
    except Forbidden:
        return False
    return seen is not None and seen.there is There.ALIVE


def _by_id(visit: Visit, remote_id: str) -> Evidence | None:
    """Present is an answer and a calendar of this mailbox; a deleted entry may still answer."""
    try:
        event = visit.client.event(remote_id, with_calendar=True)
    except Gone:
        return None
    except RowRefused as refused:
        return UNKNOWN if refused.code == "unreadable" else None
    place = _place(visit, event.calendar_id)
    return None if place is None else Evidence(There.ALIVE, event, place)


def _place(visit: Visit, calendar_id: str | None) -> Place | None:
    for place in visit.places():
        if place.remote_id == calendar_id:
            return place
    for place in list_again(visit):
        if place.remote_id == calendar_id:
            return place
    return None


def _by_marker(visit: Visit, plan: Plan) -> Evidence:
    mirror = plan.mirror
    holders = _holders(visit, mirror)
    if holders is None:
        return UNKNOWN
    if not holders:
        return _nowhere(visit, mirror)
    if mirror.base is None:
        return _first_of(holders, mirror)
    for event, place in holders:
        if event.id == mirror.remote_id:
            # Found, though it was not to be had by its id.
            return Evidence(There.ALIVE, event, place)
    if len(holders) == 1:
        event, place = holders[0]
        return Evidence(There.ALIVE, event, place)
    # Several pasted copies: which one is meant only a person can say.
    return Evidence(There.GONE, several=True)


def _holders(visit: Visit, mirror: Mirror) -> list[tuple[RemoteEvent, Place]] | None:
    """Every unlinked entry with our marker, in every calendar; None if one gave no answer.

    A colleague's calendar may be listed and yet deny itself: nobody can have put a copy into
    one that can only be read, unless it was written there before.
    """
    linked = _linked_elsewhere(visit.mailbox_id, mirror.id)
    found: list[tuple[RemoteEvent, Place]] = []
    for place in list_again(visit):
        try:
            events = visit.client.find_marker(place.remote_id, mirror.marker or "")
        except (Gone, RowRefused, Forbidden):
            if place.writable or place.id == mirror.calendar_id:
                return None
            continue
        for event in events:
            if not isinstance(event, RemoteEvent):
                return None
            if event.marker == mirror.marker and event.id not in linked:
                found.append((event, place))
    return found


def _linked_elsewhere(mailbox_id: int, mirror_id: int) -> set[str]:
    ids = db.session.scalars(
        select(Mirror.remote_id).where(Mirror.mailbox_id == mailbox_id, Mirror.id != mirror_id)
    ).all()
    fresh()
    return {one for one in ids if one is not None}


def _nowhere(visit: Visit, mirror: Mirror) -> Evidence:
    known_gone = mirror.state == "gone"
    since = mirror.missing_since
    if not known_gone and (since is None or visit.now() - since < AGAIN):
        return Evidence(There.UNKNOWN, missing=True)
    if mirror.base is None:
        return Evidence(There.NEVER)
    return Evidence(There.GONE, adrift=not known_gone and _calendar_is_gone(mirror))


def _calendar_is_gone(mirror: Mirror) -> bool:
    row = db.session.get(RemoteCalendarRow, mirror.calendar_id or 0, populate_existing=True)
    gone = row is not None and row.gone_since is not None
    fresh()
    return gone


def _first_of(holders: list[tuple[RemoteEvent, Place]], mirror: Mirror) -> Evidence:
    """Of what our own tries of one create made, link the first; the rest are twins."""
    holders.sort(key=lambda one: one[0].transaction_id != mirror.transaction_id)
    event, place = holders[0]
    ours = tuple(other for other, _ in holders[1:] if other.transaction_id == mirror.transaction_id)
    return Evidence(There.ALIVE, event, place, twins=ours)
