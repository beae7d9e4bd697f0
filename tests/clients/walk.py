"""The way every client goes: sign in, create, change, delta and delete, each step judged alike.

A client's program prints the name of each step that went well, and nothing else; what goes wrong
ends it. `make clients` gives the sandbox's address in SANDBOX_URL.
"""

import os
from typing import Protocol

from tests.sandbox_process import ANNA

URL = os.environ["SANDBOX_URL"]
CALENDARS = "https://graph.microsoft.com/Calendars.ReadWrite"
USER = "https://graph.microsoft.com/User.Read"
WINDOW = {"startDateTime": "2031-05-05T00:00:00Z", "endDateTime": "2031-05-12T00:00:00Z"}
START, END = "2031-05-06T09:00:00", "2031-05-06T10:30:00"
BEFORE, AFTER = "Consultation", "Consultation, moved upstairs"

# What a round of changes told: the subject of each event by its id, None for one removed.
Round = dict[str, str | None]


class Client(Protocol):
    """What a public client is asked to do, in its own words."""

    def sign_in(self) -> str:
        """Sign Anna in, renew her token once, and say by Graph's word who that is."""

    def create(self, subject: str) -> str:
        """Make an event from START to END, both UTC, and give its id."""

    def change(self, event: str, subject: str) -> None:
        """Give the event another subject."""

    def read(self, event: str) -> str | None:
        """The event's subject, None where Graph does not know it."""

    def delta(self, link: str) -> tuple[Round, str]:
        """What changed in WINDOW since this link, page after page; all of it where it is empty."""

    def delete(self, event: str) -> None:
        """Delete the event."""


def walk(client: Client) -> None:
    """Go all the way. Raises AssertionError where the answer is not what was asked for."""
    expect("who signed in", client.sign_in(), ANNA)
    done("sign-in")
    event = client.create(BEFORE)
    expect("the new event's subject", client.read(event), BEFORE)
    done("create")
    client.change(event, AFTER)
    expect("the changed event's subject", client.read(event), AFTER)
    done("change")
    found, link = client.delta("")
    expect("the first round", found, {event: AFTER})
    found, link = client.delta(link)
    expect("a round after nothing", found, {})
    done("delta")
    client.delete(event)
    expect("the deleted event", client.read(event), None)
    found, link = client.delta(link)
    expect("the round after the deletion", found, {event: None})
    done("delete")


def expect(what: str, got: object, wanted: object) -> None:
    """Compare an answer with what it should be."""
    assert got == wanted, f"{what}: {got!r} instead of {wanted!r}"


def done(step: str) -> None:
    """Tell that a step went well."""
    print(step, flush=True)
