"""Disconnecting: what the page that asks says, and what is said afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash

from panel.domain.errors import NotThere
from panel.services import connections
from panel.services.employees import Employee
from panel.web.outlook.sentences import entries
from panel.web.session import by


@dataclass(frozen=True)
class Leaving:
    """What would be left: the account, how many entries stand there, can they be removed."""

    address: str
    entries: int
    can_remove: bool

    @property
    def keep(self) -> str:
        return f"Keep {entries(self.entries)} in Outlook"

    @property
    def remove(self) -> str:
        return f"Remove {'them' if self.entries != 1 else 'it'} from Outlook"


def leaving(employee: Employee) -> Leaving:
    """Read what the page asks about. Raises NotAllowed, NotThere."""
    connections.must_be_allowed(by(), employee.id)
    linked = connections.linked(employee.id)
    if linked is None:
        raise NotThere("No Outlook account is connected here.")
    count = connections.entries_there(linked.mailbox_id)
    able = linked.state == "active" and linked.refused_at is None
    return Leaving(linked.address, count, able and count > 0)


def say_goodbye(left: int, *, remove: bool) -> None:
    """Say what became of the entries."""
    stays = f"{entries(left)[0].upper()}{entries(left)[1:]} in Outlook"
    stays += " stays." if left == 1 else " stay."
    words = f"Nothing is synced any more. {stays}" if left else "Nothing is synced any more."
    if remove and left:
        words = "Nothing is synced any more. The upcoming entries are being removed from Outlook."
    flash(("Disconnected.", words), "ok")
