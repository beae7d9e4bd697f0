"""Numbers for Prometheus: off by default, with a token, and the same from every process."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from panel.db.base import writing
from panel.db.tables import Mailbox, Traffic
from panel.services.sync import traffic
from tests.services.outlook_rows import calendar, integration
from tests.services.studio import Studio

TOKEN = "a token for tests only"
LINE = re.compile(r'[a-z_]+(\{[a-z]+="[a-z_]+"\})? [0-9.e+-]+')


@pytest.fixture
def ask(house):
    """Asks for the metrics, with what the header is to say."""
    house.config["METRICS_TOKEN"] = TOKEN
    client = house.test_client()

    def asked(header=f"Bearer {TOKEN}"):
        return client.get("/metrics", headers={"Authorization": header} if header else {})

    return asked


def values(text):
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_they_are_off_where_no_token_is_set(house):
    house.config["METRICS_TOKEN"] = ""
    client = house.test_client()
    for header in ("", "Bearer ", "Bearer x"):
        assert client.get("/metrics", headers={"Authorization": header}).status_code == 404


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", f"bearer {TOKEN}", f"Basic {TOKEN}"])
def test_nobody_reads_them_without_the_token(ask, header):
    answer = ask(header)
    assert answer.status_code == 401 and "panel_" not in answer.text


def test_they_are_in_the_format_of_prometheus(ask):
    Studio()
    answer = ask()
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    told = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert told and all(LINE.fullmatch(line) for line in told)
    kinds = dict(line.split()[2:4] for line in answer.text.splitlines() if "# TYPE" in line)
    assert {name for name, kind in kinds.items() if kind == "counter"} == {
        f"panel_outlook_{name}_total"
        for name in ("throttled", "rounds", "pushes", "failures", "drift")
    }


NUMBERS = {"requests": 5, "throttled": 1, "milliseconds": 2500, "rounds": 2, "pushes": 1234567}
TOLD = {
    "panel_outlook_request_seconds_sum": 5,
    "panel_outlook_request_seconds_count": 10,
    "panel_outlook_throttled_total": 2,
    "panel_outlook_rounds_total": 4,
    "panel_outlook_pushes_total": 2469134,
    "panel_outlook_drift_total": 4,
    'panel_connections{state="importing"}': 1,
}


def test_they_count_every_account_of_an_employee(ask):
    studio = Studio()
    integration(client_id="c", client_secret=b"x", tenant="common")
    for _ in range(2):
        calendar(studio.anna)
    told = values(ask().text)
    assert sum(told[one] for one in told if one.startswith("panel_connections")) == 2


def test_they_count_what_stands_in_the_database_and_never_fall(ask):
    studio, now = Studio(), datetime.now(UTC)
    integration(client_id="c", client_secret=b"x", tenant="common")
    box = calendar(studio.anna, is_write=True).mailbox_id
    with writing() as session:
        session.get_one(Mailbox, box).drift = 4
        for age in (timedelta(0), timedelta(days=3)):
            session.add(Traffic(mailbox_id=box, since=now - age, failures=0, **NUMBERS))
    for _ in range(2):
        told = values(ask().text)
        assert {name: told[name] for name in TOLD} == TOLD
        traffic.fold(now=now)
