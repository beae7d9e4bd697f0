"""The small door through which a changed mailbox is announced.

The outbox remembers in the transaction whom to wake; after its commit they are handed on.
Waking is a hint that makes things quick, never the record: the sweep finds what it missed.
"""

from collections.abc import Callable

from sqlalchemy import event
from sqlalchemy.orm import Session

from panel.db.base import db
from panel.services.outbox import WOKEN

Wake = Callable[[int], None]


def after_commit(wake: Wake) -> Callable[[], None]:
    """From now on hand on each mailbox after the commit that changed something for it.

    Holds for the whole process, until the function that is returned is called.
    """

    def hand_on(session: Session) -> None:
        for mailbox_id in session.info.pop(WOKEN, ()):
            wake(mailbox_id)

    def forget(session: Session) -> None:
        session.info.pop(WOKEN, None)

    def leave() -> None:
        event.remove(db.session, "after_commit", hand_on)
        event.remove(db.session, "after_rollback", forget)

    event.listen(db.session, "after_commit", hand_on)
    event.listen(db.session, "after_rollback", forget)
    return leave
