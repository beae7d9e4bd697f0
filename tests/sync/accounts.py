"""Somebody with several accounts, and the calendars in them."""

from typing import Any

from panel.db.base import db, fresh
from panel.db.tables import Connection, FormerCopy, Mirror, RemoteCalendarRow
from panel.services import calendar_choices, connections
from panel.services.connection_health import Report, of_one
from tests.sync.office import Office

WITHIN, BETWEEN = "within", "between"


class Accounts:
    """What an office whose Anna has one account may do with more of them."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def add(self, name: str = "second") -> str:
        """Link one more account, and let both sides agree; return its address."""
        upn = f"{name}.{self.office.upn}"
        self.office.sandbox.add_mailbox(upn, name="Anna Privately")
        came = self.office.connect(upn)
        assert came.refused is None and came.waiting is None
        self.office.settle()
        return upn

    def calendar(self, name: str, upn: str = "") -> Any:
        """One more calendar in an account."""
        made = self.office.sandbox.add_calendar(upn or self.office.upn, name)
        self.office.list_again()
        return made

    def rows(self) -> dict[tuple[str, str], RemoteCalendarRow]:
        """All calendars, by address of the account and name."""
        fresh()
        named = db.session.execute(
            db.select(Connection.address, RemoteCalendarRow)
            .join(RemoteCalendarRow, RemoteCalendarRow.mailbox_id == Connection.mailbox_id)
            .where(Connection.state == "active")
        )
        return {(address, row.name): row for address, row in named}

    def choose(self, upn: str = "", writes: str = "Calendar", blocking: Any = ()) -> int:
        """Choose the calendar that is written; return how many copies are to move."""
        rows = self.rows()
        return calendar_choices.choose_calendars(
            self.office.anna.id, write_id=rows[upn or self.office.upn, writes].id,
            blocking=[rows[one].id for one in blocking], by=self.office.me, now=self.office.now(),
        )  # fmt: skip

    def there(self, upn: str = "") -> list[dict[str, Any]]:
        """What Panel wrote that stands in an account."""
        events = self.office.sandbox.events(upn or self.office.upn)
        return [one for one in events if one["transactionId"]]

    def starts(self, upn: str = "") -> list[str]:
        return sorted(one["start"]["dateTime"] for one in self.there(upn))

    def leave(self, upn: str, *, remove: bool = False) -> None:
        """Disconnect one of the accounts."""
        fresh()
        live = db.select(Connection.id).filter_by(address=upn).where(Connection.state != "ended")
        connections.disconnect(
            self.office.anna.id, connection_id=db.session.scalars(live).one(), remove=remove,
            by=self.office.me, outside=self.office.outside,
        )  # fmt: skip

    def report(self) -> Report:
        fresh()
        return of_one(self.office.anna.id, now=self.office.now())

    def moving(self) -> int:
        """How many copies are not where they are to be."""
        fresh()
        left = db.session.scalars(db.select(FormerCopy.id).where(FormerCopy.remove_at.is_not(None)))
        on_the_way = db.session.scalars(db.select(Mirror.id).where(Mirror.moving != ""))
        return max(len(left.all()), len(on_the_way.all()))


def prepared(office: Any, accounts: Accounts, kind: str) -> Any:
    """Two appointments in one calendar, and another calendar: in the same account, or another.

    Calling what is returned chooses that one.
    """
    if kind == BETWEEN:
        upn, name = accounts.add(), "Calendar"
    else:
        upn, name = office.upn, "Family"
        accounts.calendar(name)
    office.first, office.second = office.book_at("10:00"), office.book_at("14:00")
    office.agree()

    def choose() -> int:
        return accounts.choose(upn, name)

    choose.upn = upn
    choose.home = lambda: accounts.rows()[upn, name].remote_id
    return choose


def all_there(office: Office, other: Any) -> list[dict[str, Any]]:
    """Every entry of ours in either account."""
    found = office.there()
    return found if other.upn == office.upn else found + Accounts(office).there(other.upn)
