"""One person's calendars at Microsoft Graph.

Every method speaks of our values, raises kinds of PanelError only, and turns no error into
an empty answer. Nothing waits here. What a write answered is returned as Microsoft has it
now, which may differ from what was sent.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote

import requests

from panel.domain.errors import OutlookUnavailable, RowRefused
from panel.domain.remote import (
    DeltaPage,
    EventWish,
    RemoteCalendar,
    RemoteEvent,
    RemotePerson,
    UnreadableItem,
)
from panel.outlook.asking import DEADLINE, AccessTokens, Asking, items
from panel.outlook.batches import Found, look_up, read_together
from panel.outlook.links import checked
from panel.outlook.marker import EXPAND, holding
from panel.outlook.moments import query_instant
from panel.outlook.subscriptions import Subscriptions
from panel.outlook.wire import (
    Unreadable,
    read_calendar,
    read_delta_item,
    read_event,
    read_item,
    read_person,
    write_changes,
    write_wish,
)

Value = TypeVar("Value")
Window = tuple[datetime, datetime]

_PAGE = "100"
_DELTA_PAGE = f"odata.maxpagesize={_PAGE}"


class OutlookClient:
    """The calendars of the person whose access tokens are supplied."""

    def __init__(
        self,
        graph_url: str,
        *,
        access_token: AccessTokens,
        http: requests.Session,
        deadline: float = DEADLINE,
        before_request: Callable[[], None] = lambda: None,
        after_request: Callable[[int, float], None] = lambda status, seconds: None,
    ) -> None:
        """As Asking; `http` comes from pool.open_pool."""
        self._asking = Asking(
            graph_url,
            access_token=access_token,
            http=http,
            deadline=deadline,
            before_request=before_request,
            after_request=after_request,
        )
        self.subscriptions = Subscriptions(self._asking)

    def me(self) -> RemotePerson:
        """Who the account belongs to."""
        return _understood(read_person, self._asking.read("/me"))

    def calendars(self) -> tuple[RemoteCalendar, ...]:
        """The complete list of calendars. Raises NoMailbox where there is no mailbox."""
        pages = self._asking.pages("/me/calendars", {"$top": _PAGE})
        return tuple(_understood(read_calendar, raw) for raw in pages)

    def event(self, event_id: str, *, with_calendar: bool = False) -> RemoteEvent:
        """One entry, its marker with it, and by one more question the calendar it lies in.

        Raises Gone where Outlook does not know the id.
        """
        path, calendar_id = _event(event_id), None
        entry = path, {"$expand": EXPAND}
        if with_calendar:
            # In one exchange: somebody waits for what is written after it.
            home = f"{path}/calendar", {"$select": "id"}
            where, raw = read_together(self._asking, home, entry)
            calendar_id = _understood(read_calendar, where).id
        else:
            raw = self._asking.read(*entry)
        return _understood(lambda raw: read_event(raw, calendar_id=calendar_id), raw)

    def events_batch(self, event_ids: Iterable[str]) -> dict[str, Found]:
        """Many entries by id. Each id is answered: the entry, Gone, or Unknown."""
        return look_up(self._asking, event_ids)

    def create(self, calendar_id: str, wish: EventWish) -> RemoteEvent:
        """Make the entry. The same wish again makes no second one, as long as Microsoft
        remembers its transaction id."""
        raw = self._asking.write("POST", f"{_calendar(calendar_id)}/events", write_wish(wish))
        made = _written(raw, calendar_id=calendar_id)
        return replace(made, marker=made.marker or wish.marker)

    def update(self, event_id: str, changes: Mapping[str, Any], if_match: str) -> RemoteEvent:
        """Change the fields named as in EventWish, or is_all_day and recurrence, alone.

        Raises ChangedMeanwhile where `if_match` is no longer the key of the entry.
        """
        body = write_changes(changes)
        return _written(self._asking.write("PATCH", _event(event_id), body, if_match=if_match))

    def delete(self, event_id: str, if_match: str | None = None) -> None:
        """Take the entry away. Raises Gone or CannotDelete where it may be away already."""
        self._asking.write("DELETE", _event(event_id), if_match=if_match)

    def cancel(self, event_id: str, comment: str) -> None:
        """Take the entry away and tell its attendees why, as only its organizer can.

        Raises Gone or CannotDelete where it may be away already.
        """
        self._asking.write("POST", f"{_event(event_id)}/cancel", {"comment": comment})

    def delta(self, calendar_id: str, window: Window) -> DeltaPage:
        """The first page of a new round over the window (two aware instants)."""
        query = _bounds(*window)
        path = f"{_calendar(calendar_id)}/calendarView/delta"
        page = self._asking.read(path, query, prefer=_DELTA_PAGE)
        return self._delta_page(page, calendar_id)

    def follow(self, link: str, *, calendar_id: str | None = None) -> DeltaPage:
        """The page behind a next link or delta link. Raises DeltaExpired, ForeignLink."""
        page = self._asking.read(checked(link, root=self._asking.root), prefer=_DELTA_PAGE)
        return self._delta_page(page, calendar_id)

    def find_marker(
        self, calendar_id: str, marker: str
    ) -> tuple[RemoteEvent | UnreadableItem, ...]:
        """All entries of the calendar that hold the marker. Letter case does not count."""
        query = {"$filter": holding(marker), "$expand": EXPAND, "$top": _PAGE}
        return self._listed(f"{_calendar(calendar_id)}/events", query, calendar_id)

    def calendar_view(
        self, calendar_id: str, start: datetime, end: datetime
    ) -> tuple[RemoteEvent | UnreadableItem, ...]:
        """Everything that overlaps the time between two aware instants, series spread out."""
        query = _bounds(start, end) | {"$expand": EXPAND, "$top": _PAGE}
        return self._listed(f"{_calendar(calendar_id)}/calendarView", query, calendar_id)

    def _listed(
        self, path: str, query: Mapping[str, str], calendar_id: str
    ) -> tuple[RemoteEvent | UnreadableItem, ...]:
        pages = self._asking.pages(path, query)
        return tuple(read_item(raw, calendar_id=calendar_id) for raw in pages)

    def _delta_page(self, page: Mapping[str, Any], calendar_id: str | None) -> DeltaPage:
        links = (page.get("@odata.nextLink"), page.get("@odata.deltaLink"))
        following, latest = (
            checked(link, root=self._asking.root) if link else None for link in links
        )
        if (following is None) == (latest is None):
            raise OutlookUnavailable
        found = (read_delta_item(raw, calendar_id=calendar_id) for raw in items(page))
        return DeltaPage(tuple(found), following, latest)


def _understood(read: Callable[[Any], Value], raw: Any) -> Value:
    """What was read, or the blame on this one item where it cannot be understood."""
    try:
        return read(raw)
    except Unreadable as error:
        raise RowRefused("unreadable", str(error)) from error


def _written(raw: Any, *, calendar_id: str | None = None) -> RemoteEvent:
    """What a write answered. The write has happened, whether its answer makes sense or not."""
    try:
        return read_event(raw, calendar_id=calendar_id)
    except Unreadable as error:
        raise OutlookUnavailable(ambiguous=True) from error


def _event(event_id: str) -> str:
    return f"/me/events/{quote(event_id, safe='')}"


def _calendar(calendar_id: str) -> str:
    return f"/me/calendars/{quote(calendar_id, safe='')}"


def _bounds(start: datetime, end: datetime) -> dict[str, str]:
    return {"startDateTime": query_instant(start), "endDateTime": query_instant(end)}
