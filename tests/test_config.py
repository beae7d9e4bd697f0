"""Settings are read once, checked, and complained about in a sentence."""

import stat
from pathlib import Path

import pytest

import config
from config import Misconfigured


@pytest.fixture
def read(tmp_path):
    return lambda **env: config.read({"DATA_DIR": str(tmp_path / "data"), **env})


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_needs_nothing(read, tmp_path):
    settings = read()
    file = tmp_path / "data" / "bookings.sqlite"
    assert settings["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{file}"
    assert (settings["HOST"], settings["PORT"]) == ("127.0.0.1", 8000)
    assert settings["LOGIN_URL"] == "https://login.microsoftonline.com"
    assert settings["GRAPH_URL"] == "https://graph.microsoft.com"
    assert not settings["TEST_MODE"]


def test_it_makes_its_secrets_once_and_keeps_them_to_itself(read, tmp_path):
    first, second = read(), read()
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert first["TOKEN_KEYS"] == second["TOKEN_KEYS"]
    assert mode(tmp_path / "data" / "secret_key") == mode(tmp_path / "data" / "token_keys") == 0o600


def test_it_takes_rights_on_its_secrets_away_from_others(read, tmp_path):
    read()
    (tmp_path / "data" / "token_keys").chmod(0o644)
    read()
    assert mode(tmp_path / "data" / "token_keys") == 0o600


def test_it_takes_several_keys_newest_first(read):
    keys = (config.Fernet.generate_key().decode(), config.Fernet.generate_key().decode())
    assert read(TOKEN_KEYS=", ".join(keys))["TOKEN_KEYS"] == keys


@pytest.mark.parametrize("url", ["postgres://u@h/d", "postgresql://u@h/d"])
def test_it_names_the_driver_of_postgresql(read, url):
    assert read(DATABASE_URL=url)["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://u@h/d"


def test_the_environment_names_a_mail_server(read):
    given = read(SMTP_HOST="smtp.example", SMTP_FROM="Studio <mail@studio.example>")["SMTP"]
    assert (given["host"], given["port"], given["security"]) == ("smtp.example", 587, "starttls")
    assert (given["from_name"], given["from_address"]) == ("Studio", "mail@studio.example")
    assert read(SMTP_PORT="25")["SMTP"] is None


@pytest.mark.parametrize("security, port", [("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_kind_of_security_has_its_port(read, security, port):
    given = read(SMTP_HOST="h", SMTP_FROM="a@b.test", SMTP_SECURITY=security)
    assert given["SMTP"]["port"] == port


def test_a_mail_server_needs_a_sender(read):
    with pytest.raises(Misconfigured, match="SMTP_FROM names no address"):
        read(SMTP_HOST="smtp.example")


def test_https_makes_cookies_secure(read):
    settings = read(PUBLIC_URL="https://panel.example/")
    assert settings["PUBLIC_URL"] == "https://panel.example"
    assert settings["SESSION_COOKIE_SECURE"] and settings["REMEMBER_COOKIE_SECURE"]
    assert not read()["SESSION_COOKIE_SECURE"]


@pytest.mark.parametrize(
    "public, graph, told",
    [
        ("https://panel.example", "", "https://panel.example/outlook/notifications"),
        ("http://panel.example", "", ""),
        ("", "", ""),
        ("http://panel.example", "http://127.0.0.1:8001", ""),
        ("", "http://localhost:8001", "http://127.0.0.1:8000/outlook/notifications"),
    ],
)
def test_microsoft_tells_of_changes_where_it_can_reach_the_panel(read, public, graph, told):
    assert read(PUBLIC_URL=public, GRAPH_URL=graph)["NOTIFY_URL"] == told


def test_the_sandbox_is_test_mode(read):
    assert read(LOGIN_URL="http://127.0.0.1:8001")["TEST_MODE"]


def test_the_clock_moves_only_in_a_sandbox(read):
    assert read(CLOCK_OFFSET_FILE="/x")["CLOCK_OFFSET_FILE"] is None
    moved = read(CLOCK_OFFSET_FILE="/x", LOGIN_URL="http://localhost:8001")
    assert moved["CLOCK_OFFSET_FILE"] == Path("/x")


@pytest.mark.parametrize("name", ["FLASK_RUN_FROM_CLI", "WERKZEUG_RUN_MAIN"])
def test_the_clockwork_only_turns_where_the_panel_is_served(read, name):
    assert read()["CLOCKWORK"]
    assert not read(**{name: "true"})["CLOCKWORK"]


@pytest.mark.parametrize(
    "name, value, said",
    [
        ("PORT", "http", "PORT is 'http'. Give a whole number from 1 to 65535."),
        ("PORT", "0", "PORT is '0'. Give a whole number from 1 to 65535."),
        ("SYNC_THREADS", "-1", "SYNC_THREADS is '-1'. Give a whole number from 1 to 256."),
        ("QUEUE", "celery", "QUEUE is 'celery'. Give 'procrastinate', or leave it out."),
        ("RATE_LIMITS", "no", "RATE_LIMITS is 'no'. Give 'on' or 'off', or leave it out."),
        ("PUBLIC_URL", "panel.example", "Give an address like http://127.0.0.1:8000."),
        ("LOGIN_URL", "http://login.example", "Outside this machine it must use https."),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL must start with postgresql://"),
        ("DATABASE_URL", "sqlite:///x.db", "sqlite:/// and an absolute path."),
        ("SECRET_KEY", "short", "SECRET_KEY is too short."),
        ("METRICS_TOKEN", "short", "METRICS_TOKEN is too short."),
        ("TOKEN_KEYS", "nonsense", "TOKEN_KEYS holds a key that is not a Fernet key"),
        ("TOKEN_KEYS", ",", "TOKEN_KEYS names no key."),
    ],
)
def test_it_complains_in_a_sentence(read, name, value, said):
    with pytest.raises(Misconfigured) as complaint:
        read(**{name: value})
    assert said in str(complaint.value)


def test_it_says_that_the_data_has_no_place(read, tmp_path):
    (tmp_path / "data").write_text("a file stands here")
    with pytest.raises(Misconfigured, match="DATA_DIR is .*cannot be made"):
        read()
