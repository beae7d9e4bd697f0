"""What a program asks twice under one key is done once, and answered alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from panel.db.base import db, engine_name, writing
from panel.db.tables import Repeatable
from panel.domain.errors import OtherRequest
from panel.services.outbox import Transaction

KEPT = timedelta(hours=24)
Body = dict[str, Any]


@dataclass(frozen=True)
class Key:
    """The Idempotency-Key of one program; `request_hash` tells its request from others."""

    token_id: int
    key: str
    request_hash: str


@dataclass(frozen=True)
class Answer:
    """What came of it; `again` says that it was done before."""

    status: int
    body: Body
    again: bool = False


def once(
    key: Key | None, deed: Callable[[Transaction], Body], *, status: int, now: datetime
) -> Answer:
    """Do `deed` in one transaction with its answer, unless this key did it already.

    What is refused is not remembered, so that it can be sent again. Who sends the same key
    at the same moment waits for the first. Raises what `deed` raises, and OtherRequest
    where the key came with another request.
    """
    with writing() as session:
        if key is not None and not _claim(session, key, status, now):
            return _known(session, key)
        body = deed(session)
        if key is not None:
            session.get_one(Repeatable, (key.token_id, key.key)).body = body
    return Answer(status, body)


def is_known(key: Key | None, *, now: datetime) -> bool:
    """Say whether this key has been answered already. The request may be another one."""
    if key is None:
        return False
    row = db.session.get(Repeatable, (key.token_id, key.key))
    return row is not None and now - row.created_at < KEPT


def forget(*, now: datetime) -> None:
    """Forget the keys that are older than a day."""
    with writing() as session:
        session.execute(delete(Repeatable).where(Repeatable.created_at <= now - KEPT))


def _claim(session: Transaction, key: Key, status: int, now: datetime) -> bool:
    """Write the key down; False where it stands there already, once its writer is done."""
    mine = (Repeatable.token_id == key.token_id, Repeatable.key == key.key)
    session.execute(delete(Repeatable).where(*mine, Repeatable.created_at <= now - KEPT))
    dialect = sqlite if engine_name() == "sqlite" else postgresql
    row = dialect.insert(Repeatable).values(
        token_id=key.token_id, key=key.key, request_hash=key.request_hash,
        status=status, body={}, created_at=now,
    )  # fmt: skip
    return (
        session.execute(row.on_conflict_do_nothing().returning(Repeatable.key)).first() is not None
    )


def _known(session: Transaction, key: Key) -> Answer:
    row = session.get_one(Repeatable, (key.token_id, key.key))
    if row.request_hash != key.request_hash:
        raise OtherRequest()
    return Answer(row.status, row.body, again=True)
