"""Change notifications: who is told, how often it is tried, and lifecycle events."""

from typing import Any


class Courier:
    """Carries notifications to loopback addresses. One per world: `world.courier`.

    The world sets `mailbox.listener = world.courier.heard` for each mailbox and closes the
    courier when it ends.
    """

    def __init__(self, world: Any) -> None:
        self.world = world

    def heard(self, mailbox: Any, change: Any) -> None:
        """Tell the subscribers of this change. Needs a running loop only if there are any."""

    async def lifecycle(self, subscription: Any, event: str) -> None:
        """Send `missed`, `subscriptionRemoved` or `reauthorizationRequired`."""

    async def close(self) -> None:
        """Stop what is under way."""
