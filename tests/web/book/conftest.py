"""A studio that customers can book, and a customer in front of it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from panel.db.base import db, writing
from panel.db.tables import Company
from panel.services import free_times
from panel.services.free_times import Search
from tests.web.book.workshop import Workshop
from tests.web.studio import Studio

BERLIN = ZoneInfo("Europe/Berlin")


class Shop(Studio):
    """The studio as its customers see it; `visitor` is one of them."""

    def __init__(self, visitor) -> None:
        super().__init__()
        self.visitor = visitor

    def day(self, days: int) -> date:
        """The date in Berlin so many days from now."""
        return (datetime.now(BERLIN) + timedelta(days=days)).date()

    def taken(self, whose, days: int = 3) -> None:
        """Let somebody have noon UTC with this employee, on that date in Berlin."""
        from_utc = self.day(days) - datetime.now(UTC).date()
        self.booked(whose, f"Ines {whose.id}", days=from_utc.days, hour=12)

    def at(self, clock: str, days: int = 3) -> int:
        """The minute at which Berlin's clocks show this, so many days from now."""
        hour, minute = clock.split(":")
        wall = datetime.combine(self.day(days), datetime.min.time(), BERLIN)
        return int(wall.replace(hour=int(hour), minute=int(minute)).timestamp()) // 60

    def details(self, clock: str = "10:00", days: int = 3, **more):
        """Open the form for a time."""
        path = f"/book/{self.massage.id}/details"
        return self.visitor.get(path, at=self.at(clock, days), **more)

    def book(self, clock: str = "10:00", days: int = 3, name="Nora Lund", **more):
        """Book a time as somebody; return the page that one lands on."""
        self.details(clock, days, **more)
        typed = {"Name": name, "Email": f"{name.split()[0].lower()}@example.test"}
        return self.visitor.submit(self.button(), typed)

    def button(self) -> str:
        return next(one for one in self.visitor.page.buttons() if one.startswith("Book for"))

    def rules(self, **given) -> None:
        with writing() as session:
            for name, value in given.items():
                setattr(session.get_one(Company, 1), name, value)

    def free(self, days: int = 3) -> int:
        """How many times the search finds on a day, whoever has them."""
        wish = Search(self.massage.id, self.day(days), zone="Europe/Berlin")
        found = free_times.search(wish, now=datetime.now(UTC))
        db.session.rollback()
        return len({minute for one in found.employees for minute in one.minutes})


@pytest.fixture
def shop(house, visitor) -> Shop:
    return Shop(visitor)


@pytest.fixture
def workshop(shop) -> Workshop:
    return Workshop(shop)
