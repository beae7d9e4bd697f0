"""An event that customers can book, and customers in front of it."""

from datetime import UTC, datetime

from panel.db.base import db, fresh, writing
from panel.db.tables import Attendance, Event, Occurrence
from panel.domain.people import Actor
from panel.services import events
from panel.services.event_details import Details

OWNER = Actor(1, "Ruth Linden", "owner")
LEA = {"Name": "Lea Roth", "Email": "lea@example.test"}
TOM = {"Name": "Tom Hale", "Email": "tom@example.test"}


class Workshop:
    """Ben's workshop with two places, at six in a week and in two; customers in front of it."""

    def __init__(self, shop, **details) -> None:
        self.shop, self.visitor = shop, shop.visitor
        usual = {"name": "Back care workshop", "description": "Bring a mat.", "capacity": 2,
                 "most_places": 2, "price": 4500, "waiting_list": True}  # fmt: skip
        plan = Details(organizer_id=shop.ben.id, **{**usual, **details})
        dates = [events.Date(f"{shop.day(days)}T18:00", 90, "Europe/Berlin") for days in (7, 14)]
        event = events.create(plan, dates, by=OWNER, now=datetime.now(UTC))
        self.id, self.path = event.id, f"/book/events/{event.id}"
        found = db.session.query(Occurrence).filter_by(event_id=event.id)
        self.dates = [one.id for one in found.order_by(Occurrence.starts)]
        db.session.rollback()

    def details(self, places=1, date=0):
        query = {} if date is None else {"date": self.dates[date]}
        return self.visitor.get(f"{self.path}/details", places=places, **query)

    def book(self, who=LEA, **wish):
        return self.visitor.submit(self.details(**wish).buttons()[0], who)

    def change(self, **given) -> None:
        with writing() as session:
            for name, value in given.items():
                setattr(session.get_one(Event, self.id), name, value)

    def offered(self) -> str:
        """Let Tom wait behind Lea, who gives her places back; return the address of his."""
        hers, his = self.book(places=2).path, self.book(TOM).path
        self.visitor.get(f"{hers}cancel")
        self.visitor.submit("Cancel the booking")
        return his


def statuses() -> list[str]:
    fresh()
    return [one.status for one in db.session.query(Attendance).order_by(Attendance.id)]
