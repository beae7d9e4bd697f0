"""What each permission means, in words for the consent page."""

_MEANINGS = {
    "Calendars.ReadWrite": "read and change your calendars",
    "Calendars.Read": "read your calendars",
    "Calendars.ReadBasic": "read when you are busy",
    "Calendars.ReadWrite.Shared": "read and change calendars shared with you",
    "Calendars.Read.Shared": "read calendars shared with you",
    "MailboxSettings.Read": "read your mailbox settings, such as your time zone",
    "MailboxSettings.ReadWrite": "read and change your mailbox settings",
    "User.Read": "see your name and address",
    "offline_access": "keep this access until you take it away",
}
# These only say who somebody is, which User.Read says already.
_SILENT = ("openid", "profile", "email")


def explained(scopes: list[str]) -> list[str]:
    """One line for each permission, those of the calendar first."""
    asked = [name for name in _MEANINGS if name in scopes]
    others = [name for name in scopes if name not in _MEANINGS and name not in _SILENT]
    lines = [_MEANINGS[name] for name in asked] + [f"use {name}" for name in others]
    return lines or [_MEANINGS["User.Read"]]
