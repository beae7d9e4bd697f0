"""Does the house stand: its database answers, and its clockwork turns."""

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from panel.db.base import db, fresh, writing
from panel.db.questions import Heartbeat

CLOCKWORK = "clockwork"
STALE = timedelta(seconds=60)


def beat(*, now: datetime) -> None:
    """Note that the clockwork turned, at this machine's own time."""
    with writing() as session:
        row = session.get(Heartbeat, CLOCKWORK)
        if row is None:
            session.add(Heartbeat(name=CLOCKWORK, at=now))
        else:
            row.at = now


def report(*, now: datetime) -> dict[str, str]:
    """Say "ok" or what is wrong, for the database and for the clockwork."""
    try:
        fresh()
        db.session.execute(text("SELECT 1"))
        row = db.session.get(Heartbeat, CLOCKWORK)
    except SQLAlchemyError as error:
        db.session.rollback()
        why = f"The database does not answer ({type(error).__name__})."
        return {"database": why, CLOCKWORK: "Unknown while the database does not answer."}
    finally:
        db.session.close()
    return {"database": "ok", CLOCKWORK: _state(row.at if row else None, now)}


def _state(last: datetime | None, now: datetime) -> str:
    if last is None:
        return "It has never turned: start the panel with make run or make serve."
    age = now - last
    return "ok" if age < STALE else f"It last turned {int(age.total_seconds())} seconds ago."
