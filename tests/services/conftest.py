"""The studio that the tests of the services work in."""

import pytest

from tests.services.studio import Studio


@pytest.fixture
def studio(house) -> Studio:
    return Studio()
