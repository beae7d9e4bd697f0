"""Who is signed in, what they may, and when they are free."""

from tests.sandbox.graph.bodies import at, event
from tests.sandbox.graph.conftest import Client


def test_it_says_who_one_is(anna):
    me = anna.get("/me")
    assert (me["displayName"], me["mail"]) == ("Anna Berg", "anna@contoso.test")
    assert me["id"] == anna.mailbox.object_id
    assert set(anna.get("/me?$select=mail")) == {"@odata.context", "id", "mail"}


def test_every_answer_carries_graphs_headers(anna):
    reply = anna.send("GET", "/me", **{"client-request-id": "mine"})
    assert reply.headers["client-request-id"] == "mine" and reply.headers["request-id"]
    assert reply.headers["Content-Type"].startswith("application/json;odata.metadata=minimal")
    lost = anna.send("GET", "/me/events/abc", **{"client-request-id": "mine"}).body["error"]
    assert lost["innerError"]["client-request-id"] == "mine"


def test_a_missing_permission_is_refused(anna):
    anna.scopes = frozenset({"User.Read", "https://graph.microsoft.com/Calendars.Read"})
    assert anna.get("/me/events")["value"] == []
    assert anna.refused("POST", "/me/events", event()) == (403, "ErrorAccessDenied")
    assert anna.refused("GET", "/me/mailboxSettings") == (403, "ErrorAccessDenied")
    anna.scopes = frozenset({"openid"})
    assert anna.refused("GET", "/me") == (403, "Authorization_RequestDenied")


def test_an_unknown_path_and_method_are_refused(anna):
    assert anna.refused("GET", "/me/messages") == (400, "BadRequest")
    assert anna.send("PUT", "/me/events", event()).status == 405
    assert anna.refused("GET", "/users/ben@contoso.test/events") == (403, "ErrorAccessDenied")
    assert anna.get("/users/anna@contoso.test/events")["value"] == []


def test_somebody_without_a_mailbox_is_known_and_nothing_more(world):
    nobody = Client(world, world.person("nomail@contoso.test", "No Mail", kind="no_mailbox"))
    assert nobody.get("/me")["mail"] is None
    refused = (404, "MailboxNotEnabledForRESTAPI")
    assert nobody.refused("GET", "/me/calendars") == refused
    assert nobody.refused("GET", "/me/mailboxSettings") == refused


def test_the_zone_of_the_mailbox_can_be_read_and_set(anna):
    assert anna.get("/me/mailboxSettings/timeZone")["value"] == "W. Europe Standard Time"
    assert anna.patch("/me/mailboxSettings", {"timeZone": "UTC"})["timeZone"] == "UTC"
    assert anna.get("/me/mailboxSettings")["workingHours"]["timeZone"] == {"name": "UTC"}
    assert anna.send("PATCH", "/me/mailboxSettings", {"timeZone": "Mars"}).status == 400


def test_zones_are_listed_by_windows_and_by_iana_name(anna):
    def names(url):
        return {one["alias"] for one in anna.get(url)["value"]}

    plain = "/me/outlook/supportedTimeZones"
    assert "Romance Standard Time" in names(plain)
    iana = f"{plain}(TimeZoneStandard=microsoft.graph.timeZoneStandard'Iana')"
    assert "Europe/Paris" in names(iana) and "Europe/Oslo" not in names(iana)


def test_parameters_of_actions_may_begin_with_a_capital(anna):
    wish = {"Schedules": ["anna@contoso.test"], "StartTime": at("2026-09-07T08:00:00"),
            "EndTime": at("2026-09-07T09:00:00")}  # fmt: skip
    (seen,) = anna.post("/me/calendar/getSchedule", wish)["value"]
    assert seen["availabilityView"] == "00"


def schedule(anna, *people):
    wish = {"schedules": list(people), "startTime": at("2026-09-07T08:00:00"),
            "endTime": at("2026-09-07T12:00:00"), "availabilityViewInterval": 60}  # fmt: skip
    return anna.send("POST", "/me/calendar/getSchedule", wish)


def test_a_schedule_shows_when_colleagues_are_busy(anna, world):
    ben = Client(world, world.person("ben@contoso.test", "Ben Ode"))
    ben.post("/me/events", event(hour=9, showAs="oof"))
    ben.post("/me/events", event(hour=10, showAs="tentative"))
    seen, lost = schedule(anna, "ben@contoso.test", "eve@contoso.test").body["value"]
    assert seen["availabilityView"] == "0310"
    assert [one["status"] for one in seen["scheduleItems"]] == ["oof", "tentative"]
    assert "subject" not in seen["scheduleItems"][0] and lost["error"]["responseCode"]


def test_personal_accounts_have_neither_schedules_nor_teams(world):
    carla = Client(world, world.person("carla@outlook.test", "Carla Ruiz", kind="personal"))
    assert schedule(carla, "carla@outlook.test").status == 403
    assert carla.get("/me/calendar")["allowedOnlineMeetingProviders"] == []
    assert not carla.post("/me/events", event(isOnlineMeeting=True))["isOnlineMeeting"]
    assert carla.get("/me")["id"] != carla.mailbox.object_id
