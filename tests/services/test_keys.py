"""A database without its keys stops the start."""

import pytest

from panel.db.base import db, fresh, writing
from panel.db.tables import OutlookSettings
from panel.services import keys
from panel.services.sealing import Unreadable, seal, unseal
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


def sealed(*ring):
    make.outlook_settings(client_secret=seal(ring, "client secret", {"secret": "s"}))


def secret():
    fresh()
    return db.session.scalar(db.select(OutlookSettings.client_secret))


def test_everything_is_sealed_with_the_newest_key(house):
    sealed(OTHER)
    assert keys.rotate([KEY, OTHER]) == 1
    assert unseal([KEY], "client secret", secret()) == {"secret": "s"}
    assert keys.rotate([KEY, OTHER]) == 0
    keys.check([KEY])


def test_without_the_old_key_nothing_is_touched(house):
    sealed(OTHER)
    before = secret()
    with pytest.raises(Unreadable, match="do not open 1 of 1"):
        keys.rotate([KEY])
    assert secret() == before


def test_a_refresh_that_comes_between_is_not_undone(house, monkeypatch):
    """The tokens that were stored while the command ran stay, under the newest key too."""
    sealed(OTHER)
    real, raced = keys.sealed_anew, []

    def meanwhile(ring, blob):
        if not raced:
            raced.append(blob)
            with writing() as session:
                newer = seal([OTHER], "client secret", {"secret": "newer"})
                session.get_one(OutlookSettings, 1).client_secret = newer
        return real(ring, blob)

    monkeypatch.setattr(keys, "sealed_anew", meanwhile)
    assert keys.rotate([KEY, OTHER]) == 1
    assert unseal([KEY], "client secret", secret()) == {"secret": "newer"}


def test_the_command_says_what_it_did(house):
    sealed(KEY)
    done = house.test_cli_runner().invoke(args=["rotate-keys"])
    assert done.exit_code == 0 and "0 secrets were sealed" in done.output
    assert "names one key only" in done.output
