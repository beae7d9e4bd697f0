"""The card of somebody with several accounts, and what is on its way between them."""

import pytest

from panel.db.tables import Connection, Mirror
from panel.services.linking import MOST

ANNA, CARLA = "anna@contoso.test", "carla@outlook.test"


def buttons(card):
    return [one.text for one in card.all("button")]


def rows(card):
    (listed,) = [one for one in card.all("ul") if one.attrs.get("aria-label") == "Linked accounts"]
    return listed.all("li")


def add(desk, upn=CARLA):
    return desk.come_back(desk.microsoft(desk.begin(button="Add another account"), upn))


@pytest.fixture
def both(linked):
    """Anna has linked Carla's account beside her own."""
    linked.booked(linked.anna, "Ines Carvalho", days=3)
    add(linked)
    linked.sync()
    return linked


def test_another_account_is_added_and_both_are_listed(both):
    found = rows(both.card())
    assert [ANNA in found[0].text, CARLA in found[1].text] == [True, True]
    assert [buttons(one) for one in found] == [["Disconnect"], ["Disconnect"]]


def test_each_disconnect_says_whose_it_is(both):
    card = both.card()
    named = {one.attrs["id"]: one.text for one in card.all("p") if "id" in one.attrs}
    leaves = [one for one in card.all("button") if one.text == "Disconnect"]
    assert [named[one.attrs["aria-describedby"]] for one in leaves] == [ANNA, CARLA]


def test_sync_health_names_each_account_and_the_one_that_needs_somebody(both):
    both.change_one(Connection, 1, refused_at=both.now(), refused_why="invalid_grant")
    both.enter("owner")
    page = both.visitor.get("/admin/sync")
    table = next(one for one in page.all("table") if ANNA in one.text)
    shown = {upn: row.text for row in table.all("tr") for upn in (ANNA, CARLA) if upn in row.text}
    assert "Up to date" in shown[ANNA] and "Action needed" in shown[CARLA]
    assert f"Anna Berg must act for {CARLA}" in page.text and f"for {ANNA}" not in page.text
    assert ANNA not in both.visitor.get("/admin/sync?q=carla").text


def test_connect_stands_only_where_none_is_linked(both):
    assert "Connect" not in buttons(both.card())
    names = buttons(both.card())
    below = len(names) - names[::-1].index("Disconnect")
    assert names[below] == "Add another account"


def test_no_more_are_offered_than_can_be(linked):
    for number in range(MOST - 1):
        linked.sandbox.add_mailbox(f"more{number}@contoso.test")
        add(linked, f"more{number}@contoso.test")
    assert "Add another account" not in buttons(linked.card())


def test_calendars_stand_under_their_account_in_their_colour(both):
    card = both.card()
    assert [one.attrs["label"] for one in card.all("optgroup")] == [ANNA, CARLA]
    dots = [one.attrs["fill"] for one in card.all("circle") if "fill" in one.attrs]
    assert dots and all(one.startswith("#") and len(one) == 7 for one in dots)


def leave(desk, number):
    """Press Disconnect in one of the rows; return the page that asks."""
    connection_id = sorted(one.id for one in desk.all(Connection))[number]
    return desk.visitor.get(f"/panel/profile/outlook/disconnect/{connection_id}")


def test_leaving_one_names_it_and_says_that_the_others_stay(both):
    page = leave(both, 1)
    assert page.heading == f"Disconnect {CARLA}?"
    assert "The other accounts stay connected." in page.text
    assert "until then they wait" not in page.text
    page = both.visitor.submit("Disconnect")
    assert "Nothing is synced with it any more." in page.text
    assert "Anna Berg anna@contoso.test" in page.region("Outlook Calendar").text


def test_leaving_the_written_one_asks_for_another_calendar(both):
    page = leave(both, 0)
    assert "until then they wait" in page.text
    page = both.visitor.submit("Disconnect")
    assert "Choose below which calendar your appointments go to now." in page.text
    both.sync()
    assert "The calendar that Panel writes to is gone or read only." in both.card().text


def test_nobody_leaves_an_account_of_somebody_else(both):
    both.enter("ben")
    assert leave(both, 1).status == 404


def test_one_that_waits_for_its_sign_in_says_so_in_its_row(both):
    both.change_one(Connection, 1, refused_at=both.now(), refused_why="invalid_grant")
    card = both.card()
    assert "Action needed" in card.text
    found = rows(card)
    assert [buttons(one)[0] for one in found] == ["Disconnect", "Sign in again"]
    assert "Microsoft asks you to sign in again." in found[1].text


def test_another_one_than_waits_for_its_sign_in_is_asked_about(linked):
    linked.connection(refused_at=linked.now(), refused_why="invalid_grant")
    page = linked.come_back(linked.microsoft(linked.begin(button="Sign in again"), CARLA))
    assert "This is another account. What is linked already stays linked." in page.text
    page = linked.visitor.submit(f"Link {CARLA}")
    assert len(rows(page.region("Outlook Calendar"))) == 2


def test_the_owner_is_asked_before_another_one_is_added(linked):
    linked.enter("owner")
    page = linked.page_of(linked.anna)
    back = linked.microsoft(linked.begin(page, "Add another account"), CARLA)
    assert f"Link {CARLA} to Anna Berg?" in linked.come_back(back).text


def test_it_says_that_another_calendar_moves_what_is_upcoming(linked):
    linked.booked(linked.anna, "Ines Carvalho", days=3)
    assert "the upcoming entries move to it; past ones stay" in linked.card().text


@pytest.fixture
def moving(desk):
    """Two entries are to go to another calendar."""
    desk.booked(desk.anna, "Ines Carvalho", days=3)
    desk.booked(desk.anna, "Oliver Penn", days=4)
    desk.connect()
    desk.sync()
    desk.visitor.get("/panel/profile/")
    to = {"Write appointments to": "Private"}
    assert "Saved. 2 entries move there." in desk.visitor.submit("Save calendars", to).text
    return desk


def test_it_shows_how_far_they_are(moving):
    card = moving.card()
    assert "Moving 0 of 2 to Private." in card.text and "Moving, 2 left" in card.text
    (bar,) = card.all("progress")
    assert (bar.attrs["value"], bar.attrs["max"], bar.attrs["aria-label"]) == ("0", "2", "Moving")
    moving.change_one(Mirror, 0, moving="")
    assert "Moving 1 of 2 to Private." in moving.card().text


def test_it_says_when_they_are_there(moving):
    moving.sync()
    card = moving.card()
    assert "2 appointments are in your Outlook." in card.text and "Moving" not in card.text
