"""The clock: what happens every so many seconds, in one process of the installation."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from panel.jobs.crew import Crew
from panel.services import heartbeat
from panel.services.leadership import Leadership, leadership

log = logging.getLogger(__name__)
BEAT_SECONDS = 10


@dataclass(frozen=True)
class Job:
    """What happens every so many seconds. `work` returns the mailboxes to be seen to.

    What comes `first` is done by a process that begins to lead before it does anything else.
    What a `patient` one returns comes after whoever is woken.
    """

    name: str
    seconds: float
    work: Callable[[], Iterable[int] | None]
    first: bool = False
    patient: bool = False


class Clockwork:
    """Turns in every process that serves; only the one that leads does its jobs.

    A process that does not lead tries again at each beat, so that another takes over
    within seconds when the leader ends. Waking works in every process: the work itself
    claims its mailbox in the database.
    """

    def __init__(self, app: Flask, jobs: Sequence[Job], see_to: Callable[[int], None]) -> None:
        self._app = app
        self._see_to = see_to
        self._first = [job for job in jobs if job.first]
        self._leads = False
        with app.app_context():
            self._leadership: Leadership = leadership(app.config["DATA_DIR"])
        self._crew = Crew(self._within, app.config["SYNC_THREADS"])
        self.wake = self._crew.wake
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(len(jobs) + 1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 60},
        )
        for job in jobs:
            self._every(job.seconds, job.name, self._do, job)
        self._every(BEAT_SECONDS, "beat", self._beat)

    def start(self) -> None:
        """Begin to turn; the first beat decides at once who leads."""
        self._beat()
        self._scheduler.start()

    def stop(self) -> None:
        """Come to rest: nothing new is begun, what was begun is finished."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        self._crew.rest()
        self._leadership.give_up()

    def _every(self, seconds: float, name: str, work: Callable[..., None], *given: object) -> None:
        self._scheduler.add_job(
            work, "interval", given, seconds=seconds, id=name, next_run_time=datetime.now(UTC)
        )

    def _beat(self) -> None:
        with self._app.app_context():
            leads = self._leadership.held()
            if leads != self._leads:
                log.info("This process %s the clockwork.", "leads" if leads else "lost")
                for job in self._first if leads else ():
                    job.work()
            self._leads = leads
            if leads:
                heartbeat.beat(now=datetime.now(UTC))

    def _do(self, job: Job) -> None:
        if not self._leads:
            return
        with self._app.app_context():
            found = job.work() or ()
            if job.patient:
                self._crew.sweep(found)
                return
            for mailbox_id in found:
                self.wake(mailbox_id)

    def _within(self, mailbox_id: int) -> None:
        with self._app.app_context():
            self._see_to(mailbox_id)
