"""What breaks in a shelter is logged and stays there."""

import pytest

from panel.services.sheltering import sheltered


def test_it_logs_what_breaks_with_its_traceback_and_goes_on(caplog):
    with sheltered("The lamp could not be lit.") as shelter:
        raise ZeroDivisionError
    assert shelter.broken
    assert "The lamp could not be lit." in caplog.text and "ZeroDivisionError" in caplog.text


def test_it_says_that_nothing_broke(caplog):
    with sheltered("The lamp could not be lit.") as shelter:
        pass
    assert (shelter.broken, caplog.text) == (False, "")


@pytest.mark.parametrize("more", [KeyError, KeyboardInterrupt])
def test_it_lets_through_what_speaks_of_more(more, caplog):
    with pytest.raises(more), sheltered("The lamp could not be lit.", but=(KeyError,)):
        raise more
    assert caplog.text == ""
