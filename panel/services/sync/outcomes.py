"""What a settled copy leaves behind in the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import Moment
from panel.db.tables import BusyBlock, HeldDeletions, Mailbox, Mirror, Push
from panel.domain.content import Content
from panel.domain.errors import PanelError
from panel.domain.moments import iso_span
from panel.domain.remote import RemoteEvent
from panel.services import journal
from panel.services.moving import WANTED
from panel.services.sync import inviting
from panel.services.sync.evidence import Evidence
from panel.services.sync.plan import Plan, recent_put_backs
from panel.services.sync.visit import Place, Visit

Transaction = scoped_session[Session]
PARK_AFTER = 3

# Done for every copy that is sent, so written once.
_PUSHES, _MAILBOXES, _BLOCKS = (one.__table__ for one in (Push, Mailbox, BusyBlock))
_SENT = delete(_PUSHES).where(
    _PUSHES.c.mirror_id == bindparam("mirror"), _PUSHES.c.revision == bindparam("sent")
)
_PUSHED = (
    update(_MAILBOXES)
    .where(_MAILBOXES.c.id == bindparam("mailbox"))
    .values(pushed_at=bindparam("now", type_=Moment))
)
_TAKEN = delete(_BLOCKS).where(
    _BLOCKS.c.employee_id == bindparam("employee"), _BLOCKS.c.remote_id == bindparam("entry")
)


class MovedOn(PanelError):
    """The copy belongs to another mailbox now; what was found out about it here is stale."""

    def __init__(self) -> None:
        super().__init__("This copy has moved to another account.")


def mirror_of(session: Transaction, plan: Plan) -> Mirror:
    """The mirror's row, held in the caller's transaction. Raises MovedOn."""
    mirror = session.get_one(Mirror, plan.mirror.id, with_for_update=True)
    if mirror.mailbox_id != plan.mirror.mailbox_id:
        raise MovedOn
    return mirror


def close_push(session: Transaction, mirror: Mirror) -> None:
    """Have done with what waited for this copy where it was."""
    session.execute(delete(Push).where(Push.mirror_id == mirror.id))


def confirm(session: Transaction, visit: Visit, plan: Plan, mirror: Mirror) -> None:
    """Both sides agree at the revision that was sent; a later change keeps its push row."""
    if mirror.confirmed != plan.revision or mirror.confirmed_at is None:
        mirror.confirmed_at = visit.now()
    mirror.confirmed = plan.revision
    mirror.hinted, mirror.missing_since, mirror.intent = False, None, None
    mirror.parked_why = None
    if mirror.held_deletions_id is not None and mirror.state != "gone":
        let_go(session, mirror, visit.now())
    if is_current(plan, mirror):
        mirror.adopting, mirror.ruling = False, None
    session.flush()
    sent = {"mirror": mirror.id, "sent": plan.revision}
    visit.tally.pushes += session.connection().execute(_SENT, sent).rowcount
    pushed = {"mailbox": visit.mailbox_id, "now": visit.now()}
    session.connection().execute(_PUSHED, pushed)


def let_go(session: Transaction, mirror: Mirror, now: datetime) -> None:
    """The copy is held no more; with the last one the question closes itself."""
    held_id, mirror.held_deletions_id = mirror.held_deletions_id, None
    session.flush()
    others = select(Mirror.id).where(Mirror.held_deletions_id == held_id).limit(1)
    if session.scalar(others) is None:
        held = session.get_one(HeldDeletions, held_id)
        held.closed_at, held.answer = held.closed_at or now, held.answer or "itself"


def is_current(plan: Plan, mirror: Mirror) -> bool:
    """Whether nothing was changed or decided here since the plan was made."""
    return mirror.desired == plan.revision


def count_put_back(mirror: Mirror, now: datetime) -> None:
    """Remember, in the caller's transaction, that the panel's value was put back."""
    mirror.put_backs = [*recent_put_backs(mirror, now), now.isoformat()]


def link(
    session: Transaction,
    visit: Visit,
    plan: Plan,
    event: RemoteEvent,
    place: Place | None,
    agreed: Content,
    *,
    keep_key: bool,
) -> Mirror:
    """Tie the mirror to its copy, with what both sides now agree on."""
    mirror = mirror_of(session, plan)
    mirror.remote_id, mirror.mailbox_id = event.id, visit.mailbox_id
    if place is not None:
        mirror.calendar_id = place.id
    mirror.state, mirror.base, mirror.base_end = "linked", agreed.to_json(), agreed.ends
    mirror.change_key = event.change_key if keep_key else None
    # What is a copy now may have been taken for a stranger's entry before.
    entry = {"employee": visit.employee_id, "entry": event.id}
    session.connection().execute(_TAKEN, entry)
    return mirror


def forget(session: Transaction, visit: Visit, plan: Plan) -> Mirror:
    """No copy is wanted and none is there: the mirror is as if it had never been sent."""
    mirror = mirror_of(session, plan)
    mirror.state, mirror.remote_id, mirror.calendar_id = "none", None, None
    mirror.marker = mirror.transaction_id = mirror.change_key = None
    mirror.base = mirror.base_end = None
    if mirror.moving == WANTED:  # Nothing is left that could move.
        mirror.moving = ""
    confirm(session, visit, plan, mirror)
    return mirror


def hold(session: Transaction, plan: Plan) -> None:
    """Leave the copy as it is until a person has said what counts."""
    mirror = mirror_of(session, plan)
    if is_current(plan, mirror):
        mirror.state, mirror.hinted = "held", False
        session.execute(delete(Push).where(Push.mirror_id == mirror.id))


def wait(visit: Visit, plan: Plan, after: timedelta, **changes: Any) -> None:
    """Come back to this copy later; `changes` are set on its mirror."""
    with visit.recording() as session:
        mirror = mirror_of(session, plan)
        for name, value in changes.items():
            setattr(mirror, name, value)
        postpone(session, mirror, visit.now(), after)


def must_pause(visit: Visit, plan: Plan) -> bool:
    """Before a write that Microsoft mails to customers: come back later after too many of them."""
    with visit.recording() as session:
        pause = inviting.pause(session, visit.mailbox_id, visit.now())
    if pause is not None:
        wait(visit, plan, pause)
    return pause is not None


def postpone(session: Transaction, mirror: Mirror, now: datetime, after: timedelta) -> None:
    """See that the copy is looked at again, in the caller's transaction."""
    row = session.get(Push, mirror.id)
    if row is None:
        row = Push(
            mirror_id=mirror.id, revision=mirror.desired, since=now, tries=0, same_refusals=0
        )
        session.add(row)
    row.due_at = now + after
    row.tries += 1


