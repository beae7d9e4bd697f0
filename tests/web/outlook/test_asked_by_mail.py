"""What waits for a decision is mailed once; the mail leads to a page that asks it."""

from urllib.parse import urlsplit

import pytest

from tests import make
from tests.services.correspondence import Post, written
from tests.support.mailbox import listening
from tests.web.outlook.test_questions import both, deleted, moved, moved_on_both_sides, stands


@pytest.fixture
def booked(desk):
    """One appointment of Anna's at 9:00 UTC in three days, which is in her Outlook."""
    desk.visit = desk.booked(desk.anna, "Ines Carvalho", days=3)
    desk.connect()
    desk.sync()
    return desk


@pytest.fixture
def post(house, booked):
    with listening() as box:
        post = Post(house, box)
        post.now = booked.now()
        yield post


def mails():
    return written(kind="employee_question")


def links():
    """The addresses in the mail as it is sent, by their words."""
    mail, found = mails()[-1], {}
    for line in mail.text.splitlines():
        words, _, href = line.rpartition(": ")
        if href.startswith("%panel_url%"):
            found[words] = href.replace("%panel_url%", f"/panel/questions/{mail.subject_id}")
    return found


def test_it_names_both_values_the_rule_and_the_answers(booked):
    booked.booked(booked.anna, "Oliver Penn", days=3, hour=12)
    moved(booked, "12:00", "13:00")
    (mail,) = mails()
    assert (mail.to_address, mail.title.split("?")[0]) == (
        "anna@panel.test", "Moved in Outlook. Keep which time",
    )  # fmt: skip
    assert "You are with Oliver Penn" in mail.text
    assert "Ines Carvalho has not been told." in mail.text
    lines = dict(one.split(": ", 1) for one in mail.text.splitlines() if ": " in one)
    assert lines["What"] == "Sports massage" and lines["In Panel"] != lines["In Outlook"]
    assert {one.split()[0] for one in links()} == {"Put", "Accept", "See"}


def test_it_is_sent_once_however_often_it_is_asked(booked):
    booked.settings(on_move="ask")
    moved(booked, "11:00", "12:00")
    for _ in range(3):
        booked.forward(minutes=10)
        booked.sync()
    assert len(mails()) == 1


def test_what_has_answered_itself_is_not_sent(booked, post):
    booked.settings(on_move="ask")
    moved(booked, "11:00", "12:00")
    moved(booked, "09:00", "10:00")
    post.forward(minutes=5)
    assert not any("Moved in Outlook" in one for one in post.deliver())
    assert [one.status for one in mails()] == ["dropped"]


def test_it_is_sent_with_buttons_that_lead_to_its_page(booked, post):
    booked.settings(on_move="ask")
    moved(booked, "11:00", "12:00")
    post.forward(minutes=5)
    (subject,) = [one for one in post.deliver() if one.startswith("Moved in Outlook")]
    assert "Sports massage" in subject
    html = post.box.taken[-1].get_body(("html",)).get_content()
    assert "/panel/questions/1?answer=accept" in html


def test_the_page_asks_and_the_answer_that_was_chosen_comes_first(booked):
    booked.settings(on_move="ask")
    moved(booked, "11:00", "12:00")
    (accept,) = [href for words, href in links().items() if words.startswith("Accept")]
    page = booked.visitor.get(accept)
    assert "Ines Carvalho" in page.heading and stands(booked)[1] == "09:00"
    verbs = [one for one in page.buttons() if one.split()[0] in ("Accept", "Put")]
    assert verbs[0].startswith("Accept")
    page = booked.visitor.submit(verbs[0])
    assert page.path == f"/panel/appointments/{booked.visit.id}"
    assert "This question has been answered." in booked.visitor.get(accept).text
    assert stands(booked)[1] == "11:00"


def test_where_both_moved_the_mail_offers_to_swap(booked):
    moved_on_both_sides(booked)
    swap = links()["Take 16:30 instead"]
    booked.visitor.get(swap)
    booked.visitor.submit("Take 16:30 instead")
    booked.sync()
    assert both(booked) == ("16:30", "16:30")


def test_a_deleted_one_says_when_it_is_cancelled_and_keeps_it(booked):
    booked.settings(on_delete="cancel")
    page = deleted(booked)
    assert "Deleted in Outlook. It will be cancelled at " in page.text
    assert "Ines Carvalho has not been told, and is told when it is cancelled." in page.text
    booked.visitor.get(links()["Keep it"])
    booked.visitor.submit("Keep it")
    booked.forward(minutes=20)
    booked.sync()
    booked.sync()
    assert stands(booked)[0] == "approved" and written(kind="customer_cancelled") == []


def test_who_does_not_sign_in_has_the_owner_asked(booked):
    with make.writing() as session:
        session.get_one(make.tables.User, booked.anna.user_id).active = False
    booked.settings(on_move="ask")
    moved(booked, "11:00", "12:00")
    assert [one.to_address for one in mails()] == ["owner@panel.test"]


def test_a_stranger_is_asked_who_they_are(booked):
    booked.settings(on_move="ask")
    moved(booked, "11:00", "12:00")
    where = next(iter(links().values()))
    booked.visitor.forget("panel_session")
    assert urlsplit(booked.visitor.get(where).url).path == "/sign-in"


def test_a_followed_move_is_undone_on_its_page(booked):
    page = moved(booked, "11:00", "12:00")
    assert "Moved in Outlook, and here as well." in page.text
    assert "Ines Carvalho is told at" in page.text and "unless you undo it before" in page.text
    (undo,) = [one for one in page.buttons() if one.startswith("Undo, back to")]
    page = booked.visitor.submit(undo)
    assert "It is back at its old time. Nobody is told." in page.text
    booked.sync()
    assert len(set(both(booked))) == 1 and stands(booked)[1] == "09:00"
    assert written(kind="customer_changed", status="waiting") == []


def test_a_followed_move_asks_for_nothing(booked):
    moved(booked, "11:00", "12:00")
    page = booked.visitor.get("/panel/")
    assert "waiting for a decision" not in page.text and "Waiting for a decision" not in page.text
