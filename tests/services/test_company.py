"""The business itself."""

import pytest

from panel.domain.errors import NotAllowed, RuleBroken
from panel.domain.people import Actor
from panel.services import company
from panel.services.company import Details
from tests.services.studio import NOON, OWNER


def test_before_anybody_named_it_there_is_one_as_usual(house):
    assert (company.current().name, company.current().default_status) == ("Panel", "approved")


def test_the_owner_names_it(house):
    company.edit(Details(" Linden  Studio", "Europe/London", notice_minutes=0), by=OWNER, now=NOON)
    assert (company.current().name, company.current().notice_minutes) == ("Linden Studio", 0)


def test_a_manager_does_not(house):
    with pytest.raises(NotAllowed, match="Only the owner"):
        company.edit(Details("Mine", "UTC"), by=Actor(None, "Mia Holt", "manager"), now=NOON)


@pytest.mark.parametrize(
    "given", [{"name": ""}, {"zone": "+02:00"}, {"step_minutes": 7}, {"default_status": "done"},
              {"horizon_days": 0}, {"notice_minutes": -1}]
)  # fmt: skip
def test_it_says_which_field_is_wrong(house, given):
    with pytest.raises(RuleBroken) as refused:
        company.edit(Details(**{"name": "Studio", "zone": "UTC"} | given), by=OWNER, now=NOON)
    assert refused.value.field == next(iter(given))
