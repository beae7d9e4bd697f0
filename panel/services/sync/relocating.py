"""Bring a copy into the calendar that is written now: create there, then delete here.

The mirror lets go of its copy, which becomes a former one, and starts afresh where it is to
be; once the new copy stands, `clearing` takes the former one away. Each step is one commit, so
that a process may end at any instant: at the worst both stand for a while, and never none.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from panel.db.base import ask
from panel.db.tables import FormerCopy, Mirror, RemoteCalendarRow
from panel.domain.body import put_block
from panel.domain.mirror import Step
from panel.domain.remote import RemoteEvent
from panel.services import homes, outbox
from panel.services.adopting import NO_COPY, make_room, take_up
from panel.services.moving import BEGUN, WANTED, finish
from panel.services.outbox import Transaction
from panel.services.sync import outcomes
from panel.services.sync.evidence import Evidence
from panel.services.sync.plan import Plan, base_of, found_in
from panel.services.sync.visit import Place, Visit


def is_ripe(plan: Plan, step: Step) -> bool:
    """Whether a copy that is to move can: both sides say the same, or it is over."""
    return plan.mirror.moving == WANTED and step is Step.LEAVE


def relocate(visit: Visit, plan: Plan, evidence: Evidence) -> bool:
    """Let the copy make room for one in the calendar that is written.

    Returns whether it is settled here. What has ended, and what lies there already, stays.
    """
    event, place = evidence.event, evidence.place
    with visit.recording() as session:
        mirror = outcomes.mirror_of(session, plan)
        if not outcomes.is_current(plan, mirror):
            return False
        target = homes.written(session, mirror.employee_id)
        agreed = base_of(plan, found_in(event)) if event else None
        if agreed is None or agreed.ends <= visit.now() or target in (None, _row(session, place)):
            mirror.moving = ""
            return False
        assert event is not None and place is not None and target is not None
        outcomes.link(session, visit, plan, event, place, agreed, keep_key=True)
        _hand_over(session, visit, mirror, target, _own_words(event))
    return mirror.mailbox_id != visit.mailbox_id


def _row(session: Transaction, place: Place | None) -> RemoteCalendarRow | None:
    return session.get(RemoteCalendarRow, place.id) if place else None


def pass_on(visit: Visit, plan: Plan, *, anew: bool) -> bool:
    """Have a first copy written in the account that has the written calendar, if another has."""
    with visit.recording() as session:
        mirror = outcomes.mirror_of(session, plan)
        target = homes.written(session, mirror.employee_id)
        if target is None or target.mailbox_id == visit.mailbox_id:
            return False
        for name, value in NO_COPY.items():
            setattr(mirror, name, value)
        if anew:
            outcomes.count_put_back(mirror, visit.now())
        outcomes.close_push(session, mirror)
        mirror.mailbox_id, mirror.missing_since = target.mailbox_id, None
        mirror.moving = BEGUN if mirror.moving else ""
        outbox.raise_desired(session, mirror, now=visit.now())
        finish(session, mirror.employee_id)
    return True


_CARRIED = (
    select(FormerCopy.carried)
    .where(FormerCopy.mirror_id == bindparam("mirror"), FormerCopy.remove_at.is_not(None))
    .order_by(FormerCopy.id.desc())
    .limit(1)
)


def carried_to(mirror: Mirror) -> dict[str, Any]:
    """What the person had added to the copy that makes room for this mirror's next one."""
    return ask(_CARRIED, mirror=mirror.id).scalar() or {}


def arrived(session: Transaction, mirror: Mirror) -> None:
    """The copy stands where it is to be: have those woken that hold what made room for it."""
    if mirror.moving == WANTED:
        mirror.moving = ""
    if mirror.moving:
        session.flush()
        rooms = select(FormerCopy.mailbox_id).where(
            FormerCopy.mirror_id == mirror.id, FormerCopy.remove_at.is_not(None)
        )
        for mailbox_id in session.scalars(rooms):
            outbox.wake(session, mailbox_id)
        finish(session, mirror.employee_id)


def _hand_over(
    session: Transaction,
    visit: Visit,
    mirror: Mirror,
    target: RemoteCalendarRow,
    carried: dict[str, Any],
) -> None:
    """Let go of the copy; one that made room before, where it is to be now, is taken up again."""
    there = select(FormerCopy).where(
        FormerCopy.mirror_id == mirror.id,
        FormerCopy.calendar_id == target.id,
        FormerCopy.remove_at.is_not(None),
    )
    back = session.scalar(there.limit(1))
    session.add(make_room(mirror, visit.now(), carried))
    if back is not None:
        take_up(session, mirror, back)
        mirror.hinted = True
    else:
        for name, value in NO_COPY.items():
            setattr(mirror, name, value)
    outcomes.close_push(session, mirror)
    mirror.mailbox_id, mirror.moving = target.mailbox_id, BEGUN
    outbox.raise_desired(session, mirror, now=visit.now())


def _own_words(event: RemoteEvent) -> dict[str, Any]:
    """What is the person's in an entry; Panel's block in it is written afresh."""
    return {
        "body_html": put_block(event.body_html, ""),
        "show_as": event.show_as,
        "sensitivity": event.sensitivity,
    }
