"""Mail that Panel sends by SMTP is taken, kept and shown, and goes no further."""

import smtplib
from email.message import EmailMessage

import pytest

from tests.sandbox_process import Sandbox, Started


@pytest.fixture(scope="module")
def started():
    started = Started("--smtp-port", "0")
    yield started
    started.end()


@pytest.fixture
def post(started):
    def send(subject, text, **more):
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = subject, "studio@x.test", "ms@y.test"
        message.set_content(text)
        if "calendar" in more:
            message.add_attachment(more["calendar"], subtype="calendar", filename="visit.ics")
        with smtplib.SMTP("127.0.0.1", started.smtp_port, timeout=30) as smtp:
            if "login" in more:
                smtp.login(*more["login"])
            smtp.send_message(message)

    return send


def test_it_keeps_a_mail(started, post):
    post("Your visit", "See you on Friday, Zoë.")
    kept = Sandbox(started.url).mail()[-1]
    assert (kept["subject"], kept["to"]) == ("Your visit", ["ms@y.test"])
    assert kept["from"] == "studio@x.test"
    assert "Zoë" in kept["text"]


def test_it_keeps_attachments(started, post):
    post("Invitation", "Attached.", calendar="BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    (file,) = Sandbox(started.url).mail()[-1]["attachments"]
    assert (file["name"], file["type"]) == ("visit.ics", "text/calendar")
    assert "BEGIN:VCALENDAR" in file["text"]


def test_it_takes_any_name_and_password(started, post):
    post("Signed in", "Hello.", login=("panel", "whatever"))
    assert Sandbox(started.url).mail()[-1]["subject"] == "Signed in"


def test_it_shows_mails_to_people_and_lists_them_to_programs(started, post):
    post("To be <seen>", "Hello.")
    sandbox = Sandbox(started.url)
    where = f"{sandbox.url}/sandbox/mail"
    page = sandbox.http.get(where, headers={"Accept": "text/html"}, timeout=30)
    assert "To be &lt;seen&gt;" in page.text
    assert sandbox.http.get(where, timeout=30).json()["value"][-1]["subject"] == "To be <seen>"


def test_it_shows_the_html_as_it_looks_and_lets_nothing_else_in(started):
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Looks", "studio@x.test", "ms@y.test"
    message.set_content("Plain")
    message.add_alternative("<p style='color: red'>Rich</p>", subtype="html")
    with smtplib.SMTP("127.0.0.1", started.smtp_port, timeout=30) as smtp:
        smtp.send_message(message)
    sandbox = Sandbox(started.url)
    where = f"{sandbox.url}/sandbox/mail/{len(sandbox.mail()) - 1}.html"
    answer = sandbox.http.get(where, timeout=30)
    policy = answer.headers["Content-Security-Policy"]
    assert "Rich" in answer.text and "default-src 'none'" in policy and "sandbox" in policy
    assert sandbox.http.get(f"{sandbox.url}/sandbox/mail/999.html", timeout=30).status_code == 404
