"""Find out what differs between Panel and one mailbox, without writing anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, or_, select

from panel.db.base import ask, db, fresh
from panel.db.tables import Connection, Mirror
from panel.domain.errors import Forbidden, Gone, RowRefused
from panel.domain.mirror import Step, There, decide
from panel.domain.remote import RemoteEvent
from panel.services import outbox
from panel.services.comparing import CREATE, DELETE, KINDS, UPDATE
from panel.services.sheltering import sheltered
from panel.services.sync.plan import Plan, case_of, found_in, make_plan
from panel.services.sync.rounds import read_round, window_of
from panel.services.sync.visit import Place, Visit

WOULD = {
    Step.CREATE: CREATE,
    Step.RECREATE: CREATE,
    Step.PUSH: UPDATE,
    Step.PUSH_AND_ASK: UPDATE,
    Step.PUT_BACK: UPDATE,
    Step.EMPTY: UPDATE,
    Step.DELETE: DELETE,
}

_ASKED = select(Connection.compare_asked, Connection.compared).where(
    Connection.id == bindparam("connection")
)


def is_asked(visit: Visit) -> bool:
    """Whether somebody waits for a comparison of this account."""
    asked, compared = ask(_ASKED, connection=visit.connection_id).one()
    fresh()
    return asked is not None and not compared


def compare(visit: Visit, places: list[Place]) -> None:
    """Read everything afresh, and keep which copies would be written and how.

    `places` are the calendars to read. It shows only what would be done: before anything is
    written, each copy is looked at once more.
    """
    with visit.recording() as session:
        outbox.tie_since(session, visit.employee_id, visit.now())
    events = _read(visit, places)
    found: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for mirror_id, remote_id in _upcoming(visit):
        with sheltered(f"Copy {mirror_id} could not be compared."):
            kind = _would(mirror_id, events.get(remote_id or ""), visit.now())
            if kind is not None and (remote_id is None or remote_id in events):
                found[kind].append(mirror_id)
    with visit.recording() as session:
        session.get_one(Connection, visit.connection_id).compared = found


def _read(visit: Visit, places: list[Place]) -> dict[str, RemoteEvent | None]:
    """Every entry by its id; what no calendar showed is asked for, and None where it is gone."""
    seen: dict[str, RemoteEvent | None] = {}
    wanted = window_of(visit)
    for place in places:
        try:
            seen |= read_round(visit, place, wanted, afresh=True).events
        except (Gone, Forbidden, RowRefused):
            continue
    unseen = {remote_id for _, remote_id in _upcoming(visit) if remote_id} - seen.keys()
    for id_, answer in (visit.client.events_batch(sorted(unseen)) if unseen else {}).items():
        if isinstance(answer, RemoteEvent):
            seen[id_] = answer
        elif isinstance(answer, Gone):
            seen[id_] = None
    return seen


def _upcoming(visit: Visit) -> list[tuple[int, str | None]]:
    rows = db.session.execute(
        select(Mirror.id, Mirror.remote_id)
        .where(
            Mirror.mailbox_id == visit.mailbox_id,
            Mirror.employee_id == visit.employee_id,
            or_(Mirror.base_end.is_(None), Mirror.base_end > visit.now()),
        )
        .order_by(Mirror.id)
    ).all()
    fresh()
    return [(mirror_id, remote_id) for mirror_id, remote_id in rows]


def _would(mirror_id: int, event: RemoteEvent | None, now: datetime) -> str | None:
    """What would be done about one copy if Panel's word counted."""
    plan = make_plan(mirror_id, now, held_too=True)
    if plan is None:
        return None
    if plan.mirror.state == "gone":
        # One that was deleted may still answer by its id.
        event = None
    found = found_in(event) if event else None
    case = case_of(plan, _there(plan, event), found, now, adrift=False, several=False)
    return WOULD.get(decide(replace(case, ruled_back=True, adopting=False)))


def _there(plan: Plan, event: RemoteEvent | None) -> There:
    if event is not None:
        return There.ALIVE
    return There.NEVER if plan.mirror.base is None else There.GONE
