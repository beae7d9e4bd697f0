"""What a visit costs: counted while it goes on, and stored with its outcome."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from sqlalchemy import Executable, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from panel.db.base import engine_name, writing
from panel.db.tables import Traffic
from panel.services.outbox import Transaction

HALF_HOUR = timedelta(minutes=30)
# A day and the longest between two rounds, for the picture of the last day.
KEPT = timedelta(hours=27)
FOR_EVER = datetime(1970, 1, 1, tzinfo=UTC)
THROTTLED = 429
COUNTED = ("requests", "throttled", "milliseconds", "rounds", "pushes", "failures")


@dataclass
class Tally:
    """What has been counted and not stored yet."""

    requests: int = 0
    throttled: int = 0
    milliseconds: int = 0
    rounds: int = 0
    pushes: int = 0
    failures: int = 0

    def asked(self, status: int, seconds: float) -> None:
        """Count one request by its answer; a status of 0 is none."""
        self.requests += 1
        self.throttled += status == THROTTLED
        self.milliseconds += round(seconds * 1000)


def store(session: Transaction, mailbox_id: int, tally: Tally, *, now: datetime) -> None:
    """Add what was counted to this half hour, in the caller's transaction, and begin anew."""
    counted = asdict(tally)
    if any(counted.values()):
        since = now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0)
        _add(session, {"mailbox_id": mailbox_id, "since": since, **counted})
    for name in COUNTED:
        setattr(tally, name, 0)


def fold(*, now: datetime) -> None:
    """Add up what is older than a day, so that sums over everything never fall."""
    old = (Traffic.since < now - KEPT, Traffic.since > FOR_EVER)
    with writing() as session:
        sums = [func.sum(getattr(Traffic, name)).label(name) for name in COUNTED]
        rows = select(Traffic.mailbox_id, *sums).where(*old).group_by(Traffic.mailbox_id)
        for row in session.execute(rows).mappings().all():
            _add(session, {name: int(value) for name, value in row.items()} | {"since": FOR_EVER})
        session.execute(delete(Traffic).where(*old))


def _add(session: Transaction, values: dict[str, object]) -> None:
    session.connection().execute(_adding(engine_name()), values)


@cache
def _adding(engine: str) -> Executable:
    """The statement of every visit, so written once."""
    dialect = sqlite if engine == "sqlite" else postgresql
    row = dialect.insert(Traffic.__table__)
    more = {name: getattr(Traffic, name) + row.excluded[name] for name in COUNTED}
    same = [Traffic.mailbox_id, Traffic.since]
    adding: Executable = row.on_conflict_do_update(index_elements=same, set_=more)
    return adding
