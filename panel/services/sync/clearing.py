"""Take away the entries that have made room for another one, once that one stands.

Until then they are all that stands in Outlook: what their person does to them counts, and
where no other copy is wanted any more they are taken up again, so that the decision is made
about them as about any other copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, and_, bindparam, or_, select

from panel.db.base import Moment, ask, fresh
from panel.db.tables import FormerCopy, Mirror
from panel.domain.content import Content
from panel.domain.errors import (
    CannotDelete,
    ChangedMeanwhile,
    Forbidden,
    Gone,
    PanelError,
    RowRefused,
)
from panel.domain.remote import RemoteEvent
from panel.services import outbox
from panel.services.adopting import LEFT, make_room, take_up
from panel.services.moving import WANTED, finish
from panel.services.sync.evidence import AGAIN, is_present
from panel.services.sync.plan import found_in
from panel.services.sync.visit import Visit

REFUSED = timedelta(minutes=10)


def may_go(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """The former copies, beside their mirrors, that something can be done about now.

    Their mirror's own copy stands, and is not to go on, perhaps back here; or none is wanted
    any more.
    """
    stands = and_(Mirror.state == "linked", Mirror.moving != WANTED)
    none = and_(Mirror.state == "none", Mirror.desired == Mirror.confirmed)
    return and_(FormerCopy.remove_at <= now, or_(stands, none))


# Asked at least twice in every visit, so written once.
_FORMER = (
    select(
        FormerCopy.id,
        FormerCopy.mirror_id,
        FormerCopy.remote_id,
        FormerCopy.marker,
        FormerCopy.base,
        FormerCopy.state,
        Mirror.state.label("stands"),
    )
    .join(Mirror, Mirror.id == FormerCopy.mirror_id)
    .where(
        FormerCopy.mailbox_id == bindparam("mailbox"),
        Mirror.employee_id == bindparam("employee"),
        may_go(bindparam("now", type_=Moment)),
    )
    .order_by(FormerCopy.id)
)
_OF_ONE = _FORMER.where(Mirror.id == bindparam("mirror"))


def clear(visit: Visit, mirror_id: int | None = None) -> None:
    """Take away what may go in this mailbox; of one mirror only, where it is named."""
    for former in _found(visit, mirror_id):
        if former.mirror_stands:
            _take_away(visit, former)
        else:
            _take_back(visit, former.id)


@dataclass(frozen=True)
class _Former:
    id: int
    mirror_id: int
    remote_id: str | None
    marker: str | None
    agreed: Content | None
    mirror_stands: bool


def _found(visit: Visit, mirror_id: int | None) -> list[_Former]:
    rows = _FORMER if mirror_id is None else _OF_ONE
    whose = {"mailbox": visit.mailbox_id, "employee": visit.employee_id, "now": visit.now()}
    which = {} if mirror_id is None else {"mirror": mirror_id}
    found = [_former(row) for row in ask(rows, **whose, **which)]
    fresh()
    return found


def _former(row: Row[*tuple[Any, ...]]) -> _Former:
    heeded = row.base is not None and row.state != LEFT
    agreed = Content.from_json(row.base) if heeded and row.base else None
    return _Former(row.id, row.mirror_id, row.remote_id, row.marker, agreed, row.stands == "linked")


def _take_away(visit: Visit, former: _Former) -> None:
    """Delete it, unless its person has moved it meanwhile: then that is what counts."""
    try:
        entries = [_read(visit, former.remote_id)] if former.remote_id else _made(visit, former)
        moved = any(_is_moved(event, former.agreed) for event in entries)
        for event in () if moved else entries:
            visit.client.delete(event.id, event.change_key)
    except Gone:
        moved = False
    except (ChangedMeanwhile, CannotDelete, Forbidden, RowRefused) as error:
        _postpone(visit, former, error)
        return
    if moved:
        _take_back(visit, former.id)
    else:
        _gone(visit, former)


def _read(visit: Visit, remote_id: str) -> RemoteEvent:
    return visit.client.event(remote_id)


def _made(visit: Visit, former: _Former) -> list[RemoteEvent]:
    """What a create made of which we have no id."""
    found: list[RemoteEvent] = []
    for place in visit.places() if former.marker else ():
        events = visit.client.find_marker(place.remote_id, former.marker or "")
        found += [one for one in events if isinstance(one, RemoteEvent)]
    return found


def _is_moved(event: RemoteEvent, agreed: Content | None) -> bool:
    """Whether its person has moved it since it was to make room."""
    return agreed is not None and not found_in(event).same_time(agreed)


def _gone(visit: Visit, former: _Former) -> None:
    with visit.recording() as session:
        row = session.get(FormerCopy, former.id)
        if row is not None:
            session.delete(row)
        session.flush()
        finish(session, visit.employee_id)


def _postpone(visit: Visit, former: _Former, error: PanelError) -> None:
    """Try again, at once where it was only changed; an entry that is nowhere is gone."""
    if isinstance(error, CannotDelete) and not is_present(visit, former.remote_id or ""):
        _gone(visit, former)
        return
    after = timedelta(0) if isinstance(error, ChangedMeanwhile) else REFUSED
    with visit.recording() as session:
        session.get_one(FormerCopy, former.id).remove_at = visit.now() + after


def _take_back(visit: Visit, former_id: int) -> None:
    """Let the mirror have this copy again, to decide about it; its own makes room instead."""
    with visit.recording() as session:
        former = session.get_one(FormerCopy, former_id)
        mirror = session.get_one(Mirror, former.mirror_id, with_for_update=True)
        agreed = mirror.desired == mirror.confirmed and not mirror.hinted
        if not agreed or mirror.state not in ("linked", "none"):
            former.remove_at = visit.now() + AGAIN
            return
        if mirror.state == "linked":
            session.add(make_room(mirror, visit.now()))
            mirror.moving = WANTED
        else:
            mirror.moving = ""
        take_up(session, mirror, former)
        mirror.hinted = True
        session.flush()
        outbox.raise_desired(session, mirror, now=visit.now())
        finish(session, visit.employee_id)
