"""The Outlook card in each of its states, and its buttons."""

from datetime import timedelta

import pytest

from panel.db.base import db, fresh
from panel.db.tables import Connection, Mirror, RemoteCalendarRow

UNTIL = "Until then new appointments do not reach your Outlook"


def buttons(card):
    return [one.text for one in card.all("button")]


def test_it_offers_to_connect(desk):
    card = desk.card()
    assert "Not connected" in card.text and buttons(card) == ["Connect"]
    assert "You sign in at Microsoft and come back here." in card.text


def test_it_is_not_available_until_the_owner_has_set_it_up(desk):
    desk.settings(client_id="")
    card = desk.card()
    assert "Ruth Linden can do it in Settings, Integrations, Outlook Calendar." in card.text
    assert [(one.text, "disabled" in one.attrs) for one in card.all("button")] == [
        ("Connect", True)
    ]


def test_there_is_no_card_while_outlook_is_switched_off(desk):
    desk.settings(enabled=False)
    assert "Outlook Calendar" not in desk.visitor.get("/panel/profile/").text


def test_it_keeps_a_way_out_while_outlook_is_switched_off(linked):
    linked.settings(enabled=False)
    card = linked.card()
    assert "Outlook is switched off for this business. Nothing is synced." in card.text
    assert buttons(card) == ["Disconnect"]


def test_it_shows_how_far_the_import_is(desk):
    desk.booked(desk.anna, "Ines Carvalho", days=3)
    desk.booked(desk.anna, "Oliver Penn", days=4)
    desk.connect()
    card = desk.card()
    assert "Importing, 0%" in card.text
    assert "0 of 2 appointments and events are in Outlook. You can leave this page." in card.text


def test_it_is_up_to_date_once_everything_is_there(linked):
    linked.booked(linked.anna, "Ines Carvalho", days=3)
    card = linked.card()
    assert "Up to date" in card.text and "No appointment or event is in your Outlook." in card.text
    usual = ["Resync", "Add another account", "Sync now", "Disconnect"]
    assert buttons(card) == ["Save calendars", *usual]


def test_it_counts_what_is_in_outlook(desk):
    desk.booked(desk.anna, "Ines Carvalho", days=3)
    desk.connect()
    desk.sync()
    assert "1 appointment is in your Outlook. Checked at" in desk.card().text


def test_it_says_what_is_on_its_way(desk):
    desk.booked(desk.anna, "Ines Carvalho", days=3)
    desk.connect()
    desk.sync()
    desk.mirror(desired=9)
    assert "Catching up, 1 waiting" in desk.card().text


def test_it_says_when_microsoft_is_asked_again(linked):
    linked.mailbox(failures=2, wait_until=linked.now() + timedelta(minutes=3))
    card = linked.card()
    assert "Microsoft is slow to answer. Next try at" in card.text
    assert "Nothing is lost. Busy time is as of" in card.text


def test_it_does_not_say_all_is_well_when_nothing_was_checked(linked):
    linked.mailbox(round_due=linked.now() - timedelta(minutes=5))
    assert "Your calendar has not been checked since" in linked.card().text


def test_it_blames_the_registration_and_not_the_person(linked):
    linked.settings(refused_at=linked.now())
    card = linked.card()
    assert "Microsoft does not accept this business’s registration." in card.text
    assert "Delayed" in card.text and "Sign in again" not in buttons(card)


def test_it_asks_to_sign_in_again(linked):
    linked.connection(refused_at=linked.now(), refused_why="invalid_grant")
    card = linked.card()
    assert f"Microsoft asks you to sign in again. {UNTIL}" in card.text
    assert buttons(card)[-2:] == ["Sign in again", "Disconnect"]


def test_signing_in_again_puts_it_right(linked):
    linked.connection(refused_at=linked.now(), refused_why="invalid_grant")
    back = linked.microsoft(linked.begin(button="Sign in again"), "anna@contoso.test")
    linked.come_back(back)
    linked.sync()
    assert "Up to date" in linked.card().text


def test_another_registration_asks_to_sign_in_again(linked):
    linked.settings(client_id="another")
    assert "This business has a new registration at Microsoft." in linked.card().text


def test_it_asks_for_another_calendar_where_the_chosen_one_is_gone(linked):
    linked.calendars(is_write=False)
    card = linked.card()
    assert "The calendar that Panel writes to is gone or read only." in card.text


def test_entries_that_differ_after_a_reconnect_are_put_back_by_one_button(desk):
    desk.booked(desk.anna, "Ines Carvalho", days=3)
    desk.connect()
    desk.sync()
    desk.mirror(state="held")
    assert "1 entry differs from what stood in your Outlook before." in desk.card().text
    desk.visitor.submit("Put them back")
    fresh()
    assert db.session.scalars(db.select(Mirror.state)).one() == "linked"


def test_what_outlook_refused_can_be_tried_again(desk):
    desk.booked(desk.anna, "Ines Carvalho", days=3)
    desk.connect()
    desk.sync()
    desk.mirror(state="parked", parked_why="Outlook refused it.")
    assert "1 change could not be written to your Outlook." in desk.card().text
    desk.visitor.submit("Retry")
    desk.sync()
    assert "Up to date" in desk.card().text


