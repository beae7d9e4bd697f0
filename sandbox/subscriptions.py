"""A subscription: who wants to hear of which calendar, and until when."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any


@dataclass
class Subscription:
    """What a client asked for. `calendar_id` is the calendar that the resource means."""

    id: str
    resource: str
    calendar_id: str
    change_type: str
    notification_url: str
    lifecycle_url: str | None
    client_state: str | None
    expires: datetime
    application_id: str
    creator_id: str
    tls: str
    immutable: bool

    def wants(self, kind: str, calendar_id: str, now: datetime) -> bool:
        """Is this change to be told?"""
        kinds = self.change_type.lower().split(",")
        return self.calendar_id == calendar_id and kind in kinds and self.expires > now

    def renewed(self, expires: datetime, url: str) -> "Subscription":
        """The same subscription with another end and address."""
        return replace(self, expires=expires, notification_url=url)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self) | {"expires": self.expires.isoformat()}

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> "Subscription":
        return cls(**{**record, "expires": datetime.fromisoformat(record["expires"])})
