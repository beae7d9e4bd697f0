"""The address at which Microsoft tells of changes: open to all, and good for nothing else."""

import json
import logging
from datetime import timedelta

import pytest
from sqlalchemy import event

from panel.api.notifications import MOST_BYTES, MOST_ITEMS
from panel.db.base import db, fresh, writing
from panel.db.tables import Mailbox, Subscription
from panel.services.waking import after_commit
from tests import make
from tests.services import outlook_rows
from tests.services.studio import NOON

KEY, SECRET = "c0ffee-known", "its secret"
GOOD = {"subscriptionId": "s1", "clientState": SECRET, "changeType": "updated"}


@pytest.fixture
def subscribed(studio):
    """The default calendar of Anna, of which Microsoft tells under KEY."""
    calendar = outlook_rows.calendar(studio.anna)
    told = {"address": "https://panel.test/outlook/notifications", "key": KEY, "secret": SECRET}
    row = Subscription(calendar_id=calendar.id, remote_id="s1", tries=0, due_at=NOON, **told)
    return make.save(row)


@pytest.fixture
def send(stranger, subscribed):
    """Send a body, or items, to the address of a key; gives the answer."""

    def send(*items, body=None, key=KEY, **how):
        data = json.dumps({"value": items}) if body is None else body
        return stranger.ask(
            "POST", f"http://127.0.0.1/outlook/notifications/{key}", data=data, **how
        )

    return send


def told_at():
    fresh()
    return db.session.scalars(db.select(Subscription.told_at)).one()


def change(**changes):
    with writing() as session:
        session.execute(db.update(Subscription).values(**changes))


@pytest.fixture
def written(house):
    """The statements that change something."""
    found = []

    def note(conn, cursor, statement, *rest):
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    return found


def test_what_is_told_has_the_mailbox_read(send):
    woken = []
    leave = after_commit(woken.append)
    answer = send(GOOD, {**GOOD, "subscriptionId": "s2"})
    leave()
    assert (answer.status_code, answer.data) == (202, b"")
    assert woken == [db.session.scalars(db.select(Mailbox.id)).one()]
    assert told_at() == NOON


def test_what_waits_to_be_read_already_is_not_written_again(send, written):
    send(GOOD)
    first = len(written)
    assert [send(GOOD).status_code for _ in range(3)] == [202, 202, 202]
    assert len(written) == first > 0


def test_one_item_that_is_true_counts_among_any_that_are_not(send):
    send(1, None, "x", [], {}, {**GOOD, "clientState": "wrong"}, GOOD)
    assert told_at() == NOON


@pytest.mark.parametrize(
    "item",
    [
        {**GOOD, "clientState": "wrong"},
        {**GOOD, "clientState": SECRET.upper()},
        {**GOOD, "clientState": None},
        {**GOOD, "clientState": [SECRET]},
        {**GOOD, "clientState": "\ud800"},
        {"subscriptionId": "s1"},
        {**GOOD, "clientState": "", "lifecycleEvent": "subscriptionRemoved"},
    ],
    ids=str,
)
def test_what_shows_another_secret_leaves_a_line_in_the_log_and_nothing_else(
    send, written, caplog, item
):
    with caplog.at_level(logging.WARNING):
        assert send(item).status_code == 202
    assert written == [] and told_at() is None
    assert len(caplog.records) == 1
    assert KEY not in caplog.text and SECRET not in caplog.text


@pytest.mark.parametrize(
    "key", ["c0ffee-other", "k" * 300, "%00", "ä", "KNOWN", f"{KEY}%20", "%2e"]
)
def test_a_key_that_nobody_knows_is_answered_alike(send, written, caplog, key):
    assert (send(GOOD, key=key).status_code, written, caplog.records) == (202, [], [])


BAD = {
    "nothing": (b"", 400),
    "no JSON": (b"changed!", 400),
    "half of it": (b'{"value": [', 400),
    "a list": (b"[]", 400),
    "a word": (b'"value"', 400),
    "no items": (b"{}", 400),
    "one item": (b'{"value": {}}', 400),
    "no text": (b'{"value": ["\xff"]}', 400),
    "far too deep": (b"[" * 200_000, 400),
    "a number without end": (b'{"value": [' + b"9" * 5000 + b"]}", 400),
    "too large": (b'{"value": [' + b" " * MOST_BYTES + b"]}", 413),
    "too many": (json.dumps({"value": [GOOD] * (MOST_ITEMS + 1)}).encode(), 413),
}


@pytest.mark.parametrize("key", [KEY, "unknown"])
@pytest.mark.parametrize("body, status", BAD.values(), ids=BAD)
def test_what_makes_no_sense_is_refused_without_a_word(send, written, body, status, key):
    answer = send(body=body, key=key)
    assert (answer.status_code, answer.data, written) == (status, b"", [])


def test_as_much_as_microsoft_may_send_is_taken(send):
    assert send(*[GOOD] * MOST_ITEMS).status_code == 202
    assert told_at() == NOON


def test_nobody_reads_anything_there(stranger, send):
    address = f"http://127.0.0.1/outlook/notifications/{KEY}"
    assert [stranger.ask(one, address).status_code for one in ("GET", "PUT", "DELETE")] == 3 * [405]
    assert "Set-Cookie" not in send(GOOD).headers


TOKEN = "Validation: <b>Testing</b> & Co. Request-Id: 877cb92e"


def test_the_token_is_echoed_while_we_wait_for_it(send):
    change(asked_at=NOON - timedelta(seconds=20), remote_id=None)
    answer = send(body=b"", query_string={"validationToken": TOKEN})
    assert (answer.status_code, answer.text, answer.mimetype) == (200, TOKEN, "text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "asked_at, key", [(None, KEY), (NOON - timedelta(minutes=2), KEY), (NOON, "unknown")]
)
def test_no_token_is_echoed_that_nobody_waits_for(send, written, asked_at, key):
    change(asked_at=asked_at)
    written.clear()
    answer = send(GOOD, key=key, query_string={"validationToken": TOKEN})
    assert (answer.status_code, answer.data, written) == (404, b"", [])
