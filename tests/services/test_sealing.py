"""Secrets at rest."""

import pytest
from cryptography.fernet import Fernet

from panel.domain.errors import PanelError
from panel.services.sealing import seal, unseal

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
SECRET = {"secret": "s3cret~value+/=&", "n": 7}


def test_it_gives_back_what_it_was_given():
    assert unseal([NEW], "client secret", seal([NEW], "client secret", SECRET)) == SECRET


def test_nothing_of_it_can_be_read_in_the_database():
    blob = seal([NEW], "client secret", SECRET)
    assert b"s3cret" not in blob
    assert b"client" not in blob


def test_an_older_key_still_opens():
    assert unseal([NEW, OLD], "row 7", seal([OLD], "row 7", SECRET)) == SECRET


def test_the_newest_key_seals():
    assert unseal([NEW], "row 7", seal([NEW, OLD], "row 7", SECRET)) == SECRET


def test_it_is_refused_in_another_row():
    with pytest.raises(PanelError, match="belongs to something else"):
        unseal([NEW], "connection 8", seal([NEW], "connection 7", SECRET))


@pytest.mark.parametrize(
    "spoil", [lambda blob: blob[:-9] + b"aaaaaaaa=", lambda _: b"", bytes.upper]
)
def test_without_its_key_or_whole_it_stays_shut(spoil):
    blob = seal([OLD], "row 7", SECRET)
    for keys, given in (([NEW], blob), ([OLD], spoil(blob))):
        with pytest.raises(PanelError, match="TOKEN_KEYS"):
            unseal(keys, "row 7", given)
