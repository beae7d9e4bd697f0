"""What Graph needs of the world around it."""

from datetime import datetime
from typing import Any, Protocol

from sandbox.mailbox import Mailbox


class Surroundings(Protocol):
    """A clock, the quirks that a tester set, everybody's mailbox, and who carries notifications."""

    @property
    def base_url(self) -> str:
        """Where Graph is reached, without a slash at the end."""

    @property
    def mailboxes(self) -> dict[str, Mailbox]:
        """All mailboxes, by address in lower case."""

    @property
    def quirks(self) -> dict[str, Any]:
        """What Microsoft may or may not do."""

    @property
    def courier(self) -> Any:
        """The world's sandbox.graph.notify.Courier."""

    def now(self) -> datetime:
        """The sandbox's clock: aware, UTC."""
