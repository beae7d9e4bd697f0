"""What the clockwork does, and how often."""

from flask import Flask, current_app

from panel.jobs.clockwork import Job
from panel.services import repeatables, waiting_list
from panel.services.outside import Outside
from panel.services.sync import due, work

SWEEP_SECONDS = 10
HOUR = 3600
# How late an offer may go on to the next; whoever comes meanwhile finds it gone already.
OFFERS_SECONDS = 60


def timetable(app: Flask) -> list[Job]:
    """Return the jobs of the panel."""
    outside = app.extensions["panel"].outside
    seconds = min(SWEEP_SECONDS, outside.poll_seconds or SWEEP_SECONDS)
    return [
        Job("sweep", seconds, lambda: due.due_mailboxes(outside.now())),
        Job("repeatables", HOUR, lambda: repeatables.forget(now=outside.now())),
        Job("waiting lists", OFFERS_SECONDS, lambda: waiting_list.go_on(outside.now())),
    ]


def see_to(mailbox_id: int) -> None:
    """Do all that this mailbox needs now, within the application's context."""
    outside: Outside = current_app.extensions["panel"].outside
    work.see_to(mailbox_id, outside)
