"""A round: one complete reading of a calendar, staged before anything is changed here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from panel.db.base import ask, fresh
from panel.db.tables import Company, RemoteCalendarRow
from panel.domain.blocks import Block, block_of, masters_missing, occurrence_block
from panel.domain.cadence import window
from panel.domain.errors import DeltaExpired, Forbidden, Gone, OutlookUnavailable, RowRefused
from panel.domain.remote import (
    DeltaPage,
    RemoteEvent,
    RemovedItem,
    SkeletonOccurrence,
    UnreadableItem,
)
from panel.services.sync.visit import Place, Visit

Window = tuple[datetime, datetime]

# A window that lacks less than this is left for the weekly renewal.
_SLACK = timedelta(days=7)
_HORIZON = select(Company.horizon_days).where(Company.id == 1)
_LINK = select(
    RemoteCalendarRow.delta_link, RemoteCalendarRow.window_start, RemoteCalendarRow.window_end
).where(RemoteCalendarRow.id == bindparam("calendar"))


@dataclass
class Round:
    """What one calendar said, from the first page to the last.

    `full`: it was read from the start, so that what is absent in it is absent there.
    `since` is the link that it went on from. `changed_series` are the series that were sent
    again as a whole.
    """

    place: Place
    window: Window
    full: bool
    since: str | None = None
    link: str = ""
    events: dict[str, RemoteEvent] = field(default_factory=dict)
    bare: dict[str, SkeletonOccurrence] = field(default_factory=dict)
    masters: dict[str, RemoteEvent] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)
    gone_series: set[str] = field(default_factory=set)

    @property
    def changed_series(self) -> set[str]:
        sent_again = set(self.masters) | {one.series_master_id for one in self.bare.values()}
        return sent_again | self.gone_series

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed there since the last round."""
        return not (self.events or self.bare or self.removed or self.unreadable)

    def blocks(self) -> dict[str, Block]:
        """The time that is taken, by the id of what takes it."""
        found = {id_: block_of(event) for id_, event in self.events.items()}
        for id_, bare in self.bare.items():
            if bare.series_master_id not in self.gone_series:
                found[id_] = occurrence_block(bare, self.masters.get(bare.series_master_id))
        return {id_: block for id_, block in found.items() if block is not None}

    def take(self, page: DeltaPage) -> None:
        """Add a page; of an item that comes twice, the last one counts."""
        for item in page.items:
            for kept in (self.events, self.bare, self.masters):
                kept.pop(item.id, None)
            self.removed.discard(item.id)
            self.unreadable.discard(item.id)
            if isinstance(item, UnreadableItem):
                self.unreadable.add(item.id)
            elif isinstance(item, RemovedItem):
                self.removed.add(item.id)
            elif isinstance(item, SkeletonOccurrence):
                self.bare[item.id] = item
            elif isinstance(item, RemoteEvent):
                self.events[item.id] = item
                if item.type == "seriesMaster":
                    self.masters[item.id] = item


def read_round(visit: Visit, place: Place, wanted: Window, *, afresh: bool) -> Round:
    """Read a calendar from where the last round ended, or from the start.

    From the start too where Microsoft has forgotten the link, or reaches not as far as wanted.
    """
    link = None if afresh else _usable_link(place, wanted)
    if link is not None:
        known, old_link = link
        try:
            staged = _read(visit, Round(place, known, full=False, since=old_link))
        except DeltaExpired:
            staged = _read(visit, Round(place, wanted, full=True))
    else:
        staged = _read(visit, Round(place, wanted, full=True))
    _fill_in_masters(visit, staged)
    return staged


def _read(visit: Visit, staged: Round) -> Round:
    remote_id = staged.place.remote_id
    page = (
        visit.client.follow(staged.since, calendar_id=remote_id)
        if staged.since
        else visit.client.delta(remote_id, staged.window)
    )
    followed = set()
    while True:
        staged.take(page)
        if page.delta_link is not None:
            staged.link = page.delta_link
            return staged
        following = page.next_link or ""
        if following in followed:
            raise OutlookUnavailable("Microsoft's answer goes round in a circle.")
        followed.add(following)
        page = visit.client.follow(following, calendar_id=remote_id)


def _fill_in_masters(visit: Visit, staged: Round) -> None:
    for master_id in masters_missing(staged.bare, staged.masters):
        try:
            staged.masters[master_id] = visit.client.event(master_id)
        except Gone:
            staged.gone_series.add(master_id)
        except (Forbidden, RowRefused):
            continue  # Its dates block as busy, details unknown; the round goes on.


def window_of(visit: Visit) -> Window:
    """The time for which the calendars of this mailbox are to be read."""
    kept = ask(_HORIZON).scalar()
    horizon = 90 if kept is None else kept
    return window(visit.now(), horizon, visit.last_copy())


def _usable_link(place: Place, wanted: Window) -> tuple[Window, str] | None:
    """The stored link, while its window still reaches far enough."""
    link, start, end = ask(_LINK, calendar=place.id).one()
    fresh()
    if link is None or start is None or end is None or end < wanted[1] - _SLACK:
        return None
    return (start, end), link
