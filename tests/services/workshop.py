"""Anna's workshop with places to be had."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from panel.db.base import db, fresh
from panel.db.tables import Attendance, Company
from panel.domain.people import Actor, visitor
from panel.services import attendances, event_dates, event_lists, events, journal
from panel.services.attendances import Wish
from tests.services.studio import NOON, OWNER, Studio

GUEST = visitor("Lea Roth")
SIX = events.Date("2026-11-26T18:00", 90, "Europe/Berlin")
WEEK_LATER = events.Date("2026-12-03T18:00", 90, "Europe/Berlin")
STARTS = datetime(2026, 11, 26, 17, tzinfo=UTC)


@dataclass
class Workshop:
    """Needs an application context. Its first date is on the next day at six in the evening."""

    studio: Studio
    id: int
    dates: list[int]

    def attend(self, customer: Any = None, *, places: int = 1, **given: Any) -> Attendance:
        """Book as the owner does, unless `by` says who; of a whole event with `date=None`."""
        deed = {"by": given.pop("by", OWNER), "now": given.pop("now", NOON),
                "anyway": given.pop("anyway", False)}  # fmt: skip
        wish = Wish(
            self.id, given.pop("date", self.dates[0]), (customer or self.studio.lea).id,
            places, **given,
        )  # fmt: skip
        return attendances.attend(wish, **deed)

    def statuses(self) -> list[str]:
        """The states of all attendances, as they came."""
        fresh()
        return list(db.session.scalars(db.select(Attendance.status).order_by(Attendance.id)))

    def row(self, id_: int) -> Attendance:
        fresh()
        return db.session.get_one(Attendance, id_)

    def edit(self, **changes: Any) -> None:
        plan = events.Details("Back care workshop", self.studio.anna.id, **changes)
        events.edit(self.id, plan, by=OWNER, now=NOON)

    def cancel(self, *, by: Actor = OWNER, now: datetime = NOON) -> None:
        events.cancel(self.id, by=by, now=now)

    def cancel_date(self, number: int = 0) -> None:
        event_dates.cancel_date(self.id, self.dates[number], by=OWNER, now=NOON)

    def journal(self) -> list[journal.Entry]:
        return event_lists.opened(self.id, by=OWNER).journal

    def company(self, **given: Any) -> None:
        self.studio.change(db.session.get_one(Company, 1), **given)


def hold(studio: Studio, *dates: events.Date, **given: Any) -> Workshop:
    """Make the workshop, with what a test gives; by default with two places and one date."""
    usual = {"name": "Back care workshop", "organizer_id": studio.anna.id, "capacity": 2,
             "most_places": 2}  # fmt: skip
    made = events.create(events.Details(**usual | given), dates or [SIX], by=OWNER, now=NOON)
    shown = event_lists.one(made.id, by=OWNER)
    return Workshop(studio, made.id, [one.id for one in shown.occurrences])
