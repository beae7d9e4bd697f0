"""One person's calendars at the sandbox, as at Microsoft Graph."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from panel.domain.errors import (
    ChangedMeanwhile,
    DeltaExpired,
    Forbidden,
    ForeignLink,
    Gone,
    NoMailbox,
    RowRefused,
)
from panel.domain.remote import EventWish, RemoteEvent, RemovedItem, SkeletonOccurrence
from tests.sandbox_process import ANNA, NOMAIL

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WINDOW = (NINE - 7 * DAY, NINE + 30 * DAY)


def wish(**changes) -> EventWish:
    fresh = {"marker": f"m-{uuid4()}", "transaction_id": str(uuid4())}
    plain = {
        "subject": "Cut and dry",
        "body_html": "<p>Ines</p>",
        "start": NINE,
        "end": NINE + HOUR,
    }
    return EventWish(**plain | fresh | changes)


@pytest.fixture
def home(anna):
    """Anna's default calendar."""
    (default,) = [one for one in anna.calendars() if one.is_default]
    return default


@pytest.fixture
def made(anna, home):
    return anna.create(home.id, wish())


def whole_round(client, page, **more):
    """All items of a round, and the link for the next one."""
    found = list(page.items)
    while page.next_link:
        page = client.follow(page.next_link, **more)
        found += page.items
    return found, page.delta_link


def test_it_knows_whose_account_it_is(anna):
    assert (anna.me().name, anna.me().address) == ("Anna Berg", ANNA)


def test_it_lists_all_calendars(anna, home):
    assert home.can_edit
    assert (home.owner_name, home.owner_address) == ("Anna Berg", ANNA)
    assert sorted(one.can_edit for one in anna.calendars()) == [False, True, True]


def test_it_lists_calendars_over_several_pages(anna, sandbox):
    names = {f"Room {number:03}" for number in range(120)}
    for name in names:
        sandbox.add_calendar(ANNA, name)
    assert names < {one.name for one in anna.calendars()}


def test_an_account_without_a_mailbox_says_so(client_of):
    with pytest.raises(NoMailbox):
        client_of(NOMAIL).calendars()


def test_it_creates_what_is_wished_for(anna, home):
    wanted = wish(location="Hall 3", categories=("Panel",), show_as="tentative")
    made = anna.create(home.id, wanted)
    there = anna.event(made.id, with_calendar=True)
    assert (there.subject, there.body_text, there.location) == ("Cut and dry", "Ines", "Hall 3")
    assert (there.start, there.end, there.show_as) == (NINE, NINE + HOUR, "tentative")
    assert (there.marker, there.transaction_id) == (wanted.marker, wanted.transaction_id)
    assert (there.calendar_id, there.change_key) == (home.id, made.change_key)


def test_the_same_wish_twice_makes_one_entry(anna, home):
    wanted = wish()
    assert anna.create(home.id, wanted).id == anna.create(home.id, wanted).id


def test_it_mails_nobody(anna, sandbox, made):
    anna.update(made.id, {"start": NINE + HOUR, "end": NINE + 2 * HOUR}, made.change_key)
    anna.delete(made.id)
    assert sandbox.outbox() == []


def test_it_changes_only_what_is_named(anna, sandbox, made):
    sandbox.patch_event(ANNA, made.id, sensitivity="private")
    key = anna.event(made.id).change_key
    changed = anna.update(made.id, {"subject": "Colour"}, key)
    assert (changed.subject, changed.sensitivity) == ("Colour", "private")
    assert changed.start == NINE
    assert changed.change_key != key


def test_it_does_not_overwrite_a_newer_version(anna, sandbox, made):
    sandbox.patch_event(ANNA, made.id, subject="Mine")
    with pytest.raises(ChangedMeanwhile):
        anna.update(made.id, {"subject": "Colour"}, made.change_key)
    assert anna.event(made.id).subject == "Mine"


def test_it_makes_an_appointment_of_an_all_day_entry_again(anna, sandbox, made):
    midnights = [{"dateTime": f"2027-03-0{day}T00:00:00", "timeZone": "UTC"} for day in (1, 2)]
    sandbox.patch_event(ANNA, made.id, isAllDay=True, start=midnights[0], end=midnights[1])
    there = anna.event(made.id)
    assert there.is_all_day
    back = {"is_all_day": False, "recurrence": None, "start": NINE, "end": NINE + HOUR}
    assert anna.update(made.id, back, there.change_key).start == NINE


