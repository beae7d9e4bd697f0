"""What page tests about Outlook start from."""

import pytest
import time_machine

from tests.conftest import PROGRAMS, needs
from tests.web.desk import Desk
from tests.web.studio import TODAY

# Beside these the clock has to be that of everybody.
OTHERS = PROGRAMS | {"sandbox", "clock"}


@pytest.fixture(autouse=True)
def noon(request):
    """Begin at noon, from where the clock goes on, so that no test minds the hour."""
    if OTHERS & needs(request.node):
        yield
        return
    with time_machine.travel(f"{TODAY}T12:00:00+00:00"):
        yield


@pytest.fixture
def desk(house, visitor, sandbox) -> Desk:
    """Anna is signed in to the panel, and nobody has connected."""
    desk = Desk(house, visitor, sandbox)
    visitor.enter("anna@panel.test")
    return desk


@pytest.fixture
def linked(desk: Desk) -> Desk:
    """Anna has connected, and everything is in her Outlook."""
    desk.connect()
    desk.sync()
    return desk
