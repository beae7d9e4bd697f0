"""How one appointment or date stands in Outlook, in the words of a mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from panel.domain.questions import FOLLOWED
from panel.services.copies import Place
from panel.web.words import clock, stamp, today, wall

DIFFERS = {
    "moved": "The time differs",
    "both_moved": "Moved on both sides",
    "reshaped": "The entry differs",
    "deleted": "Deleted in Outlook",
}


class Copied(NamedTuple):
    """A mark: its state (a key of marks.COPY), since when, other words, and what follows.

    `again`: the mirror of an entry that its person deleted and that can be added again.
    """

    state: str
    when: str = ""
    words: str = ""
    more: str = ""
    again: int = 0


def copied(mirror: Any, questions: Sequence[Any] = ()) -> list[Copied]:
    """Say how a copy stands. Only what is confirmed is said to be in Outlook."""
    asks = [one for one in questions if one.kind != FOLLOWED]
    asked = [Copied("question", words=DIFFERS.get(one.kind, "")) for one in asks]
    if mirror is not None and mirror.state == "held" and not asked:
        return [Copied("question", words="The entry differs")]
    return [_state(mirror), *asked] if not asked or _is_there(mirror) else asked


def placed(mirror: Any, questions: Sequence[Any], place: Place, name: str) -> list[Copied]:
    """The same with where it lies, or why there is none; `name` is whose Outlook it is."""
    if not place.connected:
        return [_unconnected(mirror, name)]
    where = f"in the calendar “{place.calendar}”" if place.calendar else ""
    return [_at(one, where, place, name) for one in copied(mirror, questions)]


def _at(one: Copied, where: str, place: Place, name: str) -> Copied:
    """Say where a copy lies, and of one on its way what keeps it."""
    if one.state == "in_outlook":
        return one._replace(more=where)
    if one.state == "on_its_way" and place.switched_off:
        return one._replace(words="Waits", more="until Outlook is switched on again")
    if one.state == "on_its_way" and place.refused:
        return one._replace(words="Waits", more=f"until {name} has signed in at Microsoft again")
    return one


def _unconnected(mirror: Any, name: str) -> Copied:
    """Say of whoever is not linked what stays there of an earlier time."""
    if not _is_there(mirror):
        return Copied("not_in_outlook", words=f"Not in Outlook: {name} has not connected")
    since = _since(mirror.confirmed_at)
    stays = f"The entry in Outlook stays as it was{f' at {since}' if since else ''}."
    return Copied("not_in_outlook", words=f"Not synced: {name} has disconnected.", more=stays)


def _is_there(mirror: Any) -> bool:
    return mirror is not None and mirror.state in ("linked", "held")


def _state(mirror: Any) -> Copied:
    if _stays_deleted(mirror):
        return Copied("deleted", again=mirror.id)
    if mirror is not None and mirror.held_deletions_id is not None:
        return Copied("question", words="Gone from Outlook")
    if mirror is None or mirror.state == "gone":
        return Copied("not_in_outlook")
    if mirror.state == "parked":
        return Copied("parked", words=f"Parked: {mirror.parked_why or 'Outlook refused it.'}")
    if _is_there(mirror) and mirror.confirmed >= mirror.desired:
        return Copied("in_outlook", _since(mirror.confirmed_at))
    if mirror.state == "none" and mirror.desired <= mirror.confirmed:
        return Copied("not_in_outlook")
    return Copied("on_its_way")


def _stays_deleted(mirror: Any) -> bool:
    """Whether somebody who helps has deleted theirs: that decides nothing over the date."""
    gone = mirror is not None and mirror.state == "gone" and mirror.subject == "occurrence"
    waits = gone and (mirror.desired > mirror.confirmed or mirror.held_deletions_id is not None)
    return gone and not waits


def _since(moment: Any) -> str:
    if moment is None:
        return ""
    return clock(moment) if wall(moment).date() == today() else stamp(moment)
