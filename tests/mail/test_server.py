"""Real SMTP on loopback: how mails are handed in, and what each answer means."""

import socket

import pytest

from panel.domain.errors import MailDelayed, MailRefused, MailServerWrong
from panel.mail.messages import build
from panel.mail.server import Server, line_to
from tests.mail.test_messages import NOON, letter
from tests.outlook.certificates import certified
from tests.support.mailbox import PASSWORD, USER, listening


def message(**given):
    return build(letter(**given), from_address="studio@panel.test", from_name="", now=NOON)


def hand_in(server, **given):
    with line_to(server, patience=20) as line:
        line.send(message(**given))


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    context, file = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", file)
    return context


def test_it_hands_in_a_mail():
    with listening() as box:
        hand_in(box.server())
    assert box.subjects() == ["Booked"] and box.to == ["ines@example.test"]


def test_it_hands_in_several_on_one_line():
    with listening() as box, line_to(box.server()) as line:
        line.send(message(title="One"))
        line.send(message(title="Two"))
    assert box.subjects() == ["One", "Two"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_it_speaks_tls_with_a_certificate_it_trusts(trusted, security):
    with listening(trusted, tls=security == "tls", login=True) as box:
        hand_in(box.server(security, USER, PASSWORD))
    assert (len(box.taken), box.login) == (1, (USER, PASSWORD))


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_it_tells_a_stranger_nothing(tmp_path, security):
    context, _ = certified(tmp_path)
    said = pytest.raises(MailServerWrong, match=r"certificate of 127\.0\.0\.1 cannot be trusted")
    with listening(context, tls=security == "tls", login=True) as box, said:
        hand_in(box.server(security, USER, PASSWORD))
    assert (box.taken, box.login) == ([], None)


def test_it_never_falls_back_to_plain_text():
    with listening() as box:
        with pytest.raises(MailServerWrong, match="does not offer STARTTLS"):
            hand_in(box.server("starttls"))
        with pytest.raises(MailServerWrong, match="does not speak TLS"):
            hand_in(box.server("tls"))
    assert box.taken == []


def test_a_wrong_password_is_our_settings_fault():
    with listening(login=True) as box, pytest.raises(MailServerWrong, match="does not accept"):
        hand_in(box.server("none", USER, "wrong"))


def test_a_login_that_is_wanted_is_our_settings_fault():
    with listening(login=True) as box, pytest.raises(MailServerWrong):
        hand_in(box.server())


def test_a_login_that_nobody_takes_is_our_settings_fault():
    with listening() as box, pytest.raises(MailServerWrong, match="takes no user name"):
        hand_in(box.server("none", USER, PASSWORD))


def test_nobody_at_the_port_is_our_settings_fault():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(MailServerWrong, match="does not answer on port"):
        hand_in(Server("127.0.0.1", port, "none", "", "", "studio@panel.test"))


def test_an_unknown_name_is_our_settings_fault():
    with pytest.raises(MailServerWrong, match="does not answer on port 25"):
        hand_in(Server("nowhere.invalid", 25, "none", "", "", "studio@panel.test"))


def test_a_server_that_says_nothing_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Server("127.0.0.1", silent.getsockname()[1], "none", "", "", "studio@panel.test")
        with pytest.raises(MailServerWrong), line_to(server, patience=0.2):
            pass


@pytest.mark.parametrize("step", ["rcpt", "data", "mail"])
def test_a_passing_no_is_tried_again(step):
    with listening() as box:
        setattr(box, step, "451 Come back later")
        with pytest.raises(MailDelayed, match="Come back later"):
            hand_in(box.server())


@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_a_final_no_is_meant_for_this_mail(step):
    with listening() as box, line_to(box.server()) as line:
        setattr(box, step, "550 Nobody here")
        with pytest.raises(MailRefused, match="Nobody here"):
            line.send(message())
        setattr(box, step, "")
        line.send(message())
    assert len(box.taken) == 1


def test_a_sender_that_is_refused_is_our_settings_fault():
    with listening() as box:
        box.mail = "553 Not yours"
        with pytest.raises(MailServerWrong, match="refuses the sender’s address"):
            hand_in(box.server())


def test_a_password_is_not_shown_by_accident():
    assert PASSWORD not in repr(Server("h", 25, "none", USER, PASSWORD, "a@b.test"))
