"""The real server turns the clock; the command line never does."""

import signal

import pytest

from tests.support.servers import PanelServer


@pytest.fixture
def second(panel_server, tmp_path):
    server = PanelServer(tmp_path)
    yield server
    server.kill()


def test_a_served_panel_turns_its_clock(panel_server):
    panel_server.start()
    assert panel_server.health() == {"database": "ok", "clockwork": "ok"}
    assert panel_server.leads()


def test_a_killed_leader_is_followed_at_once(panel_server, second):
    panel_server.start()
    panel_server.kill()
    second.start()
    assert second.leads()


def test_of_two_servers_one_leads(panel_server, second):
    panel_server.start()
    second.start()
    assert not second.leads()


def test_the_command_line_starts_no_thread_and_takes_no_lock(panel_server, tmp_path):
    script = "import threading; print([thread.name for thread in threading.enumerate()])"
    done = panel_server.flask("shell", typed=script)
    assert "['MainThread']" in done.stdout
    assert not (tmp_path / "clockwork.lock").exists()


def test_it_ends_when_asked(panel_server):
    panel_server.start()
    assert panel_server.end(signal.SIGTERM) == 0
