"""An office whose Anna can connect."""

import itertools

import pytest

from tests.sync.accounts import Accounts
from tests.sync.office import Office
from tests.sync.telling import Told, served

numbers = itertools.count(1)


@pytest.fixture
def office(house, sandbox) -> Office:
    """Nobody has connected yet."""
    return Office(house, sandbox, f"anna{next(numbers)}@contoso.test")


@pytest.fixture
def linked(office: Office) -> Office:
    """Anna has connected, and both sides agree."""
    assert office.connect().refused is None
    office.sync()
    return office


@pytest.fixture
def accounts(linked: Office) -> Accounts:
    """The same, who may link more accounts."""
    return Accounts(linked)


@pytest.fixture
def asking(house, office):
    """Anna has not connected; Microsoft could reach the panel."""
    with served(house) as (url, arrived):
        told = Told(office, url, arrived)
        told.listen(house)
        yield told


@pytest.fixture
def told(asking):
    """Anna has connected, Microsoft tells of her calendars, and nothing is left to be done."""
    asking.office.connect()
    asking.rest()
    assert asking.agrees()
    return asking
