"""The postman: sends what is due once, again what got stuck, and nothing that nobody needs."""

import threading
from datetime import timedelta

import pytest

from panel.db.base import db, fresh, writing
from panel.db.tables import Customer, MailSettings
from panel.mail.server import Line
from panel.services import mail_sending, mail_server
from panel.services.outbox import POST
from panel.services.waking import after_commit
from tests.services.correspondence import change, written
from tests.services.studio import NOON

FRIDAY = "2026-11-27T10:00"
BOOKED = "Booked: Sports massage, Fri 27 Nov, 10:00"


def only():
    (mail,) = written(kind="customer_booked")
    return mail


@pytest.fixture
def booked(studio):
    return studio.book(FRIDAY)


def test_it_sends_what_is_due_and_writes_down_when(booked, post):
    assert post.deliver() == [BOOKED] == post.deliver()
    assert (only().status, only().sent_at, only().tries) == ("sent", NOON, 1)


def test_the_link_is_put_in_on_the_way(booked, post):
    post.deliver()
    message = post.box.taken[0]
    text = message.get_body(("plain",)).get_content()
    assert "Change or cancel: http://127.0.0.1:8000/book/manage/" in text
    assert "%manage_url%" not in message.get_body(("html",)).get_content()


def test_it_attaches_the_visit(booked, post):
    post.deliver()
    (file,) = post.box.taken[0].iter_attachments()
    assert "METHOD:PUBLISH" in file.get_content() and file.get_filename() == "visit.ics"


def test_without_a_mail_server_everything_waits(booked, house):
    mail_sending.deliver(house.extensions["panel"].mail, lambda: NOON)
    assert (only().status, only().tries) == ("waiting", 0)


def test_a_passing_no_is_tried_again_after_a_minute_then_two(booked, post):
    post.box.rcpt = "451 Come back later"
    post.deliver()
    assert only().due_at == NOON + timedelta(minutes=1) and "Come back" in only().last_error
    post.forward(minutes=1)
    post.deliver()
    assert only().due_at == post.now + timedelta(minutes=2)
    post.box.rcpt = ""
    post.forward(minutes=2)
    assert post.deliver() == [BOOKED]


def test_after_two_days_it_has_failed(studio, post):
    studio.book("2026-12-18T10:00")
    post.box.data = "451 Full"
    while only().status == "waiting":
        post.now = max(post.now, only().due_at)
        post.deliver()
    assert timedelta(days=1, hours=20) < post.now - NOON < timedelta(days=2, hours=12)
    assert (only().status, only().tries) == ("failed", mail_sending.TRIES)


def test_a_final_no_fails_this_mail_alone(studio, post):
    studio.book(FRIDAY)
    post.box.rcpt = "550 Nobody here"
    post.deliver()
    assert only().status == "failed" and "Nobody here" in only().last_error
    assert not mail_server.state(post.outside, now=post.now).failing


def test_one_address_that_is_none_holds_up_no_other(studio, post):
    studio.book(FRIDAY)
    studio.book("2026-11-27T14:00", customer_id=studio.ines.id)
    with writing() as session:
        session.get_one(Customer, studio.lea.id).email = "zoë@example.test"
    assert len(post.deliver()) == 1
    assert [one.status for one in written(kind="customer_booked")] == ["failed", "sent"]


def test_a_server_that_is_wrong_stops_everything_and_blames_no_mail(studio, post):
    studio.book(FRIDAY)
    post.box.mail = "553 Not your address"
    post.deliver()
    state = mail_server.state(post.outside, now=post.now)
    assert (only().status, only().tries, state.failing) == ("waiting", 0, True)
    assert "refuses the sender’s address" in state.failure


def test_a_server_that_was_wrong_is_left_alone_longer_and_longer(booked, post):
    post.box.mail = "553 No"
    waits = []
    for _ in range(6):
        post.deliver()
        until = mail_server.state(post.outside, now=post.now).wait_until
        waits.append((until - post.now) // timedelta(minutes=1))
        assert mail_sending.due(post.now) == []
        post.now = until
    assert waits == [1, 1, 2, 4, 8, 16]
    post.box.mail = ""
    assert post.deliver() == [BOOKED]
    assert not mail_server.state(post.outside, now=post.now).failing


def test_what_is_over_is_dropped_when_a_server_appears(booked, post):
    post.forward(days=2)
    assert post.deliver() == []
    assert (only().status, only().last_error) == (
        "dropped", "It was over before this could be sent.",
    )  # fmt: skip


def test_an_address_that_was_put_right_is_used(studio, post):
    studio.book(FRIDAY)
    with writing() as session:
        session.get_one(Customer, studio.lea.id).email = "lea.roth@example.test"
    post.deliver()
    assert post.box.to == ["lea.roth@example.test"]


def test_nobody_is_written_to_who_was_erased(studio, post):
    studio.book(FRIDAY)
    with writing() as session:
        session.get_one(Customer, studio.lea.id).erased_at = NOON
    assert post.deliver() == [] and only().status == "dropped"


def test_what_another_worker_sends_is_left_to_them(booked, post):
    change(only(), due_at=NOON + mail_sending.LEASE, tries=1)
    assert post.deliver() == [] and mail_sending.due(NOON) == []


def test_a_killed_worker_costs_one_double_at_most_with_the_same_id(booked, post, monkeypatch):
    """Killed between the server's yes and the note of it, which is all that can be lost."""
    real = mail_sending._note

    def die(*_given, **_more):
        raise SystemExit

    monkeypatch.setattr(mail_sending, "_note", die)
    with pytest.raises(SystemExit):
        post.deliver()
    monkeypatch.setattr(mail_sending, "_note", real)
    assert post.deliver() == [BOOKED], "the claim still stands"
    post.forward(minutes=10)
    assert post.deliver() == [BOOKED, BOOKED] == post.deliver()
    assert len({str(one["Message-ID"]) for one in post.box.taken}) == 1


def test_workers_at_once_send_each_mail_once(studio, post, house):
    for hour in (9, 10, 11, 13, 14, 15):
        studio.book(f"2026-11-27T{hour:02}:00")

    def work():
        with house.app_context():
            mail_sending.deliver(post.outside, lambda: NOON)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(post.box.subjects()) == sorted({*post.box.subjects()})
    assert len(post.box.taken) == 6


def test_no_transaction_is_open_while_the_server_is_asked(booked, post, monkeypatch):
    seen = []
    real = Line.send

    def watched(line, message):
        seen.append(db.session().in_transaction())
        real(line, message)

    monkeypatch.setattr(Line, "send", watched)
    post.deliver()
    assert seen == [False]


def test_the_post_is_woken_with_the_commit(studio, house):
    woken = []
    leave = after_commit(woken.append)
    studio.book(FRIDAY)
    leave()
    assert POST in woken and mail_sending.due(NOON) == [POST]


def test_the_evidence_stays_after_a_later_failure(booked, post):
    post.deliver()
    mail_server.note_failure(RuntimeError("gone"), now=NOON + timedelta(hours=1))
    fresh()
    row = db.session.get_one(MailSettings, 1)
    assert (row.sent_at, row.failure) == (NOON, "gone")
