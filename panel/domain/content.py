"""What one copy says: the fields that Panel owns, and the time that both sides share."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from panel.domain.body import fold

CATEGORY = "Panel"
# Address and name of a customer who is invited.
Guest = tuple[str, str]


@dataclass(frozen=True)
class Content:
    """What should stand, or what was agreed to stand, in Outlook.

    `starts` and `ends` are aware UTC instants with `before` and `after` minutes of buffer
    inside them. `block` is our plain text in the body, compared folded; empty where there is
    none to write. An empty `location` is not ours: what stands there stays. `guests` are the
    customers to be invited; None where nobody is to be, and who was invited stays. `hidden`
    says that they do not see each other. `teams` asks for a meeting when the copy is made, and
    is nothing that could differ afterwards.
    """

    title: str
    block: str
    location: str
    starts: datetime
    ends: datetime
    before: int = 0
    after: int = 0
    guests: tuple[Guest, ...] | None = None
    hidden: bool = True
    teams: bool = field(default=False, compare=False)

    @property
    def time(self) -> tuple[datetime, datetime]:
        return self.starts, self.ends

    def without_buffers(self, starts: datetime, ends: datetime) -> tuple[datetime, datetime]:
        """What is promised to the customer when the entry stands from `starts` to `ends`."""
        return starts + timedelta(minutes=self.before), ends - timedelta(minutes=self.after)

    def at(self, starts: datetime, ends: datetime) -> Content:
        """The same content at another time."""
        return replace(self, starts=starts, ends=ends)

    def to_json(self) -> dict[str, Any]:
        known = asdict(self)
        return {**known, "starts": self.starts.isoformat(), "ends": self.ends.isoformat()}

    @classmethod
    def from_json(cls, known: dict[str, Any]) -> Content:
        """Read what `to_json` wrote."""
        moments = {
            name: datetime.fromisoformat(known[name]).astimezone(UTC) for name in ("starts", "ends")
        }
        guests = known.get("guests")
        invited = None if guests is None else tuple((address, name) for address, name in guests)
        return cls(**{**known, **moments, "guests": invited})

    @property
    def invited(self) -> frozenset[str]:
        """The addresses of the guests, in small letters."""
        return frozenset(address.casefold() for address, _ in self.guests or ())


@dataclass(frozen=True)
class Found:
    """What one copy says now, read from Outlook.

    `reshaped` says that it became an all-day entry, a series, or a cancelled one: its time
    is then no time of an appointment. `block` is folded, and None
    where the employee removed it. `people` are the addresses of all attendees, in small
    letters. `online` says that it holds a meeting's link, which lives in the body.
    """

    title: str
    block: str | None
    location: str
    category: bool
    starts: datetime | None
    ends: datetime | None
    reshaped: bool
    people: frozenset[str] = frozenset()
    online: bool = False

    def same_time(self, content: Content) -> bool:
        return not self.reshaped and (self.starts, self.ends) == content.time

    def same_length(self, content: Content) -> bool:
        if self.starts is None or self.ends is None:
            return False
        return self.ends - self.starts == content.ends - content.starts

    def same_block(self, content: Content, agreed: Content) -> bool:
        """Compare our block. One that the employee removed is not missed."""
        if self.block is None:
            return bool(agreed.block) or not content.block
        return self.block == fold(content.block)

    def same_fields(self, content: Content, agreed: Content) -> bool:
        """Compare every owned field but the time.

        Where people are invited, text and category alone are not worth a mail to them; they
        go along with what is.
        """
        place_kept = not content.location or self.location == content.location
        kept = self.title == content.title and place_kept and self.same_guests(content, agreed)
        if not kept or self.tells(agreed):
            return kept
        return self.category and (self.online or self.same_block(content, agreed))

    def tells(self, agreed: Content) -> bool:
        """Whether a change of this copy is mailed to customers."""
        return bool(self.people & agreed.invited)

    def same_guests(self, content: Content, agreed: Content) -> bool:
        """Compare our customers. One who was invited and is not there any more is not missed."""
        if content.guests is None:
            return True
        missing = content.invited - self.people - agreed.invited
        too_many = (agreed.invited - content.invited) & self.people
        hidden = content.hidden == agreed.hidden or not content.invited & self.people
        return hidden and not missing and not too_many
