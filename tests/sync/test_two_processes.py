"""Two processes want the same access token renewed, or one renews what another destroys."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from panel.db.base import db, fresh, writing
from panel.db.tables import Credential
from panel.domain.schedule import Span
from panel.outlook.pool import open_pool
from panel.services.sync import live
from panel.services.sync.tokens import sealed_tokens
from tests.support.servers import PanelServer
from tests.sync.mishaps import Meanwhile
from tests.sync.office import ZONE


@pytest.fixture
def run_out(linked):
    """An access token that has just run out, and an appointment that waits to be written."""
    old = replace(linked.tokens(), expires_at=linked.now())
    with writing() as session:
        row = session.scalars(db.select(Credential)).one()
        row.sealed = sealed_tokens(linked.outside, row.connection_id, old)
    linked.book_at("10:00")
    fresh()
    return linked


def renewals(office, since):
    return [one for one in office.sandbox.requests(since) if one["path"].endswith("/token")]


def test_two_processes_renew_a_token_once(run_out, sandbox, database_address, tmp_path):
    urls = {"LOGIN_URL": sandbox.url, "GRAPH_URL": sandbox.url, "DATABASE_URL": database_address}
    server, codes = PanelServer(tmp_path, **urls), []

    def sync():
        codes.append(server.flask("sync", "--until-settled", "40").returncode)

    sandbox.latency(token_ms=300)
    last = sandbox.last_request()
    threads = [threading.Thread(target=sync) for _ in range(2)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    assert (codes, len(renewals(run_out, last)), len(run_out.there())) == ([0, 0], 1, 1)


def test_a_look_before_booking_brings_nothing_destroyed_back(house, run_out):
    run_out.block("10:30", "11:00")
    run_out.forward(minutes=2)
    look(house, run_out)
    assert run_out.connection() is None
    assert (run_out.blocks(), db.session.scalars(db.select(Credential)).all()) == ([], [])


def look(house, office):
    """Ask once more about a time, while its person leaves just before the token is renewed."""

    def leave():
        with house.app_context():
            office.disconnect()
            db.session.remove()

    http = open_pool()
    http.mount("http://", Meanwhile("POST", "/token", leave))
    starts = datetime.fromisoformat(office.day("10:00")).replace(tzinfo=ZONE)
    span = Span(starts, starts + timedelta(hours=1))
    last = office.sandbox.last_request()
    live.look([office.anna.id], span, outside=replace(office.outside, http=http))
    fresh()
    assert len(renewals(office, last)) == 1
