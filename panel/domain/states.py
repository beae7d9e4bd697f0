"""The states of an appointment, and how one becomes another."""

from __future__ import annotations

from collections.abc import Sequence

from panel.domain.errors import RuleBroken

PENDING, APPROVED = "pending", "approved"
CANCELLED, REJECTED = "cancelled", "rejected"
NO_SHOW, COMPLETED = "no-show", "completed"

STATES = {
    PENDING: "pending",
    APPROVED: "approved",
    CANCELLED: "cancelled",
    REJECTED: "rejected",
    NO_SHOW: "marked as no-show",
    COMPLETED: "completed",
}

# Time that nobody else can have.
TAKING = (PENDING, APPROVED, NO_SHOW, COMPLETED)
# Still to come: these can be moved, edited and given to a colleague.
OPEN = (PENDING, APPROVED)
# What an action does to every booking that is open, whatever state it is in.
ENDING = ("cancel", "reject")
# What holds a copy in Outlook; pending does so by a setting.
IN_OUTLOOK = (APPROVED, COMPLETED, NO_SHOW)

# What can be done: from which state, to which.
TRANSITIONS: dict[str, dict[str, str]] = {
    "approve": {PENDING: APPROVED},
    "reject": {PENDING: REJECTED},
    "cancel": {PENDING: CANCELLED, APPROVED: CANCELLED},
    "set_pending": {APPROVED: PENDING},
    "no_show": {APPROVED: NO_SHOW, COMPLETED: NO_SHOW},
    "complete": {APPROVED: COMPLETED, NO_SHOW: COMPLETED},
    "reopen": {NO_SHOW: APPROVED, COMPLETED: APPROVED},
}
# Nobody can have stayed away from what has not begun.
ONLY_ONCE_BEGUN = ("no_show", "complete")

_NEEDS = {
    "approve": "Only a pending appointment can be approved.",
    "reject": "Only a pending appointment can be rejected.",
    "cancel": "Only an appointment that is still to come can be cancelled.",
    "set_pending": "Only an approved appointment can be set back to pending.",
    "no_show": "Only an approved appointment can be marked as no-show.",
    "complete": "Only an approved appointment can be completed.",
    "reopen": "Only a completed appointment or a no-show can be opened again.",
}
# What the journal calls each deed.
KINDS = {
    "approve": "approved",
    "reject": "rejected",
    "cancel": "cancelled",
    "set_pending": "set_pending",
    "no_show": "no_show",
    "complete": "completed",
    "reopen": "reopened",
}


def after(status: str, action: str, *, begun: bool) -> str:
    """Return the state that an action leads to. Raises RuleBroken in a sentence."""
    target = TRANSITIONS[action].get(status)
    if target is None:
        raise RuleBroken(f"This appointment is {STATES[status]}. {_NEEDS[action]}")
    if action in ONLY_ONCE_BEGUN and not begun:
        raise RuleBroken(f"This appointment has not begun yet. {_NEEDS[action]}")
    return target


def possible(status: str, *, begun: bool) -> frozenset[str]:
    """Return the actions that this state allows."""
    return frozenset(
        action
        for action, steps in TRANSITIONS.items()
        if status in steps and (begun or action not in ONLY_ONCE_BEGUN)
    )


def standing(status: str, bookings: Sequence[tuple[str, int]], least: int) -> str:
    """Return the state of an appointment whose bookings (state, persons) have changed.

    It takes place once `least` persons are sure to come, and stays so when some leave; when
    all have left, it is over. What has been completed stays as it is.
    """
    taking = [one for one in bookings if one[0] in TAKING]
    if not taking:
        return CANCELLED if any(state == CANCELLED for state, _ in bookings) else REJECTED
    if status not in OPEN:
        return status
    sure = sum(persons for state, persons in taking if state != PENDING)
    if not sure:
        return PENDING
    return APPROVED if sure >= least else status


def must_be_open(status: str) -> None:
    """Refuse to move or edit what is over. Raises RuleBroken."""
    if status not in OPEN:
        raise RuleBroken(f"This appointment is {STATES[status]}, so it cannot be changed.")
