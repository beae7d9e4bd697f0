"""Events and calendars as Graph shows them."""

from typing import Any

from sandbox.mailbox import Event, Mailbox


def inside_view(mailbox: Mailbox, event: Event) -> dict[str, Any]:
    """An event as the control API shows it: Graph-shaped, and what Graph hides.

    Adds calendarId, immutableId, transactionId, singleValueExtendedProperties.
    """
    raise NotImplementedError
