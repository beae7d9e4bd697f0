"""Change notifications: who is told, how often it is tried, and lifecycle events.

Timings are those of Microsoft's guide (concepts/change-notifications-delivery-webhooks): 10 s for
a handshake, 3 s for a first delivery, 10 s for each repetition, up to 4 hours.
"""

import asyncio
from datetime import UTC
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import aiohttp

from sandbox.errors import GraphError
from sandbox.graph.surroundings import Surroundings
from sandbox.mailbox import Change, Mailbox
from sandbox.subscriptions import Subscription

GATHER = 0.05  # seconds in which changes are gathered into one delivery
FIRST, AGAIN, HANDSHAKE = 3.0, 10.0, 10.0
GIVE_UP = 4 * 3600
LONGEST_PAUSE = 60.0
EVENTS = ("reauthorizationRequired", "subscriptionRemoved", "missed")


class Courier:
    """Carries notifications to loopback addresses. One per world: `world.courier`.

    The world sets `mailbox.listener = world.courier.heard` for each mailbox and closes the
    courier when it ends.
    """

    def __init__(self, world: Surroundings) -> None:
        self.world = world
        self.waiting: dict[str, list[dict[str, Any]]] = {}  # by address
        self.tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def find(self, subscription_id: str) -> Subscription | None:
        """A subscription of whatever mailbox."""
        for mailbox in self.world.mailboxes.values():
            if subscription_id in mailbox.subscriptions:
                return mailbox.subscriptions[subscription_id]
        return None

    def heard(self, mailbox: Mailbox, change: Change) -> None:
        """Tell the subscribers of this change. Needs a running loop only if there are any."""
        for one in mailbox.subscriptions.values():
            if one.wants(change.kind, change.calendar_id, self.world.now()):
                item = _item(mailbox, one, change)
                copies = int(self.world.quirks.get("notifications", 1))
                self._queue(one.notification_url, [item] * copies)

    async def lifecycle(self, subscription: Subscription, event: str) -> None:
        """Send `missed`, `subscriptionRemoved` or `reauthorizationRequired`.

        A removed subscription is gone before it is told.
        """
        mailbox = next(
            one for one in self.world.mailboxes.values() if subscription.id in one.subscriptions
        )
        if event not in EVENTS:
            raise GraphError(400, "InvalidRequest", f"'{event}' is no lifecycle event.")
        if event == "subscriptionRemoved":
            del mailbox.subscriptions[subscription.id]
            mailbox.dirty = True
        if subscription.lifecycle_url:
            item = _head(mailbox, subscription) | {"lifecycleEvent": event}
            self._queue(subscription.lifecycle_url, [item])

    async def validate(self, url: str) -> None:
        """The handshake. GraphError 400 unless the token comes back as plain text in time."""
        token = (
            "Validation: Testing client application reachability for subscription Request-Id: "
            f"{uuid4()}"
        )
        glue = "&" if "?" in url else "?"
        asked = f"{url}{glue}validationToken={quote(token, safe='').replace('%20', '+')}"
        try:
            status, kind, text = await self._ask(asked, HANDSHAKE, data=b"")
        except TimeoutError:
            raise _invalid("Subscription validation request timed out.") from None
        except aiohttp.ClientError:
            raise _invalid(_NOT_OK) from None
        if status != 200 or kind != "text/plain" or text != token:
            raise _invalid(_NOT_OK)

    async def close(self) -> None:
        """Stop what is under way."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None

    def _queue(self, url: str, items: list[dict[str, Any]]) -> None:
        if not items:
            return
        is_new = url not in self.waiting
        self.waiting.setdefault(url, []).extend(items)
        if is_new:
            task = asyncio.get_running_loop().create_task(self._deliver(url))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _deliver(self, url: str) -> None:
        await asyncio.sleep(GATHER)
        items = self.waiting.pop(url)
        deadline = asyncio.get_running_loop().time() + GIVE_UP
        patience, pause = FIRST, 1.0
        while not await self._sent(url, items, patience):
            if asyncio.get_running_loop().time() + pause > deadline:
                return
            await asyncio.sleep(pause)
            patience, pause = AGAIN, min(pause * 2, LONGEST_PAUSE)

    async def _sent(self, url: str, items: list[dict[str, Any]], patience: float) -> bool:
        try:
            status, _, _ = await self._ask(url, patience, json={"value": items})
        except (aiohttp.ClientError, TimeoutError):
            return False
        return 200 <= status < 300

    async def _ask(self, url: str, patience: float, **content: Any) -> tuple[int, str, str]:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        headers = {} if "json" in content else {"Content-Type": "text/plain; charset=utf-8"}
        async with self._session.post(
            url,
            headers=headers,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=patience),
            **content,
        ) as answer:
            return answer.status, answer.content_type, await answer.text(errors="replace")


_NOT_OK = (
    "Subscription validation request failed. Notification endpoint must respond with 200 OK to "
    "validation request."
)


def _invalid(message: str) -> GraphError:
    return GraphError(400, "ValidationError", message)


def _head(mailbox: Mailbox, subscription: Subscription) -> dict[str, Any]:
    expires = subscription.expires.astimezone(UTC).isoformat(timespec="seconds")
    return {
        "subscriptionId": subscription.id,
        "subscriptionExpirationDateTime": expires,
        "clientState": subscription.client_state,
        "tenantId": mailbox.tenant_id,
    }


def _item(mailbox: Mailbox, subscription: Subscription, change: Change) -> dict[str, Any]:
    event = change.event
    own = event.immutable_id if subscription.immutable else event.id
    resource = f"Users/{mailbox.object_id}/Events/{own}"
    return _head(mailbox, subscription) | {
        "changeType": change.kind,
        "resource": resource,
        "resourceData": {
            "@odata.type": "#Microsoft.Graph.Event",
            "@odata.id": resource,
            "@odata.etag": f'W/"DwAAABYAAAB{event.change_key}"',
            "id": own,
        },
    }
