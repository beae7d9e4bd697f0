"""What one copy says: the fields that Panel owns, and the time that both sides share."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from panel.domain.body import fold

CATEGORY = "Panel"


@dataclass(frozen=True)
class Content:
    """What should stand, or what was agreed to stand, in Outlook.

    `starts` and `ends` are aware UTC instants with `before` and `after` minutes of buffer
    inside them. `block` is our plain text in the body, compared folded; empty where there is
    none to write. An empty `location` is not ours: what stands there stays.
    """

    title: str
    block: str
    location: str
    starts: datetime
    ends: datetime
    before: int = 0
    after: int = 0

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
        return cls(**{**known, **moments})


@dataclass(frozen=True)
class Found:
    """What one copy says now, read from Outlook.

    `reshaped` says that it became an all-day entry, a series, or a cancelled one: its time
    is then no time of an appointment. `block` is folded, and None
    where the employee removed it.
    """

    title: str
    block: str | None
    location: str
    category: bool
    starts: datetime | None
    ends: datetime | None
    reshaped: bool

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
        """Compare every owned field but the time."""
        place_kept = not content.location or self.location == content.location
        kept = self.title == content.title and place_kept and self.category
        return kept and self.same_block(content, agreed)