def test_it_answers_who_asks_too_soon(linked):
    linked.visitor.get("/panel/profile/")
    linked.visitor.submit("Sync now")
    page = linked.visitor.submit("Sync now")
    assert "Checked 0 seconds ago. You can ask again in 30 seconds." in page.text


def test_it_asks_before_it_disconnects_and_keeps_the_entries(desk):
    desk.booked(desk.anna, "Ines Carvalho", days=3)
    desk.connect()
    desk.sync()
    desk.visitor.get("/panel/profile/")
    asked = desk.visitor.submit("Disconnect")
    assert asked.heading == "Disconnect anna@contoso.test?" and "Keep the entry" in asked.text
    page = desk.visitor.submit("Disconnect")
    assert "Nothing is synced any more. The entry in Outlook stays." in page.text
    assert len([one for one in desk.sandbox.events("anna@contoso.test") if one["transactionId"]])


def test_it_takes_the_entries_away_when_asked_to(desk):
    desk.booked(desk.anna, "Ines Carvalho", days=3)
    desk.connect()
    desk.sync()
    desk.visitor.get("/panel/profile/")
    desk.visitor.submit("Disconnect")
    desk.visitor.submit("Disconnect", {"entries": "remove"})
    assert "The upcoming entries are being removed" in desk.card().text
    desk.sync()
    assert not [one for one in desk.sandbox.events("anna@contoso.test") if one["transactionId"]]


def test_it_offers_to_connect_again_after_disconnecting(linked):
    linked.visitor.get("/panel/profile/")
    linked.visitor.submit("Disconnect")
    page = linked.visitor.submit("Disconnect")
    assert "Disconnected. Nothing is synced any more." in page.text
    assert buttons(page.region("Outlook Calendar")) == ["Connect"]


def test_it_lets_one_choose_the_calendars(linked):
    linked.visitor.get("/panel/profile/")
    page = linked.visitor.submit("Save calendars", {"Write appointments to": "Private"})
    fresh()
    chosen = db.session.scalars(db.select(RemoteCalendarRow).filter_by(is_write=True)).one()
    assert ("Saved." in page.text, chosen.name) == (True, "Private")


def test_a_calendar_that_is_read_only_is_not_offered_for_writing(linked):
    card = linked.card()
    assert "Team rota read only" in card.text
    assert "Team rota" not in [one.text for one in card.all("option")]


def test_another_account_is_linked_only_after_a_yes(linked):
    linked.visitor.get("/panel/profile/")
    linked.visitor.submit("Disconnect")
    linked.visitor.submit("Disconnect")
    page = linked.connect("carla@outlook.test")
    assert "This is another account." in page.text
    assert "Start afresh with carla@outlook.test, or go back?" in page.text
    assert "Connected as carla@outlook.test." in linked.visitor.submit("Start afresh").text


def test_who_comes_back_to_an_account_is_told_that_its_entries_are_taken_up_again(desk):
    desk.booked(desk.anna, "Ines Carvalho", days=3)
    for upn in ("anna@contoso.test", "carla@outlook.test"):
        desk.connect(upn)
        if upn.startswith("carla"):
            assert "taken up again" not in desk.visitor.page.text
            desk.visitor.submit("Start afresh")
        desk.sync()
        desk.visitor.get("/panel/profile/")
        desk.visitor.submit("Disconnect")
        desk.visitor.submit("Disconnect")
    page = desk.connect("anna@contoso.test")
    assert "The entry that Panel wrote there before is taken up again." in page.text


def test_going_back_links_nothing(linked):
    linked.visitor.get("/panel/profile/")
    linked.visitor.submit("Disconnect")
    linked.visitor.submit("Disconnect")
    linked.connect("carla@outlook.test")
    page = linked.visitor.submit("Go back")
    assert "Nothing has changed." in page.text and "Not connected" in page.text


def test_the_owner_says_yes_to_whose_account_it_is(desk):
    desk.enter("owner")
    page = desk.connect("ben@contoso.test", desk.page_of(desk.ben))
    assert "Link ben@contoso.test to Ben Ode?" in page.text
    page = desk.visitor.submit("Link ben@contoso.test")
    assert "Connected as ben@contoso.test. Panel is now reading Ben’s calendar." in page.text


def test_the_owner_may_disconnect_an_employee(linked):
    linked.enter("owner")
    linked.visitor.get(linked.page_of(linked.anna))
    linked.visitor.submit("Disconnect")
    linked.visitor.submit("Disconnect")
    fresh()
    assert db.session.scalars(db.select(Connection.state)).one() == "ended"


def test_a_manager_sees_the_state_only(linked):
    linked.enter("mia")
    card = linked.card(linked.page_of(linked.anna))
    assert "Up to date" in card.text and buttons(card) == []


def test_an_employee_reaches_their_own_page_of_the_back_end(linked):
    card = linked.card(linked.page_of(linked.anna))
    assert "anna@contoso.test" in card.text


def test_an_employee_reaches_nobody_elses(desk):
    assert desk.visitor.get(desk.page_of(desk.ben)).status == 403


@pytest.mark.parametrize("path", ["/panel/profile/outlook/card", "/admin/employees/{}/"])
def test_it_refreshes_itself_as_a_fragment(linked, path):
    inner = path.format(f"{linked.anna.id}/integrations/outlook/card").removesuffix("/")
    page = linked.visitor.get(inner)
    assert (page.status, page.all("html"), len(page.all("section"))) == (200, [], 1)
