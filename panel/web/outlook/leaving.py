"""Disconnecting: what the page that asks says, and what is said afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash

from panel.domain.errors import NotThere
from panel.services import connections
from panel.services.employees import Employee
from panel.services.integration import settings
from panel.web.outlook.microsoft import outside
from panel.web.outlook.sentences import entries
from panel.web.session import by

ALL = (
    "From now on nothing is synced: new appointments do not reach Outlook, and busy time there "
    "no longer blocks bookings."
)
ONE = (
    "From now on nothing is synced with this account: no appointment reaches it, and busy time "
    "there no longer blocks bookings. The other accounts stay connected."
)
CHOOSE = " Choose in which of their calendars your appointments go on; until then they wait."


@dataclass(frozen=True)
class Leaving:
    """What would be left: the account, how many entries stand there, can they be removed.

    `others` says that more accounts stay; `homeless`, that none of them is written. `invites`
    says that customers are invited to what stands there.
    """

    employee_id: int
    connection_id: int
    address: str
    entries: int
    can_remove: bool
    others: bool
    homeless: bool
    invites: bool

    @property
    def words(self) -> str:
        if not self.others:
            return ALL
        return f"{ONE}{CHOOSE if self.homeless else ''}"

    @property
    def keep(self) -> str:
        return f"Keep {entries(self.entries)} in Outlook"

    @property
    def remove(self) -> str:
        return f"Remove {'them' if self.entries != 1 else 'it'} from Outlook"

    @property
    def remove_note(self) -> str:
        """What removing does to others: Microsoft mails them, and nobody can keep it from that."""
        if not self.invites:
            return ""
        return "Microsoft mails the customers who were invited that their visit is cancelled."

    def leave(self, *, remove: bool) -> tuple[int, bool]:
        """Disconnect; return how many entries stand there, and whether they are being removed."""
        removing = self.can_remove and remove
        left = connections.disconnect(
            self.employee_id, connection_id=self.connection_id, remove=removing, by=by(),
            outside=outside(),
        )  # fmt: skip
        return left, removing


def leaving(employee: Employee, connection_id: int | None) -> Leaving:
    """Read what the page asks about; without an id, about the account linked first.

    Raises NotAllowed, NotThere.
    """
    connections.must_be_allowed(by(), employee.id)
    linked = connections.linked(employee.id, connection_id)
    if linked is None:
        raise NotThere("No Outlook account is connected here.")
    count = connections.entries_there(linked)
    able = linked.state == "active" and linked.refused_at is None
    others, home = connections.without(linked)
    return Leaving(
        employee.id, linked.id, linked.address, count, able and count > 0, others, not home,
        settings().invite_customers,
    )  # fmt: skip


def say_goodbye(asked: Leaving, *, left: tuple[int, bool]) -> None:
    """Say what became of the entries."""
    count, removing = left
    told = "Nothing is synced with it any more." if asked.others else "Nothing is synced any more."
    if removing:
        told += " The upcoming entries are being removed from Outlook."
    elif count:
        stays = f"{entries(count)[0].upper()}{entries(count)[1:]} in Outlook"
        told += f" {stays} {'stays' if count == 1 else 'stay'}."
    if asked.others and asked.homeless:
        told += " Choose below which calendar your appointments go to now."
    flash(("Disconnected.", told), "ok")
