"""The tokens inside delta links: where a round stands. Opaque to everybody else."""

import base64
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlencode

from sandbox.errors import GraphError
from sandbox.graph.asks import Call


@dataclass(frozen=True)
class Place:
    """A place in a round over one calendar.

    Changes up to `position` were told; those up to `upto` belong to this round. A round without
    a window is one over the calendar's events.
    """

    generation: int
    calendar_id: str
    begins: str | None
    ends: str | None
    position: int
    upto: int
    initial: bool

    @property
    def window(self) -> tuple[datetime, datetime] | None:
        """The window of the first request, if there was one."""
        if self.begins is None or self.ends is None:
            return None
        return datetime.fromisoformat(self.begins), datetime.fromisoformat(self.ends)


def link(call: Call, kind: str, place: Place) -> str:
    """An absolute link that goes on from this place."""
    raw = json.dumps(list(asdict(place).values()), separators=(",", ":")).encode()
    token = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    return f"{call.root}/{call.ask.path.lstrip('/')}?${kind}={token}"


def read(call: Call, token: str, calendar_id: str) -> Place:
    """The place of a token. GraphError 410 for one that is unknown or expired."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        place = Place(*json.loads(raw))
    except (ValueError, TypeError):
        raise gone(call, None) from None
    if place.generation != call.mailbox.generation or place.calendar_id != calendar_id:
        raise gone(call, place)
    return place


def gone(call: Call, place: Place | None) -> GraphError:
    """Start again: 410 with the address of a new first round."""
    now = call.mailbox.generation
    then = place.generation if place else 0
    url = f"{call.root}/{call.ask.path.lstrip('/')}"
    if place and place.begins and place.ends:
        url += "?" + urlencode({"startDateTime": place.begins, "endDateTime": place.ends})
    return GraphError(
        410,
        "SyncStateNotFound",
        f"The sync state generation is not found; generation={then};[highest={now}][{now}].",
        {"Location": url},
    )
