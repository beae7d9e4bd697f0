"""What Microsoft has been asked to tell us of: the subscriptions of one account."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from panel.domain.errors import AddressUnreached, NothingThere, OutlookUnavailable, RowRefused
from panel.domain.remote import RemoteSubscription
from panel.outlook.asking import Asking
from panel.outlook.wire import Unreadable, read_subscription

KINDS = "created,updated,deleted"
# Minutes that Microsoft grants at most, a little less: since 2024, and before.
LONGEST, FORMERLY = 10_000, 4_200


class Subscriptions:
    """What this application may be told of one person's calendars."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def all(self) -> tuple[RemoteSubscription, ...]:
        """All of this application, whichever installation of it made them."""
        return tuple(_read(raw) for raw in self._asking.pages("/subscriptions"))

    def create(
        self, calendar_id: str, *, address: str, secret: str, now: datetime
    ) -> RemoteSubscription:
        """Ask to be told of every change in a calendar.

        Before it answers, Microsoft asks at `address` for an echo; all that it tells there
        later holds `secret`. Raises AddressUnreached.
        """
        wish = {
            "changeType": KINDS,
            "notificationUrl": address,
            "lifecycleNotificationUrl": address,
            "resource": f"me/calendars/{calendar_id}/events",
            "clientState": secret,
            "latestSupportedTlsVersion": "v1_2",
        }
        return self._until("POST", "/subscriptions", wish, now)

    def renew(self, subscription_id: str, *, now: datetime) -> RemoteSubscription:
        """Ask for more time, which also shows that the access is still there.

        Raises NothingThere or DeltaExpired where there is no such subscription any more.
        """
        return self._until("PATCH", _one(subscription_id), {}, now)

    def end(self, subscription_id: str) -> None:
        """Be told no more; one that is gone has ended."""
        with suppress(NothingThere):
            self._asking.write("DELETE", _one(subscription_id))

    def _until(
        self, method: str, path: str, wish: dict[str, Any], now: datetime
    ) -> RemoteSubscription:
        """Send the wish for as long as Microsoft grants it."""
        try:
            return self._written(method, path, wish, now + timedelta(minutes=LONGEST))
        except (AddressUnreached, NothingThere):
            raise
        except RowRefused:
            return self._written(method, path, wish, now + timedelta(minutes=FORMERLY))

    def _written(
        self, method: str, path: str, wish: dict[str, Any], ends: datetime
    ) -> RemoteSubscription:
        dated = wish | {"expirationDateTime": f"{ends:%Y-%m-%dT%H:%M:%SZ}"}
        try:
            return read_subscription(self._asking.write(method, path, dated))
        except Unreadable as error:
            raise OutlookUnavailable(ambiguous=True) from error


def _one(subscription_id: str) -> str:
    return f"/subscriptions/{quote(subscription_id, safe='')}"


def _read(raw: Any) -> RemoteSubscription:
    try:
        return read_subscription(raw)
    except Unreadable as error:
        raise RowRefused("unreadable", str(error)) from error
