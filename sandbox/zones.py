"""Zone names that Microsoft takes: Windows names, and the IANA names its documentation lists.

Source: microsoft-graph-docs, resources/datetimetimezone; Windows to IANA by CLDR through tzlocal.
"""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from tzlocal.windows_tz import win_tz

from sandbox.errors import GraphError

IANA = frozenset(
    [
        "Etc/GMT+12",
        "Etc/GMT+11",
        "Pacific/Honolulu",
        "America/Anchorage",
        "America/Santa_Isabel",
        "America/Los_Angeles",
        "America/Phoenix",
        "America/Chihuahua",
        "America/Denver",
        "America/Guatemala",
        "America/Chicago",
        "America/Mexico_City",
        "America/Regina",
        "America/Bogota",
        "America/New_York",
        "America/Indiana/Indianapolis",
        "America/Caracas",
        "America/Asuncion",
        "America/Halifax",
        "America/Cuiaba",
        "America/La_Paz",
        "America/Santiago",
        "America/St_Johns",
        "America/Sao_Paulo",
        "America/Argentina/Buenos_Aires",
        "America/Cayenne",
        "America/Godthab",
        "America/Montevideo",
        "America/Bahia",
        "Etc/GMT+2",
        "Atlantic/Azores",
        "Atlantic/Cape_Verde",
        "Etc/GMT",
        "Europe/London",
        "Atlantic/Reykjavik",
        "Europe/Berlin",
        "Europe/Budapest",
        "Europe/Paris",
        "Europe/Warsaw",
        "Africa/Lagos",
        "Africa/Windhoek",
        "Europe/Bucharest",
        "Asia/Beirut",
        "Africa/Cairo",
        "Asia/Damascus",
        "Africa/Johannesburg",
        "Europe/Kyiv",
        "Europe/Kiev",
        "Europe/Istanbul",
        "Asia/Jerusalem",
        "Asia/Amman",
        "Asia/Baghdad",
        "Europe/Kaliningrad",
        "Asia/Riyadh",
        "Africa/Nairobi",
        "Asia/Tehran",
        "Asia/Dubai",
        "Asia/Baku",
        "Europe/Moscow",
        "Indian/Mauritius",
        "Asia/Tbilisi",
        "Asia/Yerevan",
        "Asia/Kabul",
        "Asia/Karachi",
        "Asia/Toshkent",
        "Asia/Tashkent",
        "Asia/Kolkata",
        "Asia/Colombo",
        "Asia/Kathmandu",
        "Asia/Astana",
        "Asia/Almaty",
        "Asia/Dhaka",
        "Asia/Yekaterinburg",
        "Asia/Yangon",
        "Asia/Rangoon",
        "Asia/Bangkok",
        "Asia/Novosibirsk",
        "Asia/Shanghai",
        "Asia/Krasnoyarsk",
        "Asia/Singapore",
        "Australia/Perth",
        "Asia/Taipei",
        "Asia/Ulaanbaatar",
        "Asia/Irkutsk",
        "Asia/Tokyo",
        "Asia/Seoul",
        "Australia/Adelaide",
        "Australia/Darwin",
        "Australia/Brisbane",
        "Australia/Sydney",
        "Pacific/Port_Moresby",
        "Australia/Hobart",
        "Asia/Yakutsk",
        "Pacific/Guadalcanal",
        "Asia/Vladivostok",
        "Pacific/Auckland",
        "Etc/GMT-12",
        "Pacific/Fiji",
        "Asia/Magadan",
        "Pacific/Tongatapu",
        "Pacific/Apia",
        "Pacific/Kiritimati",
    ]
)
# Spelled so on Microsoft's page, otherwise in the zone database.
RENAMED = {
    "Asia/Toshkent": "Asia/Tashkent",
    "Asia/Astana": "Asia/Almaty",
    "Europe/Kyiv": "Europe/Kiev",
}
# Listed, and refused all the same: github.com/microsoftgraph/microsoft-graph-docs/issues/1609.
LISTED_BUT_REFUSED = "Africa/Casablanca"

_WINDOWS = {name.lower(): iana for name, iana in win_tz.items()}
_LISTED = {name.lower(): RENAMED.get(name, name) for name in IANA}


@lru_cache(maxsize=1024)
def zone(name: str) -> tzinfo:
    """The zone of this name. GraphError 400 for a name that Microsoft would refuse."""
    if name == LISTED_BUT_REFUSED:
        raise GraphError(
            400, "ErrorPropertyValidationFailure", "At least one property failed validation."
        )
    wanted = name.lower()
    if wanted in ("utc", "tzone://microsoft/utc"):
        return UTC
    iana = _WINDOWS.get(wanted) or _LISTED.get(wanted)
    if iana is None:
        raise GraphError(
            400,
            "TimeZoneNotSupportedException",
            "A valid TimeZone value must be specified. "
            f"The following TimeZone value is not supported: '{name}'.",
        )
    return ZoneInfo(iana)


def supported(*, iana: bool = False) -> list[dict[str, str]]:
    """What /me/outlook/supportedTimeZones lists."""
    names = sorted(IANA) if iana else sorted(win_tz)
    return [{"alias": name, "displayName": _display(name)} for name in names]


def _display(name: str) -> str:
    offset = datetime(2026, 1, 1, tzinfo=zone(name)).strftime("%z")
    return f"(UTC{offset[:3]}:{offset[3:5]}) {name}"
