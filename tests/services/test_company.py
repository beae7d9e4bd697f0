"""The business itself."""

import pytest

from panel.domain.errors import NotAllowed, RuleBroken
from panel.domain.people import Actor
from panel.services import company
from panel.services.company import Details, Rules
from tests.services.studio import NOON, OWNER

MANAGER = Actor(None, "Mia Holt", "manager")


def test_before_anybody_named_it_there_is_one_as_usual(house):
    usual = company.current()
    assert (usual.name, usual.default_status, usual.hour_format) == ("Panel", "approved", 24)


def test_its_usual_rules_are_those_of_a_new_row(house):
    row = company.edit(Details("Studio", "UTC"), by=OWNER, now=NOON)
    assert Rules(**{name: getattr(row, name) for name in Rules.__dataclass_fields__}) == Rules()


def test_the_owner_names_it(house):
    company.edit(Details(" Linden  Studio", "Europe/London"), by=OWNER, now=NOON)
    assert (company.current().name, company.current().zone) == ("Linden Studio", "Europe/London")


def test_an_address_keeps_its_lines(house):
    typed = " 14 Cheltenham Road \r\n\r\nBristol\r\n"
    company.edit(Details("Studio", "UTC", address=typed), by=OWNER, now=NOON)
    assert company.current().address == "14 Cheltenham Road\nBristol"


def test_the_owner_sets_its_rules(house):
    company.set_rules(Rules(notice_minutes=0, horizon_days=325), by=OWNER, now=NOON)
    assert (company.current().notice_minutes, company.current().horizon_days) == (0, 325)


def test_its_rules_leave_its_name_alone(house):
    company.edit(Details("Linden Studio", "Europe/London"), by=OWNER, now=NOON)
    company.set_rules(Rules(step_minutes=30), by=OWNER, now=NOON)
    assert company.current().name == "Linden Studio"


def test_a_manager_does_neither(house):
    with pytest.raises(NotAllowed, match="Only the owner"):
        company.edit(Details("Mine", "UTC"), by=MANAGER, now=NOON)
    with pytest.raises(NotAllowed, match="Only the owner"):
        company.set_rules(Rules(), by=MANAGER, now=NOON)


@pytest.mark.parametrize(
    "given",
    [{"name": ""}, {"zone": "+02:00"}, {"currency": "XYZ"}, {"first_weekday": 9},
     {"hour_format": 13}, {"email": "ruth"}, {"terms_url": "example.com/terms"},
     {"privacy_url": "https://"}, {"address": "x" * 401}],
)  # fmt: skip
def test_it_says_which_detail_is_wrong(house, given):
    with pytest.raises(RuleBroken) as refused:
        company.edit(Details(**{"name": "Studio", "zone": "UTC"} | given), by=OWNER, now=NOON)
    assert refused.value.field == next(iter(given))


def test_a_page_that_could_be_changed_on_its_way_is_refused(house):
    with pytest.raises(RuleBroken, match="must begin with https://"):
        company.edit(Details("Studio", "UTC", terms_url="http://example.com/a"), by=OWNER, now=NOON)


@pytest.mark.parametrize(
    "given",
    [{"step_minutes": 7}, {"default_status": "done"}, {"horizon_days": 0}, {"horizon_days": 326},
     {"notice_minutes": -1}, {"cancel_notice_minutes": 366 * 1440}, {"offer_minutes": 14},
     {"bookings_per_hour": -1}, {"notice_minutes": 90 * 1440}],
)  # fmt: skip
def test_it_says_which_rule_is_wrong(house, given):
    with pytest.raises(RuleBroken) as refused:
        company.set_rules(Rules(**given), by=OWNER, now=NOON)
    assert refused.value.field == next(iter(given))
