"""Names of zones."""

from zoneinfo import ZoneInfo

import pytest
from tzlocal.windows_tz import win_tz

from sandbox.errors import GraphError
from sandbox.zones import IANA, zone


@pytest.mark.parametrize("name", sorted(IANA))
def test_every_listed_iana_name_is_a_zone(name):
    assert zone(name).utcoffset is not None


def test_every_windows_name_is_the_zone_that_unicode_says():
    for name, iana in win_tz.items():
        assert name.upper() == "UTC" or zone(name) == ZoneInfo(iana)
    assert str(zone("utc")) == "UTC" == str(zone("tzone://Microsoft/Utc"))


@pytest.mark.parametrize("name", ["Europe/Stockholm", "CEST", "+02:00", "", "Africa/Casablanca"])
def test_every_other_name_is_refused(name):
    with pytest.raises(GraphError) as refused:
        zone(name)
    assert refused.value.status == 400