def test_what_is_deleted_is_gone(anna, made):
    anna.delete(made.id, made.change_key)
    for again in (anna.event, anna.delete):
        with pytest.raises(Gone):
            again(made.id)


def test_a_read_only_calendar_forbids(anna):
    (closed,) = [one for one in anna.calendars() if not one.can_edit]
    with pytest.raises(Forbidden):
        anna.create(closed.id, wish())


def test_what_makes_no_sense_blames_the_row(anna, home):
    with pytest.raises(RowRefused) as refused:
        anna.create(home.id, wish(end=NINE - HOUR))
    assert refused.value.code


def test_it_answers_for_each_of_many_ids(anna, home):
    alive = [anna.create(home.id, wish()).id for _ in range(23)]
    lost = anna.create(home.id, wish()).id
    anna.delete(lost)
    found = anna.events_batch([*alive, lost])
    assert list(found) == [*alive, lost]
    assert isinstance(found[lost], Gone)
    assert all(isinstance(found[one], RemoteEvent) for one in alive)


def test_it_finds_an_entry_by_its_marker_in_that_calendar_only(anna, home):
    wanted = wish(marker="it's mine & ours")
    made = anna.create(home.id, wanted)
    found = {one.id: anna.find_marker(one.id, wanted.marker) for one in anna.calendars()}
    (held,) = found.pop(home.id)
    assert (held.id, held.marker) == (made.id, wanted.marker)
    assert set(found.values()) == {()}


def test_it_views_what_overlaps_a_time(anna, home, made):
    def seen(start, end):
        return [one.id for one in anna.calendar_view(home.id, start, end)]

    assert made.id in seen(NINE, NINE + HOUR)
    assert made.id not in seen(NINE + HOUR, NINE + 2 * HOUR)


def test_it_views_all_pages(anna, home, sandbox):
    for minute in range(115):
        moments = (NINE + timedelta(minutes=minute + at) for at in (0, 1))
        sandbox.add_event(ANNA, "Call", *(f"{one:%Y-%m-%dT%H:%M:%S}" for one in moments))
    assert len(anna.calendar_view(home.id, NINE, NINE + 3 * HOUR)) == 115


def test_a_round_tells_everything_and_the_next_one_what_changed(anna, home, made, sandbox):
    found, link = whole_round(anna, anna.delta(home.id, WINDOW))
    assert made.id in {one.id for one in found if isinstance(one, RemoteEvent)}
    sandbox.patch_event(ANNA, made.id, subject="Mine")
    found, link = whole_round(anna, anna.follow(link, calendar_id=home.id))
    assert [(one.subject, one.calendar_id) for one in found] == [("Mine", home.id)]
    sandbox.delete_event(ANNA, made.id)
    found, _ = whole_round(anna, anna.follow(link))
    assert RemovedItem(made.id, "deleted") in found


def test_a_round_tells_of_series_by_master_and_bare_dates(anna, home, sandbox):
    pattern = {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]}
    spread = {"type": "numbered", "startDate": "2027-03-01", "numberOfOccurrences": 3}
    series = {"pattern": pattern, "range": spread}
    sandbox.add_event(
        ANNA, "Class", "2027-03-01T18:00:00", "2027-03-01T19:00:00", recurrence=series
    )
    found, _ = whole_round(anna, anna.delta(home.id, WINDOW))
    (master,) = [one for one in found if getattr(one, "subject", "") == "Class"]
    dates = [one for one in found if isinstance(one, SkeletonOccurrence)]
    assert master.has_recurrence
    assert sum(one.series_master_id == master.id for one in dates) == 3


def test_a_forgotten_link_asks_for_a_new_round(anna, home, sandbox):
    _, link = whole_round(anna, anna.delta(home.id, WINDOW))
    sandbox.expire_delta(ANNA)
    with pytest.raises(DeltaExpired):
        anna.follow(link)


def test_it_follows_no_link_to_another_place(anna, sandbox):
    since = sandbox.last_request()
    with pytest.raises(ForeignLink):
        anna.follow("https://graph.microsoft.com/v1.0/me/calendarView/delta?$deltatoken=x")
    assert sandbox.requests(since) == []
