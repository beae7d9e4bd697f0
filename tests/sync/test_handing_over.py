"""When somebody stops taking bookings, what was in their Outlook goes where the work goes."""

import pytest

from panel.services import handing_over
from panel.services.handing_over import Outcome
from tests.services.studio import OWNER
from tests.sync.colleague import Colleague


@pytest.fixture
def ben(linked) -> Colleague:
    """Anna has an appointment in her Outlook, and Ben has linked his."""
    linked.book_at("10:00")
    linked.sync()
    assert len(linked.there()) == 1
    return Colleague(linked)


def stop(office, upcoming: str) -> Outcome:
    done = handing_over.stop(office.anna.id, upcoming=upcoming, by=OWNER, now=office.now())
    assert office.settle().settled
    return done


def test_a_copy_moves_to_the_colleagues_outlook(linked, ben):
    assert stop(linked, "give") == Outcome(given=1)
    assert (linked.there(), len(ben.there())) == ([], 1)


def test_a_cancelled_copy_leaves(linked, ben):
    assert stop(linked, "cancel") == Outcome(cancelled=1)
    assert (linked.there(), ben.there()) == ([], [])


def test_a_kept_copy_stays(linked, ben):
    assert stop(linked, "keep") == Outcome(kept=1)
    assert (len(linked.there()), ben.there()) == (1, [])
