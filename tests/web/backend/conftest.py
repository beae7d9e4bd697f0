"""An owner at work in the back end."""

import pytest

from tests.web.studio import Studio


@pytest.fixture
def studio(house):
    return Studio()


@pytest.fixture
def owner(visitor, studio):
    visitor.enter("owner@panel.test")
    return visitor
