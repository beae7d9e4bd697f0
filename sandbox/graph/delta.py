"""calendarView/delta: what changed since last time, with all its oddities."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sandbox import ids, series
from sandbox.changes import Entry
from sandbox.events import Event
from sandbox.graph.asks import Answer, Call
from sandbox.graph.paging import PAGE
from sandbox.graph.refusals import bad_query
from sandbox.graph.shapes import EVENT_TYPE, event_shape, skeleton
from sandbox.graph.tokens import Place, link, read
from sandbox.graph.windows import window

UNSUPPORTED = ("orderby", "filter", "select", "expand", "search")
_dice = random.Random(20260901)  # noqa: S311  # nosec B311


def view_delta(call: Call) -> Answer:
    """GET …/calendarView/delta."""
    _refuse_options(call)
    return _round(call, windowed=True)


def events_delta(call: Call) -> Answer:
    """GET …/events/delta: the same without a window, masters only."""
    return _round(call, windowed=False)


def _round(call: Call, *, windowed: bool) -> Answer:
    calendar = call.mailbox.calendar(call.calendar_id or call.mailbox.default_calendar.id)
    lag = timedelta(milliseconds=call.quirk("delta_lag_ms", 0))
    newest = calendar.log.known(call.mailbox.number, call.now, lag)
    call.prefer.applied.insert(0, "odata.track-changes")
    if token := call.query.get("skiptoken"):
        return _page(call, read(call, token, calendar.id))
    if token := call.query.get("deltatoken"):
        place = read(call, token, calendar.id)
        return _page(call, replace(place, upto=max(newest, place.position)))
    begins, ends = (one.isoformat() for one in window(call)) if windowed else (None, None)
    generation = call.mailbox.generation
    place = Place(generation, calendar.id, begins, ends, 0, newest, initial=True)
    # The first page is often empty: github.com/microsoftgraph/microsoft-graph-docs/issues/2839.
    return _answer(call, [], "nextLink", link(call, "skiptoken", place))


def _page(call: Call, place: Place) -> Answer:
    """As many items as fit; a series is never cut in two."""
    size = call.prefer.page_size or PAGE
    log = call.mailbox.calendar(place.calendar_id).log
    value: list[dict[str, Any]] = []
    told = place.position
    for entry in log.since(place.position, place.upto, initial=place.initial):
        items = _told(call, place, entry)
        if value and len(value) + len(items) > size:
            onward = replace(place, position=told)
            return _answer(call, value, "nextLink", link(call, "skiptoken", onward))
        value += items
        told = entry.number
    value += _replayed(call, place, value)
    done = replace(place, position=place.upto, initial=False)
    return _answer(call, value, "deltaLink", link(call, "deltatoken", done))


def _answer(call: Call, value: list[dict[str, Any]], kind: str, url: str) -> Answer:
    context = call.context("Collection(event)")
    return Answer(200, {"@odata.context": context, f"@odata.{kind}": url, "value": value})


def _told(call: Call, place: Place, entry: Entry) -> list[dict[str, Any]]:
    """What a change of one item says: the item, its series, or that it is not in the window."""
    if not entry.alive:
        return [] if place.initial else [_removed(call, entry, "deleted")]
    event = call.mailbox.events[entry.key]
    lost = call.quirk("immutable_moves", "added") == "lost"
    if lost and entry.arrived and call.prefer.immutable and not place.initial:
        return []
    if place.window is None:
        return [_whole(call, event)]
    shown = list(series.expand(event, *place.window))
    if not shown:
        return [] if place.initial else [_removed(call, entry, "changed")]
    if event.recurrence is None:
        return [_whole(call, event)]
    dates = [_whole(call, one) if one.is_exception else _bare(call, one) for one in shown]
    return [_whole(call, event), *dates]


def _whole(call: Call, event: Event) -> dict[str, Any]:
    return {"@odata.type": EVENT_TYPE, **event_shape(call.mailbox, event, call.prefer)}


def _bare(call: Call, event: Event) -> dict[str, Any]:
    return skeleton(event, call.prefer)


def _removed(call: Call, entry: Entry, reason: str) -> dict[str, Any]:
    form = ids.IMMUTABLE if call.prefer.immutable else ids.ITEM
    moves = 0 if call.prefer.immutable else entry.moves
    gone = ids.write(call.mailbox.home, ids.Name(form, entry.key, moves))
    return {"@odata.type": EVENT_TYPE, "id": gone, "@removed": {"reason": reason}}


def _replayed(call: Call, place: Place, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Items that come twice, and old ones that come again: no order or count is promised."""
    chance = call.quirk("delta_replay", 0)
    if not chance:
        return []
    again = [item for item in value if _dice.random() < chance]
    log = call.mailbox.calendar(place.calendar_id).log
    old = [one for one in log.entries.values() if one.number <= place.position and one.alive]
    for entry in old[-3:]:
        if not place.initial and _dice.random() < chance:
            again += _told(call, place, entry)
    return again


def _refuse_options(call: Call) -> None:
    if "top" in call.query:
        raise bad_query(
            "The '$top' parameter is not supported with change tracking over the 'CalendarView' "
            "resource as page size cannot be guaranteed. Express page size preferences using the "
            "Prefer: odata.maxpagesize= header instead."
        )
    if any(name in call.query for name in UNSUPPORTED):
        raise bad_query(
            "The following parameters are not supported with change tracking over the "
            "'CalendarView' resource: '$orderby, $filter, $select, $expand, $search'."
        )
