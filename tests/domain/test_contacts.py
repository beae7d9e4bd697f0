"""Numbers compared."""

import pytest

from panel.domain.contacts import digits


@pytest.mark.parametrize("phone", ["+49 171 123", "0049171123", "+49 (171) 12-3", " 00 49171/123 "])
def test_one_number_is_written_in_many_ways(phone):
    assert digits(phone) == "0049171123"


@pytest.mark.parametrize("phone", ["", "12 34 5", "ext. 12"])
def test_too_few_digits_tell_nobody_apart(phone):
    assert digits(phone) == ""
