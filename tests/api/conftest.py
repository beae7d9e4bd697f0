"""What every test of the API starts from."""

import pytest

from tests.api.program import Program, Site
from tests.services.studio import NOON, Studio


@pytest.fixture
def studio(house, clock):
    clock.move_to(NOON)
    return Studio()


@pytest.fixture
def site(app, studio):
    """The web site of the studio, with its token."""
    return Site(app, studio)


@pytest.fixture
def stranger(app):
    """A program without a token."""
    return Program(app)
