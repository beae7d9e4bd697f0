"""Copy by copy: what a bug of ours does to one of them, it does to no other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy.exc import OperationalError

from panel.db.base import fresh
from panel.db.tables import Mirror
from panel.domain.errors import (
    Forbidden,
    ForeignLink,
    Gone,
    NoMailbox,
    OutlookUnavailable,
    OwnFault,
    RegistrationRefused,
    RowRefused,
    SignInNeeded,
)
from panel.services.sealing import Unreadable
from panel.services.sheltering import sheltered
from panel.services.sync import deletions, outcomes
from panel.services.sync.clearing import clear
from panel.services.sync.deletions import Deletion
from panel.services.sync.due import due_copies, waiting_copies
from panel.services.sync.leases import LeaseLost
from panel.services.sync.moves import Move, judge
from panel.services.sync.settling import settle
from panel.services.sync.tokens import Disconnected
from panel.services.sync.visit import Visit

# What speaks of the account, the line, the lease or the database, and blames no single copy.
# A rule of the house that is broken in here is a mistake of ours like any other.
NOBODYS_FAULT: tuple[type[Exception], ...] = (
    OutlookUnavailable, SignInNeeded, RegistrationRefused, NoMailbox, Forbidden, Gone, RowRefused,
    ForeignLink, Unreadable, LeaseLost, Disconnected, OperationalError, outcomes.MovedOn,
)  # fmt: skip


def settle_due(visit: Visit) -> list[Move | Deletion]:
    """Settle all that is due, the longest waiting first; return what is to be judged."""
    return _settle(visit, due_copies(visit))


def settle_waiting(visit: Visit) -> None:
    """Send what was changed here since the visit began.

    A move or a deletion that comes to light is not judged yet: it stays due, and is judged with
    the others of its round.
    """
    _settle(visit, waiting_copies(visit))


def _settle(visit: Visit, mirror_ids: list[int]) -> list[Move | Deletion]:
    open_: list[Move | Deletion] = []
    for mirror_id in mirror_ids:
        with suppress(outcomes.MovedOn), _alone(visit, mirror_id):
            found = settle(visit, mirror_id)
            if found is not None:
                open_.append(found)
            clear(visit, mirror_id)
    return open_


def judge_all(visit: Visit, found: list[Move | Deletion]) -> None:
    """Judge the moves together, and the deletions together."""
    _judge_moves(visit, [one for one in found if isinstance(one, Move)])
    for one in deletions.weigh(visit, [one for one in found if isinstance(one, Deletion)]):
        with suppress(outcomes.MovedOn), _alone(visit, one.plan.mirror.id):
            deletions.carry_out(visit, one)


def _judge_moves(visit: Visit, moves: list[Move]) -> None:
    """Where judging them together breaks, each is judged alone, so that only one is to blame."""
    with sheltered("Moves could not be judged together.", but=NOBODYS_FAULT) as together:
        judge(visit, moves)
    for move in moves if together.broken else ():
        with suppress(outcomes.MovedOn), _alone(visit, move.plan.mirror.id):
            judge(visit, [move])


@contextmanager
def _alone(visit: Visit, mirror_id: int) -> Iterator[None]:
    """Blame what breaks inside on this one copy, as if Outlook had refused it."""
    with sheltered(f"Copy {mirror_id} could not be settled.", but=NOBODYS_FAULT) as shelter:
        yield
    if shelter.broken:
        fresh()
        with visit.recording() as session:
            outcomes.blame(session, visit, session.get_one(Mirror, mirror_id), str(OwnFault()))
