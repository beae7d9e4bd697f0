"""The studio that the tests of the services work in."""

import pytest

from tests.services.correspondence import Post
from tests.services.studio import Studio
from tests.support.mailbox import listening


@pytest.fixture
def studio(house) -> Studio:
    return Studio()


@pytest.fixture
def post(house):
    """A mail server that takes everything, and a clock that stands at noon."""
    with listening() as box:
        yield Post(house, box)