def is_postponed(session: Transaction, mirror: Mirror, now: datetime) -> bool:
    """Whether the copy is to be looked at again only later."""
    row = session.get(Push, mirror.id)
    return row is not None and row.due_at > now


def refused(visit: Visit, plan: Plan, why: str, **changes: Any) -> None:
    """Microsoft blames this one copy; `changes` are set on its mirror.

    What was changed here meanwhile has not been refused yet.
    """
    with visit.recording() as session:
        mirror = mirror_of(session, plan)
        for name, value in changes.items():
            setattr(mirror, name, value)
        if is_current(plan, mirror):
            blame(session, visit, mirror, why)
        else:
            postpone(session, mirror, visit.now(), timedelta(0))


def blame(session: Transaction, visit: Visit, mirror: Mirror, why: str) -> None:
    """Try the copy again, in the caller's transaction; for the third equal reason it is parked."""
    postpone(session, mirror, visit.now(), timedelta(seconds=20))
    row = session.get_one(Push, mirror.id)
    row.same_refusals = row.same_refusals + 1 if row.last_error == why[:300] else 1
    row.last_error = why[:300]
    if row.same_refusals >= PARK_AFTER:
        session.delete(row)
        mirror.state, mirror.parked_why, mirror.hinted = "parked", why[:300], False
        _note(session, visit, mirror, "parked", side=journal.BOTH, note=why)


def note(
    session: Transaction, visit: Visit, plan: Plan, kind: str, *, side: str, **words: str
) -> None:
    """Write in the journal of the copy's subject what the sync did."""
    _note(session, visit, plan.mirror, kind, side=side, **words)


def note_put_back(
    session: Transaction, visit: Visit, plan: Plan, evidence: Evidence, agreed: Content
) -> None:
    """Write in the journal what stood in Outlook, and what stands there again."""
    found, before = evidence.event, ""
    if found is not None and found.start is not None and found.end is not None:
        before = iso_span(found.start, found.end)
    after = iso_span(agreed.starts, agreed.ends)
    note(
        session, visit, plan, "put_back", side=journal.PANEL,
        before=before if before != after else "", after=after if before != after else "",
    )  # fmt: skip


def _note(
    session: Transaction, visit: Visit, mirror: Mirror, kind: str, *, side: str, **words: str
) -> None:
    journal.note(
        session,
        subject=mirror.subject,
        subject_id=mirror.subject_id,
        employee_id=mirror.employee_id,
        side=side,
        kind=kind,
        who="",
        now=visit.now(),
        **words,
    )


def reason(error: Exception) -> str:
    """Why Microsoft refused one copy, for the journal and the Retry button."""
    code = getattr(error, "code", "")
    return f"{error} ({code})" if code else str(error)
