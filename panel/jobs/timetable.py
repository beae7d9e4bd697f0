"""What the clockwork does, and how often."""

from flask import Flask, current_app

from panel.jobs.clockwork import Job
from panel.services import (
    alerts,
    followed,
    installation,
    mail_sending,
    repeatables,
    waiting_list,
)
from panel.services.outbox import POST
from panel.services.sync import due, traffic, work

SWEEP_SECONDS = 10
# So often within POLL_SECONDS it is looked whether a round is due: seldom, and it would be late.
LOOKS = 4
POST_SECONDS = 5
HOUR = 3600
# How late an offer may go on to the next; whoever comes meanwhile finds it gone already.
OFFERS_SECONDS = 60
# With the five minutes that a trouble is given to pass, well within a quarter of an hour.
ALERTS_SECONDS = 120
INSTANCE_SECONDS = 60


def timetable(app: Flask) -> list[Job]:
    """Return the jobs of the panel."""
    guests = app.extensions["panel"]
    outside, now = guests.outside, guests.now
    seconds = min(SWEEP_SECONDS, outside.poll_seconds / LOOKS or SWEEP_SECONDS)
    return [
        # A restored or copied database must write nothing, not even in its first second.
        Job(
            "instance", INSTANCE_SECONDS, lambda: installation.check(guests.place, now=now()), True
        ),
        Job("sweep", seconds, lambda: due.due_mailboxes(outside.now()), patient=True),
        Job("repeatables", HOUR, lambda: repeatables.forget(now=outside.now())),
        Job("traffic", HOUR, lambda: traffic.fold(now=outside.now())),
        Job("post", POST_SECONDS, lambda: mail_sending.due(now())),
        Job("alerts", ALERTS_SECONDS, lambda: alerts.watch(guests.mail, now=now())),
        Job("followed moves", SWEEP_SECONDS, lambda: followed.lapse(now())),
        Job("waiting lists", OFFERS_SECONDS, lambda: waiting_list.go_on(outside.now())),
    ]


def see_to(mailbox_id: int) -> None:
    """Do all that this mailbox, or the post, needs now, within the application's context."""
    guests = current_app.extensions["panel"]
    if mailbox_id == POST:
        mail_sending.deliver(guests.mail, guests.now)
    else:
        work.see_to(mailbox_id, guests.outside)
