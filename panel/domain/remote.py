"""What stands in Outlook, and what we want to stand there, as values of our own."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from panel.domain.body import fold_html
from panel.domain.errors import PanelError

AccountKind = Literal["work", "personal"]


@dataclass(frozen=True)
class TokenSet:
    """What Microsoft handed out for one account. Neither token is ever shown or logged.

    `expires_at` is an aware UTC instant. `scopes` are the granted rights by their short
    names in small letters, as `calendars.readwrite`.
    """

    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_at: datetime
    scopes: frozenset[str]


@dataclass(frozen=True)
class Identity:
    """Whose account it is: `tenant_id` and `object_id` together never change."""

    tenant_id: str
    object_id: str
    name: str
    address: str
    kind: AccountKind


@dataclass(frozen=True)
class RemoteSubscription:
    """Microsoft's promise to tell of changes at `address`, until `ends` (aware UTC)."""

    id: str
    address: str
    ends: datetime


@dataclass(frozen=True)
class RemotePerson:
    """The person as the calendar service knows them."""

    id: str
    name: str
    address: str


@dataclass(frozen=True)
class RemoteCalendar:
    """One calendar of the account; a shared one has another person as its owner."""

    id: str
    name: str
    color: str
    can_edit: bool
    is_default: bool
    owner_name: str
    owner_address: str
    allows_teams: bool


@dataclass(frozen=True)
class Attendee:
    """Somebody invited. `kind` is required, optional or resource."""

    address: str
    name: str = ""
    response: str = "none"
    kind: str = "required"


@dataclass(frozen=True)
class RemoteEvent:
    """One entry of an Outlook calendar.

    A timed entry has `start` and `end`, aware UTC instants; an all-day entry has
    `start_date` and `end_date` instead, the end exclusive. `calendar_id` and `marker` are
    None where the answer did not say them, not where there is none. `has_recurrence`
    is true of a series master. Ids are case-sensitive.
    """

    id: str
    calendar_id: str | None
    change_key: str
    subject: str
    body_html: str = field(repr=False)
    start: datetime | None
    end: datetime | None
    is_all_day: bool
    start_date: date | None
    end_date: date | None
    show_as: str
    sensitivity: str
    is_cancelled: bool
    is_draft: bool
    response: str
    type: str
    series_master_id: str | None
    i_cal_uid: str
    transaction_id: str | None
    marker: str | None
    location: str
    categories: tuple[str, ...]
    attendees: tuple[Attendee, ...]
    is_organizer: bool
    has_recurrence: bool
    last_modified: datetime | None
    online_meeting_url: str | None

    @property
    def people(self) -> frozenset[str]:
        """The addresses of all attendees, in small letters."""
        return frozenset(one.address.casefold() for one in self.attendees)

    @cached_property
    def body_text(self) -> str:
        """What a reader of the body sees, folded."""
        return fold_html(self.body_html)


@dataclass(frozen=True)
class RemovedItem:
    """Delta says that this id has left its window or its calendar. Only a hint."""

    id: str
    reason: str


@dataclass(frozen=True)
class SkeletonOccurrence:
    """One date of a series as delta sends it: bare, the rest stands in its master.

    For a series of all-day entries both instants are UTC midnights of the dates meant.
    """

    id: str
    series_master_id: str
    start: datetime
    end: datetime
    change_key: str


@dataclass(frozen=True)
class UnreadableItem:
    """An entry that is there but cannot be read; `why` is for the journal."""

    id: str
    why: str


@dataclass(frozen=True)
class Unknown:
    """Nothing can be said about this id: Microsoft answered with the error `because`."""

    id: str
    because: PanelError


DeltaItem = RemoteEvent | SkeletonOccurrence | RemovedItem | UnreadableItem


@dataclass(frozen=True)
class DeltaPage:
    """One page of a round: either `next_link` or, on the last page, `delta_link` is set."""

    items: tuple[DeltaItem, ...]
    next_link: str | None
    delta_link: str | None


@dataclass(frozen=True)
class EventWish:
    """What we want to stand in Outlook. None means: not ours, not sent.

    `start` and `end` are aware UTC instants. `transaction_id` and `marker` belong to one
    generation: the same wish sent twice makes one entry.
    """

    subject: str
    body_html: str | None = field(repr=False)
    start: datetime
    end: datetime
    marker: str
    transaction_id: str
    location: str | None = None
    categories: tuple[str, ...] | None = None
    attendees: tuple[Attendee, ...] | None = None
    teams: bool = False
    show_as: str | None = None
    sensitivity: str | None = None
    hide_attendees: bool = True
