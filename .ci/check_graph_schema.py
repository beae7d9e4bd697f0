"""Check the sandbox's Graph answers against Microsoft's schemas.

    python .ci/check_graph_schema.py GRAPH_OPENAPI_JSON SANDBOX_URL

Asks a running sandbox for everything the OpenAPI document lists, and some more, as Anna and as
Carla (whose mailbox it fills and leaves so), and validates each answer, refusals too. A property
that the schema does not know counts as a mistake, and so does an operation never asked for.
"""

import json
import re
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import jsonschema
import requests

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.sandbox_process import ANNA, CARLA, Sandbox  # noqa: E402
from tests.sandbox_signin import SCOPE, Application  # noqa: E402

SCOPES = SCOPE + " MailboxSettings.ReadWrite"
WINDOW = "startDateTime=2027-03-01T00:00:00Z&endDateTime=2027-05-01T00:00:00Z"
MARKER = "String {6c1a2a0e-0000-4000-8000-000000000001} Name Ref"
FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("date-time")
def is_moment(value: object) -> bool:
    pattern = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
    return not isinstance(value, str) or re.fullmatch(pattern, value) is not None


@FORMATS.checks("date")
def is_date(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None


@FORMATS.checks("uuid")
def is_uuid(value: object) -> bool:
    pattern = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    return not isinstance(value, str) or re.fullmatch(pattern, value) is not None


def plain(schema: Any) -> Any:
    """An OpenAPI 3.0 schema as JSON Schema: nullable becomes a type of its own."""
    if isinstance(schema, list):
        return [plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    rest = {name: plain(value) for name, value in schema.items() if name != "nullable"}
    return {"anyOf": [rest, {"type": "null"}]} if schema.get("nullable") is True else rest


class Contract:
    """Microsoft's document, and what was checked against it."""

    def __init__(self, path: Path) -> None:
        self.document = json.loads(path.read_text())
        self.components = {"schemas": plain(self.document["components"]["schemas"])}
        self.unasked = {
            (method.upper(), path)
            for path, item in self.document["paths"].items()
            for method in item
            if method != "parameters"
        }
        self.mistakes: list[str] = []
        self.checked = 0

    def check(self, method: str, path: str, status: int, body: Any) -> None:
        """An answer of an operation that the document lists."""
        self.unasked.discard((method, path))
        responses = self.document["paths"][path][method.lower()]["responses"]
        response = responses.get(str(status)) or responses.get(f"{status // 100}XX")
        if response is None:
            self.mistakes.append(f"{method} {path}: status {status} is not listed")
            return
        if "$ref" in response:
            self.check_kind(f"{method} {path}", "microsoft.graph.ODataErrors.ODataError", body)
        elif "content" in response:
            ref = response["content"]["application/json"]["schema"]["$ref"]
            self.check_kind(f"{method} {path}", ref.rpartition("/")[2], body)
        elif body is not None:
            self.mistakes.append(f"{method} {path}: {status} should have no body")

    def check_kind(self, what: str, kind: str, body: Any) -> None:
        """A body of a named schema."""
        self.checked += 1
        ref = f"#/components/schemas/{kind}"
        schema = {"$ref": ref, "components": self.components}
        validator = jsonschema.Draft202012Validator(schema, format_checker=FORMATS)
        for error in validator.iter_errors(body):
            self.mistakes.append(f"{what}: {error.json_path}: {error.message[:200]}")
        for path in self.unknown(self.components["schemas"][kind], body, "$"):
            self.mistakes.append(f"{what}: {path} is not in {kind}")

    def unknown(self, schema: Any, body: Any, path: str) -> list[str]:
        """The paths of properties that no schema names."""
        if isinstance(body, list):
            items = self.properties(schema).get("[]", {})
            return [bad for one in body for bad in self.unknown(items, one, f"{path}[]")]
        known = self.properties(schema)
        if not isinstance(body, dict) or "*" in known or not known:
            return []
        found = []
        for name, value in body.items():
            if name in known:
                found += self.unknown(known[name], value, f"{path}.{name}")
            elif not name.startswith("@odata."):
                found.append(f"{path}.{name}")
        return found

    def properties(self, schema: Any) -> dict[str, Any]:
        """All properties of a schema and those it is made of; [] are its items, * is open."""
        if "$ref" in schema:
            return self.properties(self.components["schemas"][schema["$ref"].rpartition("/")[2]])
        found = dict(schema.get("properties", {}))
        if schema.get("additionalProperties") is True:
            found["*"] = {}
        if "items" in schema:
            found["[]"] = schema["items"]
        for part in (*schema.get("allOf", ()), *schema.get("anyOf", ())):
            found |= self.properties(part)
        return found


class Echo(BaseHTTPRequestHandler):
    """Answers the handshake of a subscription, and keeps what is delivered."""

    delivered: list[Any] = []
    arrived = threading.Event()

    def do_POST(self) -> None:
        token = parse_qs(urlsplit(self.path).query).get("validationToken", [""])[0]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(token.encode())
        if body:
            self.delivered.append(json.loads(body))
            self.arrived.set()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


class Client:
    """One signed-in person, every answer of whom is checked."""

    def __init__(self, contract: Contract, url: str, upn: str) -> None:
        self.contract, self.url, self.upn = contract, url, upn
        token = Application(url).tokens(upn, scope=SCOPES)["access_token"]
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.headers = {"Authorization": f"Bearer {token}"}
        self.sandbox = Sandbox(url)

    def raw(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        url = path if path.startswith("http") else f"{self.url}/v1.0{path}"
        answer = self.http.request(method, url, json=body, headers=headers, timeout=30)
        return answer.status_code, answer.json() if answer.content else None

    def ask(self, method: str, template: str, body: Any = None, query: str = "", **ids: str) -> Any:
        """An operation of the document, with ids put into its path."""
        path = template
        for name, value in ids.items():
            path = path.replace("{" + name + "-id}", quote(value, safe=""))
        status, reply = self.raw(method, path + (f"?{query}" if query else ""), body)
        self.contract.check(method, template, status, reply)
        return reply

    def kind(self, method: str, path: str, kind: str, body: Any = None, **headers: str) -> Any:
        """Something the document has a schema for but no path."""
        status, reply = self.raw(method, path, body, **headers)
        shown = kind if status < 400 else "ODataErrors.ODataError"
        self.contract.check_kind(f"{method} {path}", f"microsoft.graph.{shown}", reply)
        return reply


def moment(text: str, zone: str = "UTC") -> dict[str, str]:
    return {"dateTime": text, "timeZone": zone}


def single(**more: Any) -> dict[str, Any]:
    """An event with about everything."""
    return {
        "subject": "Site visit",
        "body": {"contentType": "text", "content": "Bring the plans"},
        "start": moment("2027-03-08T09:00:00"),
        "end": moment("2027-03-08T10:00:00"),
        "location": {"displayName": "Hall 3"},
        "categories": ["Panel"],
        "attendees": [{"emailAddress": {"address": "ola@fabrikam.test"}, "type": "required"}],
        "singleValueExtendedProperties": [{"id": MARKER, "value": "one"}],
        "extensions": [{"extensionName": "test.panel", "ref": "one"}],
        **more,
    }


def series() -> dict[str, Any]:
    pattern = {"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["tuesday"], "index": "last"}
    span = {"type": "noEnd", "startDate": "2027-03-30"}
    return single(
        start=moment("2027-03-30T09:00:00", "W. Europe Standard Time"),
        end=moment("2027-03-30T10:00:00", "W. Europe Standard Time"),
        recurrence={"pattern": pattern, "range": span},
    )


def check_person(person: Client) -> str:
    """Who they are, and their calendars. Gives the id of a new calendar."""
    person.ask("GET", "/me")
    person.ask("GET", "/me/mailboxSettings")
    person.ask("PATCH", "/me/mailboxSettings", {"timeZone": "GMT Standard Time"})
    person.kind("GET", "/me/outlook/supportedTimeZones", "timeZoneInformationCollectionResponse")
    person.ask("GET", "/me/calendars")
    made = person.ask("POST", "/me/calendars", {"name": "Checked"})
    own = "/me/calendars/{calendar-id}"
    person.ask("GET", own, calendar=made["id"])
    person.ask("PATCH", own, {"color": "lightPink"}, calendar=made["id"])
    person.ask("GET", own, calendar="no-such-id")
    return made["id"]


def check_events(person: Client, base: str, **calendar: str) -> None:
    """Every operation on events below /me or below one calendar."""
    events = f"{base}/events"
    one = events + "/{event-id}"
    made = person.ask("POST", events, single(isOnlineMeeting=True), **calendar)
    master = person.ask("POST", events, series(), **calendar)
    all_day = single(
        isAllDay=True, start=moment("2027-03-10T00:00:00"), end=moment("2027-03-11T00:00:00")
    )
    person.ask("POST", events, all_day, **calendar)
    person.ask("POST", events, {"subject": "no time"}, **calendar)
    expand = f"$expand=singleValueExtendedProperties($filter=id eq '{MARKER}'),extensions,calendar"
    person.ask("GET", events, query=f"{expand}&$count=true&$orderby=start/dateTime", **calendar)
    found = f"singleValueExtendedProperties/Any(ep: ep/id eq '{MARKER}' and ep/value eq 'one')"
    person.ask("GET", events, query="$filter=" + quote(found), **calendar)
    dates = person.ask("GET", one + "/instances", query=WINDOW, event=master["id"], **calendar)
    moved = {"start": moment("2027-03-31T09:00:00"), "end": moment("2027-03-31T10:00:00")}
    person.ask("PATCH", one, moved, event=dates["value"][0]["id"], **calendar)
    person.ask("GET", one, event=dates["value"][0]["id"], **calendar)
    person.ask("PATCH", one, {"subject": "Later"}, event=made["id"], **calendar)
    for view in (f"{base}/calendarView", f"{base}/calendarView/delta()"):
        page = person.ask("GET", view, query=WINDOW, **calendar)
        person.ask("GET", view, **calendar)
        follow(person, view, page)
    follow(person, f"{events}/delta()", person.ask("GET", f"{events}/delta()", **calendar))
    check_actions(person, one, made["id"], calendar)
    person.ask("DELETE", one, event=master["id"], **calendar)
    person.ask("GET", one, event=master["id"], **calendar)


def follow(person: Client, template: str, page: Any) -> None:
    """All further pages."""
    while link := page.get("@odata.nextLink"):
        status, page = person.raw("GET", link)
        person.contract.check("GET", template, status, page)


def check_actions(person: Client, one: str, event_id: str, calendar: dict[str, str]) -> None:
    """What can be done to an event, also by somebody who was invited to it."""
    extension = one + "/extensions/{extension-id}"
    extra = {"extensionName": "test.more", "ref": "two"}
    person.ask("POST", one + "/extensions", extra, event=event_id, **calendar)
    person.ask("GET", one + "/extensions", event=event_id, **calendar)
    for method, body in (("GET", None), ("PATCH", {"ref": "three"}), ("DELETE", None)):
        person.ask(method, extension, body, event=event_id, extension="test.more", **calendar)
    to = {"toRecipients": [{"emailAddress": {"address": "ola@fabrikam.test"}}]}
    person.ask("POST", one + "/forward", to, event=event_id, **calendar)
    person.ask("POST", one + "/dismissReminder", event=event_id, **calendar)
    later = {"newReminderTime": moment("2027-03-08T08:00:00")}
    person.ask("POST", one + "/snoozeReminder", later, event=event_id, **calendar)
    for answer in ("accept", "tentativelyAccept", "decline"):
        person.ask("POST", f"{one}/{answer}", {}, event=event_id, **calendar)
        invited = invitation(person, calendar)
        person.ask("POST", f"{one}/{answer}", {"comment": "Yes"}, event=invited, **calendar)
        person.ask("GET", one, event=invited, **calendar)
    person.ask("POST", one + "/cancel", {"comment": "Sorry"}, event=event_id, **calendar)
    gone = person.ask("POST", one.removesuffix("/{event-id}"), single(), **calendar)
    person.ask("POST", one + "/permanentDelete", event=gone["id"], **calendar)


def invitation(person: Client, calendar: dict[str, str]) -> str:
    """A meeting that somebody else organizes."""
    body = single(organizer={"emailAddress": {"name": "Ola", "address": "ola@fabrikam.test"}})
    body["calendarId"] = calendar.get("calendar")
    return person.sandbox.ask("POST", f"mailboxes/{person.upn}/events", body)["id"]


def check_work_only(person: Client, other: str) -> None:
    """What only work accounts have, and the calls without a path in the document."""
    asked = {
        "schedules": [person.upn, other, "nobody@contoso.test"],
        "startTime": moment("2027-03-08T00:00:00"),
        "endTime": moment("2027-03-09T00:00:00"),
    }
    path = "/me/calendar/getSchedule"
    person.kind("POST", path, "scheduleInformationCollectionResponse", asked)
    _, listed = person.raw("GET", "/me/events")
    ids = [one["id"] for one in listed["value"]] + ["nonsense"]
    wanted = {"inputIds": ids, "sourceIdType": "restId", "targetIdType": "restImmutableEntryId"}
    path = "/me/translateExchangeIds"
    person.kind("POST", path, "convertIdResultCollectionResponse", wanted)


def check_subscriptions(person: Client) -> None:
    """Subscriptions and what is delivered."""
    server = HTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    wish = {
        "changeType": "created,updated,deleted",
        "notificationUrl": url,
        "lifecycleNotificationUrl": url,
        "resource": "me/events",
        "expirationDateTime": in_two_days(),
        "clientState": "secret",
    }
    made = person.ask("POST", "/subscriptions", wish)
    one, own = "/subscriptions/{subscription-id}", made["id"]
    person.ask("POST", "/subscriptions", {**wish, "resource": "me/messages"})
    person.ask("GET", "/subscriptions")
    person.ask("GET", one, subscription=own)
    person.ask("PATCH", one, {"expirationDateTime": in_two_days()}, subscription=own)
    person.ask("POST", one + "/reauthorize", subscription=own)
    person.ask("POST", "/me/events", single(attendees=[]))
    Echo.arrived.wait(10)
    person.ask("DELETE", one, subscription=own)
    person.ask("GET", one, subscription=own)
    server.shutdown()
    for delivery in Echo.delivered:
        kind = "microsoft.graph.changeNotificationCollection"
        person.contract.check_kind("delivery", kind, delivery)


def in_two_days() -> str:
    return (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")


def main(path: str, url: str) -> int:
    contract = Contract(Path(path))
    for upn, other in ((ANNA, CARLA), (CARLA, ANNA)):
        person = Client(contract, url.rstrip("/"), upn)
        calendar = check_person(person)
        check_events(person, "/me")
        check_events(person, "/me/calendars/{calendar-id}", calendar=calendar)
        check_work_only(person, other)
        check_subscriptions(person)
        person.ask("DELETE", "/me/calendars/{calendar-id}", calendar=calendar)
    contract.mistakes += [f"{method} {path}: never asked" for method, path in contract.unasked]
    for mistake in dict.fromkeys(contract.mistakes):
        print(mistake)
    print(f"{contract.checked} answers checked, {len(set(contract.mistakes))} mistakes.")
    return 1 if contract.mistakes else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
