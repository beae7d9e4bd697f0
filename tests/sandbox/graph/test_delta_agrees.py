"""Who follows delta by its rules knows what calendarView shows, whatever happened between."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sandbox.graph.bodies import at, event, weekly, window
from tests.sandbox.graph.conftest import IMMUTABLE, Client, World

PREFER = {"Prefer": IMMUTABLE["Prefer"] + ", odata.maxpagesize=2"}
DAYS = ("2026-08-20", "2026-09-07", "2026-09-15", "2026-10-20")
KINDS = ("single", "series", "change", "move", "delete", "elsewhere", "date", "no date", "round")
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 99)), max_size=14)


class Follower:
    """Keeps the dates of one calendar by delta alone."""

    def __init__(self, anna, calendar):
        self.anna, self.base = anna, f"/me/calendars/{calendar}/calendarView"
        self.known = {}
        self.link = f"{self.base}/delta?{window()}"

    def follow(self):
        items, self.link = self.anna.round(self.link, **PREFER)
        for item in items:
            self.forget(item["id"])
        for item in items:
            if "@removed" not in item and item["type"] != "seriesMaster":
                self.known[item["id"]] = (item["start"], item.get("seriesMasterId"))

    def forget(self, gone):
        """An item, and the dates of the series that it is the master of."""
        self.known = {
            own: (start, master)
            for own, (start, master) in self.known.items()
            if gone not in (own, master)
        }

    def agrees(self):
        shown = self.anna.pages(f"{self.base}?{window()}", **PREFER)
        seen = {one["id"]: (one["start"], one["seriesMasterId"]) for one in shown}
        return seen == self.known


def happen(world, mailbox, kind, number):
    """One thing that a person does in Outlook; what cannot be done is left."""
    now, day = world.now(), DAYS[number % len(DAYS)]
    calendars = list(mailbox.calendars)
    if kind in ("single", "series"):
        body = event(day) if kind == "single" else weekly(day)
        mailbox.create_event(calendars[number % 2], body, now=now)
        return
    chosen = list(mailbox.events.values())[number % max(1, len(mailbox.events)):][:1]  # fmt: skip
    for one in chosen:
        act(mailbox, one, kind, number, now)


def act(mailbox, one, kind, number, now):
    day = DAYS[number % len(DAYS)]
    times = {"start": at(f"{day}T09:00:00"), "end": at(f"{day}T10:00:00")}
    dates = mailbox.view(one.calendar_id, now, world_end(now))
    if kind == "change":
        mailbox.update_event(one.id, {"subject": "Other"}, now=now)
    elif kind == "move":
        mailbox.update_event(one.id, times, now=now)
    elif kind == "delete":
        mailbox.delete_event(one.id, now=now)
    elif kind == "elsewhere":
        mailbox.move_event(one.id, list(mailbox.calendars)[number % 2], now=now)
    elif kind == "date" and dates:
        mailbox.update_event(dates[number % len(dates)].id, {"showAs": "free"}, now=now)
    elif kind == "no date" and dates:
        mailbox.delete_event(dates[number % len(dates)].id, now=now)


def world_end(now):
    return now.replace(month=11)


@settings(max_examples=150)
@given(steps=STEPS)
def test_following_delta_shows_the_calendar_as_it_is(steps):
    world = World()
    anna = Client(world, world.person("anna@contoso.test", "Anna Berg"))
    anna.mailbox.create_calendar("Private")
    followers = [Follower(anna, calendar) for calendar in anna.mailbox.calendars]
    for kind, number in (*steps, ("round", 0)):
        if kind != "round":
            happen(world, anna.mailbox, kind, number)
            continue
        for follower in followers:
            follower.follow()
            assert follower.agrees()
