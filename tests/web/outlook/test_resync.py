"""Resync on the card, the choice before Connect, and what is left where one disconnects."""

from panel.db.tables import Connection, Mirror

ANNA = "anna@contoso.test"


def deleted_there(desk):
    """An entry that Anna has deleted in Outlook, so that a question stands."""
    desk.booked(desk.anna, "Ines Carvalho", days=3)
    desk.connect()
    desk.sync()
    desk.sandbox.delete_event(ANNA, ours(desk)[0]["id"])
    desk.visitor.get("/panel/profile/")


def ours(desk):
    return [one for one in desk.sandbox.events(ANNA) if one["transactionId"]]


def test_it_compares_first_and_writes_when_told_to(desk):
    deleted_there(desk)
    for _ in range(2):
        desk.sync()
        desk.forward(seconds=16)
    page = desk.visitor.submit("Resync")
    assert "Panel is comparing every entry. Nothing is written yet." in page.text
    desk.sync()
    assert "1 to create, 0 to update, 0 to delete." in desk.card().text
    assert ours(desk) == []
    page = desk.visitor.submit("Write it to Outlook")
    assert "1 entry is brought up to date in Outlook." in page.text
    desk.sync()
    assert len(ours(desk)) == 1


def test_it_says_where_both_agree(linked):
    linked.visitor.get("/panel/profile/")
    linked.visitor.submit("Resync")
    linked.sync()
    assert "Both calendars agree: there is nothing to write." in linked.card().text
    assert "Both calendars agree" not in linked.visitor.submit("Done").text


def test_the_owner_may_compare_for_an_employee(linked):
    linked.enter("owner")
    linked.visitor.get(linked.page_of(linked.anna))
    linked.visitor.submit("Resync")
    linked.sync()
    assert "Both calendars agree" in linked.card(linked.page_of(linked.anna)).text


def test_what_was_not_compared_is_not_written(linked):
    linked.visitor.get("/panel/profile/")
    page = linked.visitor.post("/panel/profile/outlook/write-again")
    assert "Nothing was written. Panel has to compare the calendars again first." in page.text


def test_one_chooses_before_connecting_what_is_added(desk):
    desk.visitor.get("/panel/profile/")
    chosen = {"backfill": "month"}
    desk.microsoft_after(desk.visitor.submit("Connect", chosen, within="Outlook Calendar"), ANNA)
    assert "Connected as" in desk.visitor.page.text
    (sign_in,) = desk.sign_ins()
    assert sign_in.backfill


def test_upcoming_only_is_what_is_chosen_at_first(desk):
    card = desk.card()
    (chosen,) = [one for one in card.all("input") if "checked" in one.attrs]
    assert (chosen.attrs["value"], chosen.attrs["form"]) == ("upcoming", "outlook-connect")
    desk.connect()
    assert not desk.sign_ins()[0].backfill


def leaving(desk):
    """Two entries are being removed from the account that Anna leaves."""
    desk.booked(desk.anna, "Ines Carvalho", days=3)
    desk.booked(desk.anna, "Oliver Penn", days=4)
    desk.connect()
    desk.sync()
    desk.visitor.get("/panel/profile/")
    desk.visitor.submit("Disconnect")
    desk.visitor.submit("Disconnect", {"entries": "remove"})


def test_it_shows_how_far_the_removing_is(desk):
    leaving(desk)
    assert "0 of 2 are gone." in desk.card().text
    desk.change_one(Mirror, 0, remote_id=None, marker=None)
    assert "1 of 2 are gone." in desk.card().text


def test_what_could_not_be_removed_is_listed_until_it_is_seen_to(desk):
    leaving(desk)
    no = {"kind": "status", "status": 403, "code": "ErrorAccessDenied"}
    desk.sandbox.faults({"match": {"method": "DELETE"}, **no})
    desk.sync()
    card = desk.card()
    assert f"Some entries are still in the Outlook of {ANNA}." in card.text
    assert card.text.count("Sports massage, ") == 2
    assert "Some entries" not in desk.visitor.submit("Done").text
    assert desk.all(Connection)[0].state == "ended"


def test_it_gives_up_after_a_day_and_lists_the_rest(desk):
    leaving(desk)
    desk.sandbox.faults({"match": {"method": "DELETE"}, "kind": "status", "status": 503})
    desk.sync()
    desk.forward(hours=25)
    desk.sync()
    assert "Some entries are still in the Outlook of" in desk.card().text


def test_connecting_again_lists_nothing(desk):
    leaving(desk)
    desk.sandbox.faults({"match": {"method": "DELETE"}, "kind": "status", "status": 503})
    desk.forward(hours=25)
    desk.sync()
    desk.sandbox.faults()
    desk.forward(hours=-25)
    desk.connect()
    assert "Some entries" not in desk.card().text
