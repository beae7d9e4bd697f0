"""Moved on both sides before either has heard: what the customer was promised counts."""

import pytest

from tests.requirements.outlook import until
from tests.sandbox_process import ANNA

SILENT = {"match": {"mailbox": ANNA}, "kind": "status", "status": 503, "retry_after": 1}


@pytest.fixture
def asked(linked, outlook, sandbox):
    """While Microsoft was silent, Anna moved a booking here to 11:00 and there to 14:00."""
    path = linked.book("09:00")
    entry = until(lambda: outlook.at("09:00"))
    sandbox.faults(SILENT)
    outlook.move(entry, "14:00", "15:00")
    linked.open(path).press("Move").at("11:00").sees("Moved to")
    sandbox.faults()
    linked.finds(path, "11:00 counts, as Ines was promised.")
    return linked.sees("Moved on both sides.")


def test_the_promised_time_stands_in_outlook_and_the_other_can_be_taken(asked, outlook):
    until(lambda: outlook.at("11:00"))
    asked.press("Take 14:00 instead").sees("The time in Outlook counts now.")
    asked.sees("14:00–15:00").sees_not("11:00 counts")
    until(lambda: outlook.at("14:00"))
    assert outlook.at("11:00") is None
