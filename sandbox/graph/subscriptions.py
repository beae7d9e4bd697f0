"""Subscriptions: made after a handshake, renewed, dropped."""

from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from sandbox.errors import GraphError
from sandbox.graph.asks import Answer, Call
from sandbox.moments import read_instant
from sandbox.subscriptions import Subscription

LONGEST = timedelta(minutes=10_080)
SHORTEST = timedelta(minutes=45)
KINDS = frozenset({"created", "updated", "deleted"})
MOST = 1000


def bad(message: str, code: str = "InvalidRequest") -> GraphError:
    """What Graph answers to a subscription that it cannot keep."""
    return GraphError(400, code, message)


def index(call: Call) -> Answer:
    """GET /subscriptions: this application's, of this user."""
    value = [_shape(one) for one in _own(call)]
    return Answer(200, {"@odata.context": call.context("subscriptions"), "value": value})


async def create(call: Call) -> Answer:
    """POST /subscriptions. Both addresses must echo a token before there is one."""
    body = call.said
    if len(_own(call)) >= MOST:
        raise GraphError(403, "ExtensionError", "Too many subscriptions for this mailbox.")
    subscription = _read(call, body)
    for url in (subscription.notification_url, subscription.lifecycle_url):
        if url:
            await call.world.courier.validate(url)
    call.mailbox.subscriptions[subscription.id] = subscription
    call.mailbox.dirty = True
    return Answer(201, _one(call, subscription))


def show(call: Call) -> Answer:
    """GET /subscriptions/{id}."""
    return Answer(200, _one(call, _find(call)))


async def renew(call: Call) -> Answer:
    """PATCH /subscriptions/{id}: a new end, or a new address, which is validated."""
    subscription = _find(call)
    body = call.said
    expires, url = subscription.expires, subscription.notification_url
    if "expirationDateTime" in body:
        expires = _expires(call, body)
    if "notificationUrl" in body:
        url = _address(body["notificationUrl"], "notificationUrl")
        await call.world.courier.validate(url)
    renewed = subscription.renewed(expires, url)
    call.mailbox.subscriptions[renewed.id] = renewed
    call.mailbox.dirty = True
    return Answer(200, _one(call, renewed))


def delete(call: Call) -> Answer:
    """DELETE /subscriptions/{id}."""
    del call.mailbox.subscriptions[_find(call).id]
    call.mailbox.dirty = True
    return Answer(204)


def reauthorize(call: Call) -> Answer:
    """POST /subscriptions/{id}/reauthorize."""
    _find(call)
    return Answer(204)


def _own(call: Call) -> list[Subscription]:
    return [
        one
        for one in call.mailbox.subscriptions.values()
        if one.expires > call.now and one.application_id == call.ask.client_id
    ]


def _find(call: Call) -> Subscription:
    for one in _own(call):
        if one.id == call.args[0]:
            return one
    raise GraphError(404, "ResourceNotFound", "The object was not found.")


def _read(call: Call, body: dict[str, Any]) -> Subscription:
    kinds = str(body.get("changeType") or "").replace(" ", "")
    if not kinds or not set(kinds.lower().split(",")) <= KINDS:
        raise bad("The changeType must be created, updated, deleted or several of them.")
    state = body.get("clientState")
    if state is not None and (not isinstance(state, str) or len(state) > 128):
        raise bad("The clientState has at most 128 characters.")
    if body.get("includeResourceData"):
        raise bad("Resource data needs an encryption certificate, which is not supported here.")
    lifecycle = body.get("lifecycleNotificationUrl")
    return Subscription(
        id=str(uuid4()),
        resource=str(body.get("resource") or ""),
        calendar_id=_calendar(call, str(body.get("resource") or "")),
        change_type=kinds,
        notification_url=_address(body.get("notificationUrl"), "notificationUrl"),
        lifecycle_url=_address(lifecycle, "lifecycleNotificationUrl") if lifecycle else None,
        client_state=state,
        expires=_expires(call, body),
        application_id=call.ask.client_id,
        creator_id=call.mailbox.object_id,
        tls=str(body.get("latestSupportedTlsVersion") or "v1_2"),
        immutable=call.prefer.immutable,
    )


def _calendar(call: Call, resource: str) -> str:
    """The calendar of a resource. me/events tells of the default calendar only, as observed."""
    parts = [unquote(part) for part in resource.split("?")[0].strip("/").split("/")]
    own = (call.mailbox.object_id.lower(), call.mailbox.upn.lower())
    if parts[0].lower() == "me":
        parts = parts[1:]
    elif parts[0].lower() == "users" and len(parts) > 1 and parts[1].lower() in own:
        parts = parts[2:]
    else:
        raise bad(f"The resource '{resource}' is not supported.")
    words = [part.lower() for part in parts]
    if words in (["events"], ["calendar", "events"]):
        return call.mailbox.default_calendar.id
    if len(parts) == 3 and words[0] == "calendars" and words[2] == "events":
        return call.mailbox.calendar(parts[1]).id
    raise bad(f"The resource '{resource}' is not supported.")


def _address(url: Any, name: str) -> str:
    """A notification address. Real Graph asks for public https; this one stays on loopback."""
    try:
        parts = urlsplit(str(url))
    except ValueError:
        parts = urlsplit("")
    host = parts.hostname
    if not host or parts.scheme not in ("http", "https"):
        raise bad(f"The {name} must be an absolute https address.", "ValidationError")
    if host != "localhost" and not _is_loopback(host):
        raise bad(f"The sandbox only notifies loopback addresses: {name}.", "ValidationError")
    return str(url)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _expires(call: Call, body: dict[str, Any]) -> datetime:
    try:
        expires = read_instant(str(body.get("expirationDateTime") or ""))
    except ValueError:
        raise bad("The expirationDateTime cannot be read.") from None
    if expires <= call.now:
        raise bad("Subscription expiration must be in the future.")
    if expires > call.now + LONGEST + timedelta(minutes=1):
        minutes = int(LONGEST.total_seconds() // 60)
        raise bad(f"Subscription expiration can only be {minutes} minutes in the future.")
    return max(expires, call.now + SHORTEST)


def _one(call: Call, subscription: Subscription) -> dict[str, Any]:
    context = call.context("subscriptions/$entity")
    return {"@odata.context": context, **_shape(subscription)}


def _shape(one: Subscription) -> dict[str, Any]:
    return {
        "id": one.id,
        "resource": one.resource,
        "applicationId": one.application_id,
        "changeType": one.change_type,
        "clientState": one.client_state,
        "notificationUrl": one.notification_url,
        "notificationQueryOptions": None,
        "lifecycleNotificationUrl": one.lifecycle_url,
        "expirationDateTime": one.expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "creatorId": one.creator_id,
        "includeResourceData": None,
        "latestSupportedTlsVersion": one.tls,
        "encryptionCertificate": None,
        "encryptionCertificateId": None,
        "notificationUrlAppId": None,
    }
