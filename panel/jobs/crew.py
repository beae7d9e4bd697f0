"""The threads that work on mailboxes: each mailbox once at a time, and once more if woken."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from panel.services.sheltering import sheltered


class Crew:
    """Runs `work(mailbox_id)` for whoever is woken, on at most `threads` threads.

    Whoever is found by a sweep comes when a thread is free: never before somebody who was
    woken, because a person or Microsoft has just changed something there.
    """

    def __init__(self, work: Callable[[int], None], threads: int) -> None:
        self._work, self._threads = work, threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="mailbox")
        self._guard = threading.Lock()
        self._again: dict[int, bool] = {}
        self._later: dict[int, None] = {}
        self._over = False

    def wake(self, mailbox_id: int) -> None:
        """See to this mailbox soon. Called while it is worked on: once more after that."""
        with self._guard:
            if self._over:
                return
            if mailbox_id in self._again:
                self._again[mailbox_id] = True
                return
            self._later.pop(mailbox_id, None)
            self._begin(mailbox_id)

    def sweep(self, mailbox_ids: Iterable[int]) -> None:
        """See to these in their order, as threads become free. Who has a turn gets no second."""
        with self._guard:
            if not self._over:
                self._later |= {one: None for one in mailbox_ids if one not in self._again}
                self._refill()

    def _begin(self, mailbox_id: int) -> None:
        self._again[mailbox_id] = False
        self._pool.submit(self._see_to, mailbox_id)

    def _refill(self) -> None:
        while self._later and len(self._again) < self._threads:
            mailbox_id = next(iter(self._later))
            del self._later[mailbox_id]
            self._begin(mailbox_id)

    def rest(self) -> None:
        """Take on nothing new; wait until what was begun is done."""
        with self._guard:
            self._over = True
            self._later.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _see_to(self, mailbox_id: int) -> None:
        wanted = True
        while wanted:
            # Whatever is wrong with this mailbox: the sweep comes back to it.
            with sheltered(f"Mailbox {mailbox_id} could not be seen to."):
                self._work(mailbox_id)
            wanted = self._wanted_again(mailbox_id)

    def _wanted_again(self, mailbox_id: int) -> bool:
        with self._guard:
            if self._again[mailbox_id] and not self._over:
                self._again[mailbox_id] = False
                return True
            del self._again[mailbox_id]
            if not self._over:
                self._refill()
            return False
