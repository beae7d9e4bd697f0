"""When somebody is told that a connection needs them, and in which words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from panel.domain.health import Health, State, Why

# After the beginning of a trouble. The first leaves time for what passes by itself.
STEPS = (timedelta(minutes=5), timedelta(hours=24), timedelta(days=7))
# Days before the client secret expires.
EXPIRY = (1, 7, 30)
WORKING = {State.IMPORTING, State.CATCHING_UP, State.UP_TO_DATE, State.DECISION_NEEDED}
ENDED = {State.OFF, State.NOT_CONNECTED, State.NOT_AVAILABLE, State.PAUSED, State.LEAVING}

_SIGN_IN = (
    "Until then new appointments do not reach {whose} Outlook, and new busy time there is not "
    "seen. Nothing is lost."
)
_WORDS = {
    Why.SIGN_IN: ("Microsoft asks {whom} to sign in again.", _SIGN_IN),
    Why.REGISTRATION: (
        "This business has a new registration at Microsoft, so {who} must sign in again.",
        _SIGN_IN,
    ),
    Why.CALENDAR: (
        "The calendar that Panel writes to is gone from {whose} Outlook, or read only.",
        "Choose another one. New appointments wait until then. Nothing is lost.",
    ),
    Why.PARKED: (
        "Some changes could not be written to {whose} Outlook.",
        "Panel tries them again every night. Everything else is synced.",
    ),
    Why.APPLICATION: (
        "Microsoft does not accept this business’s registration.",
        "Usually the client secret has expired: make a new one at Microsoft and put it into "
        "Setup. Nobody has to connect again. Changes wait, and nothing is lost.",
    ),
}


def troubled(health: Health) -> bool:
    """Say whether a person must act on one connection; the application is the owner's."""
    return health.state is State.ACTION_NEEDED


def well(health: Health) -> bool:
    """Say whether a connection works; while all are held nothing is known of that."""
    return health.state in WORKING and health.why is not Why.INSTALLATION


def due(began_at: datetime, told: int, now: datetime) -> int:
    """Return how many times somebody should have been told by now; at least `told`.

    Whoever could not be told for a while is told once, not of each step that was missed.
    """
    return max(told, sum(now - began_at >= step for step in STEPS))


def words(why: Why, name: str = "") -> tuple[str, str]:
    """Say what is wrong and what that means, to the person or by `name` about them."""
    spoken = {
        "who": name or "you",
        "whom": name or "you",
        "whose": f"{name}’s" if name else "your",
    }
    problem, effect = _WORDS[why]
    return problem.format(**spoken), effect.format(**spoken)


def expiry_step(expires: date, today: date) -> int | None:
    """Return which reminder of an expiry is due: 30, 7 or 1 days before, else None."""
    left = (expires - today).days
    return next((step for step in EXPIRY if 0 <= left <= step), None)
