"""The names that Outlook gives to time zones."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal.windows_tz import win_tz

# Legacy items name their zone by an address. That of UTC says it all; `Custom` means a
# table of the item's own that Graph does not show.
_BY_ADDRESS = {"tzone://microsoft/utc": "UTC"}


class UnknownZone(ValueError):
    """Outlook names a zone that cannot be told from its name."""


def zone(name: str) -> ZoneInfo:
    """The zone behind a Windows name, an IANA name or a legacy address.

    Raises UnknownZone, also for tzone://Microsoft/Custom and Customized Time Zone.
    """
    known = win_tz.get(name) or _BY_ADDRESS.get(name.casefold()) or name
    try:
        return ZoneInfo(known)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(f"{name[:80]!r} is not a known time zone") from error
