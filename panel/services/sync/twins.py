"""A second entry that our own repeated request made, and that shows up late."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from sqlalchemy import select

from panel.db.base import db, fresh
from panel.db.tables import Mirror
from panel.domain.content import Content
from panel.domain.errors import CannotDelete, ChangedMeanwhile, Forbidden, Gone, RowRefused
from panel.domain.remote import RemoteEvent
from panel.services.sheltering import sheltered
from panel.services.sync.evidence import is_present
from panel.services.sync.plan import found_in
from panel.services.sync.rounds import Round
from panel.services.sync.visit import Visit


def remove_late_twins(visit: Visit, staged: Round) -> None:
    """Delete what carries the transaction id of a linked copy without being it.

    Microsoft may find an entry late and forget a transaction id early, both unconfirmed. What
    anybody has changed since is not a twin any more, and stays; so does what is left where
    somebody saw two and deleted the linked one.
    """
    for event, remote_id, base in _late_twins(visit, staged):
        if _is_untouched(event, base) and is_present(visit, remote_id):
            with suppress(Gone, CannotDelete, ChangedMeanwhile, Forbidden, RowRefused):
                visit.client.delete(event.id, event.change_key)
            staged.events.pop(event.id)


def _is_untouched(event: RemoteEvent, base: dict[str, Any]) -> bool:
    """Whether it says what was agreed on. What a bug of ours cannot compare stays."""
    with sheltered(f"Entry {event.id} could not be compared."):
        agreed, found = Content.from_json(base), found_in(event)
        return found.same_time(agreed) and found.same_fields(agreed, agreed)
    return False


def _late_twins(visit: Visit, staged: Round) -> list[tuple[RemoteEvent, str, dict[str, Any]]]:
    linked = db.session.execute(
        select(Mirror.transaction_id, Mirror.remote_id, Mirror.base).where(
            Mirror.mailbox_id == visit.mailbox_id, Mirror.state == "linked"
        )
    ).all()
    fresh()
    copies = {one: (remote_id, base) for one, remote_id, base in linked if one and base}
    ids = {remote_id for _, remote_id, _ in linked}
    return [
        (event, *copies[event.transaction_id])
        for event in staged.events.values()
        if event.transaction_id in copies and event.id not in ids
    ]
