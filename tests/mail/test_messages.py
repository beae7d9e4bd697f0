"""A message has the headers it should have, and nobody can write others into it."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.errors import MailRefused
from panel.mail import calendars
from panel.mail.messages import Letter, build, new_id

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HEADERS = {
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
    "Content-Type",
}  # fmt: skip


def letter(**given):
    usual = {
        "to_address": "ines@example.test",
        "to_name": "Ines Carvalho",
        "title": "Booked",
        "text": "Hello",
        "html": "<p>Hello</p>",
        "message_id": "<1@panel.test>",
        "reply_to": "hello@panel.test",
    }
    return Letter(**{**usual, **given})


def sent(one, name="Studio"):
    """The message as whoever gets it reads it."""
    built = build(one, from_address="studio@panel.test", from_name=name, now=NOON)
    return message_from_bytes(built.as_bytes(), policy=policy.default)


def calendar(method=calendars.PUBLISH):
    visit = calendars.Visit("K7-1@panel", 3, NOON, NOON + timedelta(hours=1), "Massage", "Room 2")
    return calendars.write([visit], method, now=NOON)


def test_it_says_that_a_machine_wrote_it():
    assert sent(letter())["Auto-Submitted"] == "auto-generated"


def test_text_and_html_are_alternatives():
    message = sent(letter())
    assert message.get_content_type() == "multipart/alternative"
    assert message.get_body(("plain",)).get_content().strip() == "Hello"
    assert "<p>Hello</p>" in message.get_body(("html",)).get_content()


@pytest.mark.parametrize("method", [calendars.PUBLISH, calendars.CANCEL])
def test_a_calendar_is_attached_with_its_method(method):
    (file,) = sent(letter(calendar=calendar(method))).iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("visit.ics", "text/calendar")
    assert file["Content-Type"].params["method"] == method
    assert "ORGANIZER;CN=Studio:mailto:studio@panel.test" in file.get_content()


def test_names_of_all_languages_arrive():
    message = sent(letter(to_name="Zoë Łukasz 山田", title="Termin: Rückenschule"), "Praxis Müller")
    assert message["To"].addresses[0].display_name == "Zoë Łukasz 山田"
    assert message["From"].addresses[0].display_name == "Praxis Müller"
    assert message["Subject"] == "Termin: Rückenschule"


def test_domains_of_all_languages_are_reached():
    assert sent(letter(to_address="ines@müller.test"))["To"].addresses[0].addr_spec == (
        "ines@xn--mller-kva.test"
    )


@pytest.mark.parametrize(
    "address", ["", "nobody", "zoë@example.test", "a@b@c.test", "a b@c.test", "a@x\nBcc: b@c.test"]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(MailRefused, match="is not an address"):
        sent(letter(to_address=address))


@given(st.text(max_size=120), st.text(max_size=300), st.text(max_size=120))
def test_nobody_can_write_a_header_or_another_receiver(name, title, business):
    message = sent(letter(to_name=name, title=title), business)
    assert set(message.keys()) == HEADERS
    assert [one.addr_spec for one in message["To"].addresses] == ["ines@example.test"]
    assert [one.addr_spec for one in message["From"].addresses] == ["studio@panel.test"]


@pytest.mark.parametrize(
    "mark", ["\r\nBcc: a@b.test", "\n\n<h1>", '", <a@b.test>, "', "é" * 90 + "<a@b.test>,"]
)
def test_the_usual_tricks_come_to_nothing(mark):
    message = sent(letter(to_name=f"Ines{mark}", title=f"Hi{mark}"), f"Studio{mark}")
    assert "Bcc" not in message
    assert len(message["To"].addresses) == len(message["From"].addresses) == 1


def test_ids_are_all_different_and_of_the_senders_domain():
    ids = {new_id("studio@müller.test") for _ in range(50)}
    assert len(ids) == 50 and all(one.endswith("@xn--mller-kva.test>") for one in ids)
