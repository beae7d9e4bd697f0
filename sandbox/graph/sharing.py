"""Calendars that other people share with the signed-in user: listed, and read with a permission."""

from sandbox.calendars import Calendar
from sandbox.graph.asks import Call
from sandbox.graph.refusals import denied
from sandbox.mailbox import Mailbox

PERMISSIONS = ("Calendars.Read.Shared", "Calendars.ReadWrite.Shared")


def lent(call: Call) -> list[tuple[Mailbox, Calendar]]:
    """What others share with this user."""
    return [
        (mailbox, calendar)
        for mailbox in call.world.mailboxes.values()
        if mailbox.lends
        for calendar in mailbox.calendars.values()
        if call.mailbox.upn in calendar.shared_with and mailbox is not call.mailbox
    ]


def enter(call: Call, calendar_id: str) -> None:
    """Let the call work on this calendar, in whoever's mailbox it stands.

    GraphError 403 for somebody else's unless a permission for shared calendars was granted.
    """
    call.calendar_id = calendar_id
    if calendar_id in call.mailbox.calendars:
        return
    for mailbox, calendar in lent(call):
        if calendar.id == calendar_id:
            if not any(scope.endswith(PERMISSIONS) for scope in call.ask.scopes):
                raise denied()
            call.mailbox, call.borrowed = mailbox, True
