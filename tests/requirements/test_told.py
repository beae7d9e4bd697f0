"""A panel that is reached is told of changes in Outlook, and need not ask for them."""

import shutil

import pytest

from bench.person import Person
from tests.requirements.outlook import until
from tests.requirements.people import THE_DAY
from tests.sandbox_process import ANNA
from tests.support.servers import PanelServer

ONCE_A_DAY = "86400"
CREATE = ("POST", "/v1.0/subscriptions")


@pytest.fixture
def panel(tmp_path, demo, sandbox):
    """The panel as `make run` starts it, but that it asks Outlook once a day only."""
    shutil.copy(demo, tmp_path / "bookings.sqlite")
    urls = {"LOGIN_URL": sandbox.url, "GRAPH_URL": sandbox.url}
    server = PanelServer(tmp_path, POLL_SECONDS=ONCE_A_DAY, **urls)
    yield server.start()
    server.kill()


@pytest.fixture
def anna(panel, sandbox):
    """Anna has connected; Microsoft tells of her calendars, and all were read since it does."""
    anna, last = Person(panel.url), sandbox.last_request()
    anna.sign_in("anna@panel.test")
    anna.connect(ANNA)
    until(lambda: is_read_and_told(sandbox.requests(last)))
    return anna


def is_read_and_told(asked) -> bool:
    """Say whether as many calendars were read since the last subscription as there are of them."""
    made = [one["n"] for one in asked if (one["method"], one["path"]) == CREATE]
    read = [one for one in asked if made and one["n"] > made[-1] and one["path"].endswith("/delta")]
    return 0 < len(made) <= len(read)


def test_a_change_in_outlook_comes_by_itself(anna, outlook):
    outlook.block("10:30", "11:30")
    until(lambda: "10:30–11:30" in anna.get(THE_DAY).text)
