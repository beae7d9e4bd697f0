"""The buttons of the Outlook card, by the state of the connection."""

from __future__ import annotations

from dataclasses import dataclass

from panel.domain.health import State, Why
from panel.services.connection_health import Report
from panel.services.linking import MOST
from panel.web.outlook.place import Place

CONNECT = "outlook-connect"
STILL = (State.PAUSED, State.NOT_AVAILABLE, State.LEAVING)


@dataclass(frozen=True)
class CardAction:
    """One button of the card. method: "post", "ask" (its page asks first) or "get".

    `form`: a name by which choices that stand elsewhere on the card are sent along.
    """

    words: str
    href: str
    method: str = "post"
    kind: str = "quiet"
    sign: str = ""
    disabled: bool = False
    busy: str = ""
    form: str = ""


def actions(report: Report, place: Place) -> tuple[CardAction, ...]:
    """The buttons at the left, the safe one first."""
    if report.connection is None:
        return (_connect(place, disabled=report.health.state is State.NOT_AVAILABLE),)
    if report.health.state in STILL:
        return ()
    if _must_sign_in(report):
        return (sign_in_again(place),)
    importing = report.health.state is State.IMPORTING
    sync = CardAction(
        "Sync now", place.to("sync"), sign="arrow-repeat", disabled=importing, busy="Syncing"
    )
    resync = CardAction("Resync", place.to("resync"), kind="plain", busy="Comparing")
    first = _first(report, place)
    usual = (sync,) if importing else (sync, resync)
    return (*((first,) if first else ()), *usual)


def add(report: Report, place: Place) -> CardAction | None:
    """The way to one more account; None where none can be linked now."""
    none = report.connection is None or report.health.state in STILL
    if none or _must_sign_in(report) or len(report.accounts) >= MOST:
        return None
    to = place.to("connect")
    return CardAction("Add another account", to, kind="plain", sign="plus-lg", busy="Connecting")


def leave(place: Place, connection_id: int | None = None) -> CardAction:
    """The button at the far end, which asks first; of several accounts, for this one."""
    to = place.to("disconnect", **({"connection_id": connection_id} if connection_id else {}))
    return CardAction("Disconnect", to, "ask", "clay", "plug")


def _connect(place: Place, *, disabled: bool) -> CardAction:
    return CardAction(
        "Connect", place.to("connect"), "post", "primary", "plug", disabled, "Connecting", CONNECT
    )


def _must_sign_in(report: Report) -> bool:
    """Nothing else helps the only account."""
    return report.refused and len(report.accounts) == 1


def sign_in_again(place: Place) -> CardAction:
    """Where Microsoft asks for the person: the way there."""
    sign = "box-arrow-in-right"
    return CardAction(
        "Sign in again", place.to("connect"), "post", "primary", sign, busy="Connecting"
    )


def _first(report: Report, place: Place) -> CardAction | None:
    """What a person can do about this state beside waiting."""
    why, link = report.health.why, report.connection
    if why is Why.GONE and link is not None and link.held_id is not None:
        return CardAction("Show me which", place.held(link.held_id), "get", "primary")
    if why is Why.DIFFER:
        return CardAction("Put them back", place.to("put_back"), kind="primary", busy="Saving")
    if why is Why.QUESTIONS:
        return CardAction("Show me which", place.decisions, "get", "primary")
    if why is Why.PARKED:
        to = place.to("retry")
        return CardAction("Retry", to, kind="primary", sign="arrow-repeat", busy="Trying")
    return None
