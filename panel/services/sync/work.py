"""See to one mailbox: send what waits, read what is due, and remember how it went."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import select, update

from panel.db.base import db, fresh
from panel.db.tables import Mailbox, Mirror, RemoteCalendarRow
from panel.domain.errors import Forbidden, Gone, OwnFault, PanelError, RowRefused
from panel.services import outbox
from panel.services.outside import Outside
from panel.services.sheltering import sheltered
from panel.services.sync import hearing, leaving, subscribing
from panel.services.sync.applying import apply
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
from panel.services.sync.rounds import read_round
from panel.services.sync.rows import NOBODYS_FAULT, judge_all, settle_due, settle_waiting
from panel.services.sync.tokens import Disconnected
from panel.services.sync.traffic import Tally
from panel.services.sync.visit import Place, Visit, open_visit

log = logging.getLogger(__name__)


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
    remember_success(visit)
    subscribing.tend(visit)


def _only_read(visit: Visit) -> None:
    if not visit.leaving and _round_is_due(visit):
        _pull(visit)
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
    due = _round_is_due(visit)
    found = False
    if due:
        found = _pull(visit)
    elif told:
        found = _read_told(visit, told)
    if told:
        hearing.end(visit, told, found=found)
    return due or bool(told)


def _round_is_due(visit: Visit) -> bool:
    mailbox = db.session.get_one(Mailbox, visit.mailbox_id)
    due = mailbox.round_due is None or mailbox.round_due <= visit.now()
    fresh()
    return due


def _pull(visit: Visit) -> bool:
    """Read all calendars; say whether anything came."""
    now = visit.now()
    mailbox = db.session.get_one(Mailbox, visit.mailbox_id)
    compare = mailbox.compare_due is not None and mailbox.compare_due <= now
    listing = mailbox.list_due is None or mailbox.list_due <= now
    fresh()
    if listing:
        list_again(visit)
    places = visit.read_places()
    found = [_read(visit, place, compare=compare) for place in places]
    if compare:
        _look_at_all(visit)
    remember_round(
        visit,
        drift=sum(drift for _, drift in found),
        compared=compare,
        told=subscribing.covered(visit, places),
    )
    return any(news for news, _ in found)


def _read_told(visit: Visit, told: set[int]) -> bool:
    """Read these calendars alone; say whether anything came."""
    places = [one for one in visit.read_places() if one.id in told]
    found = [_read(visit, place, compare=False) for place in places]
    return any(news for news, _ in found)


def _read(visit: Visit, place: Place, *, compare: bool) -> tuple[bool, int]:
    """Read one calendar; say whether anything came, and how much a comparison found."""
    # A change need not wait for all calendars. Here nothing that was read is at hand, which a
    # write could make out of date.
    settle_waiting(visit)
    news, drift = False, 0
    try:
        staged = read_round(visit, place, afresh=False)
        apply(visit, staged)
        news = not staged.is_empty
        if compare:
            drift = apply(visit, read_round(visit, place, afresh=True))
    except (Gone, Forbidden, RowRefused):
        list_again(visit)
    return news, drift


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
    until = db.session.scalar(select(Mailbox.wait_until).where(Mailbox.id == mailbox_id))
    fresh()
    return until is not None and until > now
