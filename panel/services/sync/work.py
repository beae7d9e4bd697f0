"""See to one mailbox: send what waits, read what is due, and remember how it went."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from panel.db.base import ask, fresh
from panel.db.tables import Mailbox, Mirror, RemoteCalendarRow
from panel.domain.errors import Forbidden, Gone, OwnFault, PanelError, RowRefused
from panel.services import outbox
from panel.services.outside import Outside
from panel.services.sheltering import sheltered
from panel.services.sync import hearing, leaving, subscribing
from panel.services.sync.applying import apply, note_read, says_nothing
from panel.services.sync.calendars import list_again
from panel.services.sync.clearing import clear
from panel.services.sync.comparing import compare, is_asked
from panel.services.sync.leases import LeaseLost, take
from panel.services.sync.remembering import (
    remember_failure,
    remember_round,
    remember_success,
    remember_traffic,
)
from panel.services.sync.rounds import Round, Window, read_round, window_of
from panel.services.sync.rows import NOBODYS_FAULT, judge_all, settle_due, settle_waiting
from panel.services.sync.tokens import Disconnected
from panel.services.sync.traffic import Tally
from panel.services.sync.visit import Place, Visit, open_visit

log = logging.getLogger(__name__)

# Asked in every visit, so written once.
_MINE = Mailbox.id == bindparam("mailbox")
_WAIT = select(Mailbox.wait_until).where(_MINE)
_DUES = select(Mailbox.round_due, Mailbox.compare_due, Mailbox.list_due).where(_MINE)


class Dues(NamedTuple):
    """When the mailbox is to be read, compared as a whole, and asked for its calendars."""

    round: datetime | None
    comparison: datetime | None
    listing: datetime | None


class Reading(NamedTuple):
    """Whether anything came, how much a comparison found, and what is only to be noted yet."""

    news: bool
    drift: int
    quiet: Round | None


def see_to(mailbox_id: int, outside: Outside) -> None:
    """Do all that this mailbox needs now; nothing, if another worker has it."""
    lease = take(mailbox_id)
    if lease is None:
        return
    tally = Tally()
    try:
        leaving.give_up(mailbox_id, outside.now())
        visit = open_visit(lease, outside, tally)
        if visit is not None and not _is_waiting(mailbox_id, outside.now()):
            _work(visit)
    except (LeaseLost, Disconnected) as ended:
        log.info("Mailbox %s: %s", mailbox_id, ended)
    except PanelError as failure:
        remember_failure(mailbox_id, failure, tally, outside.now())
    finally:
        fresh()
        lease.release()


def _work(visit: Visit) -> None:
    """Do what is due. A bug of ours lets the mailbox wait, as a line that gives no answer does."""
    with sheltered(f"Mailbox {visit.mailbox_id} was left half done.", but=NOBODYS_FAULT) as shelter:
        _do_what_is_due(visit)
    if shelter.broken:
        raise OwnFault


def _do_what_is_due(visit: Visit) -> None:
    if visit.reads_only:
        _only_read(visit)
        return
    if visit.leaving:
        leaving.remove_copies(visit)
        remember_traffic(visit)
        return
    _push(visit)
    if _look(visit):
        _push(visit)
    if is_asked(visit):
        compare(visit, visit.read_places())
    tend = subscribing.is_due(visit)
    remember_success(visit, last=not tend)
    if tend:
        subscribing.tend(visit)


def _only_read(visit: Visit) -> None:
    dues = _dues(visit)
    if not visit.leaving and _is_past(dues.round, visit.now()):
        _pull(visit, dues)
    remember_success(visit)


def _push(visit: Visit) -> None:
    """Settle all that is due, then judge what was moved or deleted, and settle what came of it."""
    found = settle_due(visit)
    if found:
        judge_all(visit, found)
        settle_due(visit)
    clear(visit)


def _look(visit: Visit) -> bool:
    """Read everything if a round is due, else what Microsoft told of; say whether it was any."""
    told = hearing.begin(visit)
    dues = _dues(visit)
    due = _is_past(dues.round, visit.now())
    found = False
    if due:
        found = _pull(visit, dues)
    elif told:
        found = _read_told(visit, told)
    if told:
        hearing.end(visit, told, found=found)
    return due or bool(told)


def _dues(visit: Visit) -> Dues:
    found = Dues(*ask(_DUES, mailbox=visit.mailbox_id).one())
    fresh()
    return found


def _is_past(moment: datetime | None, now: datetime) -> bool:
    return moment is None or moment <= now


def _pull(visit: Visit, dues: Dues) -> bool:
    """Read all calendars; say whether anything came."""
    now = visit.now()
    compare = dues.comparison is not None and dues.comparison <= now
    if _is_past(dues.listing, now):
        list_again(visit)
    places = visit.read_places()
    wanted = window_of(visit)
    found = [_read(visit, place, wanted, compare=compare) for place in places]
    if compare:
        _look_at_all(visit)
    remember_round(
        visit,
        [one.quiet for one in found if one.quiet],
        drift=sum(one.drift for one in found),
        compared=compare,
        told=subscribing.covered(visit, places),
    )
    return any(one.news for one in found)


def _read_told(visit: Visit, told: set[int]) -> bool:
    """Read these calendars alone; say whether anything came."""
    places = [one for one in visit.read_places() if one.id in told]
    wanted = window_of(visit)
    found = [_read(visit, place, wanted, compare=False) for place in places]
    quiet = [one.quiet for one in found if one.quiet]
    if quiet:
        with visit.recording() as session:
            for staged in quiet:
                note_read(session, visit, staged)
    return any(one.news for one in found)


def _read(visit: Visit, place: Place, wanted: Window, *, compare: bool) -> Reading:
    """Read one calendar, and apply what came.

    Of most calendars nothing comes: that is noted for all of them together, because each
    transaction that writes waits for the disk.
    """
    # A change need not wait for all calendars. Here nothing that was read is at hand, which a
    # write could make out of date.
    settle_waiting(visit)
    news, drift = False, 0
    try:
        staged = read_round(visit, place, wanted, afresh=False)
        if says_nothing(staged) and not compare:
            return Reading(news, drift, staged)
        apply(visit, staged)
        news = not staged.is_empty
        if compare:
            drift = apply(visit, read_round(visit, place, wanted, afresh=True))
    except (Gone, Forbidden, RowRefused):
        list_again(visit)
    return Reading(news, drift, None)


def _look_at_all(visit: Visit) -> None:
    """Once more make equal all that is upcoming, the parked too; what is equal costs no call.

    Copies that no window reaches are read by their ids.
    """
    with visit.recording() as session:
        outbox.tie_upcoming(session, visit.employee_id, visit.mailbox_id, visit.now())
        ends = select(RemoteCalendarRow.window_end).where(
            RemoteCalendarRow.id == Mirror.calendar_id
        )
        session.execute(
            update(Mirror)
            .where(
                Mirror.mailbox_id == visit.mailbox_id,
                Mirror.state == "linked",
                Mirror.base_end > ends.scalar_subquery(),
            )
            .values(hinted=True)
        )


def _is_waiting(mailbox_id: int, now: datetime) -> bool:
    until = ask(_WAIT, mailbox=mailbox_id).scalar()
    fresh()
    return until is not None and until > now
