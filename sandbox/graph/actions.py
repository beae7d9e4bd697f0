"""What can be done to an event beside changing it: cancel, answer, forward, remind."""

from typing import Any

from sandbox.errors import GraphError
from sandbox.graph.asks import Answer, Call
from sandbox.graph.events import editable, find
from sandbox.moments import read_wall, write_instant
from sandbox.post import mail
from sandbox.values import recipient

RESPONSES = {
    "accept": ("accepted", "busy"),
    "tentativelyAccept": ("tentativelyAccepted", "tentative"),
    "decline": ("declined", "free"),
}


def cancel(call: Call) -> Answer:
    """POST …/cancel: the organizer's way to delete a meeting, with a word to those invited."""
    event = editable(call, find(call))
    if not event.is_organizer:
        raise GraphError(
            400,
            "ErrorInvalidRequest",
            "Your request can't be completed. You need to be an organizer to cancel a meeting.",
        )
    comment = str(call.parameter("comment") or "")
    call.mailbox.delete_event(event.id, now=call.now, comment=comment)
    return Answer(202)


def respond(call: Call) -> Answer:
    """POST …/accept, tentativelyAccept, decline."""
    event = editable(call, find(call))
    if event.is_organizer:
        raise GraphError(
            400,
            "ErrorInvalidRequest",
            "Your request can't be completed. You can't respond to this meeting because you're "
            "the meeting organizer.",
        )
    response, shows = RESPONSES[call.path[-1]]
    answered = {"response": response, "time": write_instant(call.now)}
    changes = {"responseStatus": answered, "showAs": shows}
    event = call.mailbox.update_event(event.id, changes, now=call.now)
    if call.parameter("sendResponse") is not False:
        organizer = event["organizer"]["emailAddress"]["address"]
        comment = str(call.parameter("comment") or "")
        _post(call, mail(call.mailbox.upn, event, response, [organizer], call.now, comment))
    return Answer(202)


def forward(call: Call) -> Answer:
    """POST …/forward."""
    event = find(call)
    people = call.parameter("toRecipients")
    if not isinstance(people, list) or not people:
        raise GraphError(400, "ErrorInvalidRecipients", "At least one recipient is needed.")
    to = [recipient(one)["emailAddress"]["address"] for one in people]
    comment = str(call.parameter("comment") or "")
    _post(call, mail(call.mailbox.upn, event, "forward", to, call.now, comment))
    return Answer(202)


def delete_for_good(call: Call) -> Answer:
    """POST …/permanentDelete: past the deleted items."""
    event = editable(call, find(call))
    call.mailbox.delete_event(event.id, now=call.now, for_good=True)
    return Answer(204)


def dismiss(call: Call) -> Answer:
    """POST …/dismissReminder."""
    event = editable(call, find(call))
    call.mailbox.update_event(event.id, {"isReminderOn": False}, now=call.now)
    return Answer(202)


def snooze(call: Call) -> Answer:
    """POST …/snoozeReminder: the reminder's moment is checked, and kept nowhere."""
    find(call)
    read_wall(call.parameter("newReminderTime"))
    return Answer(202)


def _post(call: Call, letter: dict[str, Any]) -> None:
    call.mailbox.outbox.append(letter)
    call.mailbox.dirty = True
