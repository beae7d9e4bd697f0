"""When a database is not taken for what it says it is."""

import pytest

from panel.domain.installation import Doubt, Paper, doubt

HERE = {"name": "a1", "machines": ["one"], "machine": "one", "journal": 40}


@pytest.mark.parametrize(
    "paper, known, wanted",
    [
        (Paper("a1", "one", 40), {}, None),
        (Paper("a1", "one", 39), {}, None),
        (Paper("a1"), {}, None),
        (Paper("a1", "one", 41), {}, Doubt.AHEAD),
        (Paper("", "", 0), {}, Doubt.MISSING),
        (Paper("b2", "one", 40), {}, Doubt.MISSING),
        (Paper("a1", "one", 40), {"machine": "two"}, Doubt.MACHINE),
        (Paper("a1", "two", 40), {}, Doubt.MACHINE),
        (Paper("a1", "two", 40), {"machines": ["one", "two"], "machine": "two"}, None),
    ],
)
def test_what_is_doubted(paper, known, wanted):
    assert doubt(paper, **(HERE | known)) is wanted
