"""A database without its keys stops the start."""

import pytest

from panel.services import keys
from panel.services.sealing import Unreadable, seal
from tests import make
from tests.support.settings import KEY

OTHER = "b3RoZXItc2VjcmV0LWZvci10ZXN0cy1vbmx5LTMyISE="


def test_an_empty_database_needs_no_key(house):
    keys.check([OTHER])


def test_any_of_the_keys_may_fit(house):
    make.outlook_settings(client_secret=seal([KEY], "client secret", {}))
    keys.check([OTHER, KEY])


def test_it_says_how_many_secrets_are_lost(house):
    make.outlook_settings(client_secret=seal([KEY], "client secret", {}))
    with pytest.raises(Unreadable, match="do not open 1 of 1 stored secrets"):
        keys.check([OTHER])


def test_an_upgrade_says_so_too(house):
    make.outlook_settings(client_secret=seal([OTHER], "client secret", {}))
    done = house.test_cli_runner().invoke(args=["upgrade"])
    assert "Put the keys back" in done.output
    assert done.exit_code == 1
