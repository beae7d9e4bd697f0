"""What page tests about Outlook start from."""

import pytest

from tests.web.desk import Desk


@pytest.fixture
def desk(house, visitor, sandbox) -> Desk:
    """Anna is signed in to the panel, and nobody has connected."""
    desk = Desk(house, visitor, sandbox)
    visitor.sign_in("anna@panel.test")
    return desk


@pytest.fixture
def linked(desk: Desk) -> Desk:
    """Anna has connected, and everything is in her Outlook."""
    desk.connect()
    desk.sync()
    return desk
