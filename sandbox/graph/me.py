"""The signed-in user: who they are, how their mailbox is set, what zones there are."""

from typing import Any

from sandbox import ids, zones
from sandbox.errors import GraphError
from sandbox.graph.asks import Answer, Call
from sandbox.graph.refusals import no_segment

MOST_IDS = 1000
FORMS = ("restId", "restImmutableEntryId")


def show(call: Call) -> Answer:
    """GET /me."""
    mailbox = call.mailbox
    first, _, last = mailbox.display_name.partition(" ")
    shape: dict[str, Any] = {
        "businessPhones": [],
        "displayName": mailbox.display_name,
        "givenName": first,
        "jobTitle": None,
        "mail": None if mailbox.kind == "no_mailbox" else mailbox.upn,
        "mobilePhone": None,
        "officeLocation": None,
        "preferredLanguage": None,
        "surname": last,
        "userPrincipalName": mailbox.upn,
        "id": user_id(call),
    }
    names = [name.strip() for name in call.query.get("select", "").split(",") if name.strip()]
    if names and "*" not in names:
        shape = {name: value for name, value in shape.items() if name in (*names, "id")}
    return Answer(200, {"@odata.context": call.context("users/$entity"), **shape})


def user_id(call: Call) -> str:
    """Work accounts are known by their object id, personal ones by a short number."""
    if call.mailbox.kind == "personal":
        return call.mailbox.object_id.replace("-", "")[-16:]
    return call.mailbox.object_id


def settings(call: Call) -> Answer:
    """GET /me/mailboxSettings."""
    context = call.context(f"{call.me}/mailboxSettings")
    return Answer(200, {"@odata.context": context, **_settings(call)})


def setting(call: Call) -> Answer:
    """GET /me/mailboxSettings/{name}: one of them alone."""
    name = call.path[-1]
    known = _settings(call)
    if name not in known:
        raise no_segment(name)
    context = {"@odata.context": call.context(f"{call.me}/mailboxSettings/{name}")}
    value = known[name]
    return Answer(200, context | (value if isinstance(value, dict) else {"value": value}))


def change_settings(call: Call) -> Answer:
    """PATCH /me/mailboxSettings."""
    said = {k: v for k, v in call.said.items() if k in _settings(call)}
    if "timeZone" in said:
        zones.zone(str(said["timeZone"]))
        call.mailbox.time_zone = said["timeZone"]
    call.mailbox.settings = call.mailbox.settings | said
    call.mailbox.dirty = True
    return settings(call)


def working_hours(zone_name: str) -> dict[str, Any]:
    """Exchange's own: Monday to Friday, eight to five."""
    return {
        "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
        "startTime": "08:00:00.0000000",
        "endTime": "17:00:00.0000000",
        "timeZone": {"name": zone_name},
    }


def _settings(call: Call) -> dict[str, Any]:
    own = call.mailbox.time_zone
    return {
        "archiveFolder": None,
        "timeZone": own,
        "delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly",
        "dateFormat": "dd.MM.yyyy",
        "timeFormat": "HH:mm",
        "userPurpose": "user",
        "automaticRepliesSetting": {"status": "disabled", "externalAudience": "all"},
        "language": {"locale": "en-GB", "displayName": "English (United Kingdom)"},
        "workingHours": working_hours(own),
    } | call.mailbox.settings


def time_zones(call: Call) -> Answer:
    """GET /me/outlook/supportedTimeZones, Windows names or IANA names."""
    value = zones.supported(iana="iana" in call.path[-1].lower())
    kind = "Collection(microsoft.graph.timeZoneInformation)"
    return Answer(200, {"@odata.context": call.context(kind), "value": value})


def translate_ids(call: Call) -> Answer:
    """POST /me/translateExchangeIds."""
    given, target = call.parameter("inputIds"), call.parameter("targetIdType")
    if not isinstance(given, list) or len(given) > MOST_IDS or target not in FORMS:
        raise GraphError(400, "ErrorInvalidRequest", "inputIds and targetIdType are needed.")
    kind = "Collection(microsoft.graph.convertIdResult)"
    value = [_translated(call, str(one), target) for one in given]
    return Answer(200, {"@odata.context": call.context(kind), "value": value})


def _translated(call: Call, source: str, target: str) -> dict[str, Any]:
    try:
        if ids.read(call.mailbox.home, source).form == ids.CALENDAR:
            return {"sourceId": source, "targetId": source}
        event = call.mailbox.event(source)
    except GraphError as error:
        details = {"code": error.code, "message": error.message}
        return {"sourceId": source, "targetId": None, "errorDetails": details}
    return {"sourceId": source, "targetId": event.id if target == FORMS[0] else event.immutable_id}
