"""The small door through which a changed mailbox is announced.

A service that changed something for Outlook calls `wake(mailbox_id)` after its commit.
Waking is a hint that makes things quick, never the record: the sweep finds what it missed.
"""

from collections.abc import Callable

Wake = Callable[[int], None]


def nobody(mailbox_id: int) -> None:
    """Wake nobody: behind the command line and in tests no clockwork turns."""
