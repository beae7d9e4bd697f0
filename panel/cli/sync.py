"""`flask --app wsgi sync`: bring every calendar into agreement now, and say how it stands."""

import json
import time

import click
from flask import current_app

from panel.services import installation
from panel.services.outside import Outside
from panel.services.sync import due, work
from panel.services.sync.state import SyncState, sync_state


@click.command("sync")
@click.option(
    "--until-settled",
    "seconds",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="SECONDS",
    help="Go on until both sides agree, for at most so long.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def sync(seconds: float, as_json: bool) -> None:
    """Read and write every connected calendar once; exit 1 if they do not agree yet."""
    guests = current_app.extensions["panel"]
    outside: Outside = guests.outside
    installation.check(guests.place, now=outside.now())
    ends = time.monotonic() + seconds
    due.make_all_due(outside.now())
    state = _turn(outside)
    while not state.settled and time.monotonic() < ends:
        time.sleep(min(0.5, max(ends - time.monotonic(), 0)))
        state = _turn(outside)
    click.echo(json.dumps(state.to_json()) if as_json else _words(state))
    raise SystemExit(0 if state.settled else 1)


def _turn(outside: Outside) -> SyncState:
    for mailbox_id in due.due_mailboxes(outside.now()):
        work.see_to(mailbox_id, outside)
    return sync_state()


def _words(state: SyncState) -> str:
    if state.settled:
        return f"Both sides agree. {state.questions} questions wait for a decision."
    return (
        f"Not settled: {state.waiting} changes wait, {state.unknown} copies are being looked "
        f"for, {state.parked} were refused."
    )
