"""The mails that bring a one-time link, and those that say that Outlook needs somebody."""

from __future__ import annotations

from panel.domain import texts
from panel.domain.mail_kind import FAREWELL, OUTLOOK, USER, Kind


def _to_user(deed: str, words: str, occasion: str, title: str, said: str, link: str) -> Kind:
    text = f"Hello %user_name%,\n\n{said}\n\n{link}%link_url%\n\n{FAREWELL}"
    return Kind(f"user_{deed}", USER, words, occasion, texts.MAIL_TO_USER, title, text)


def _of_outlook(deed: str, words: str, occasion: str, title: str, said: str, link: str) -> Kind:
    text = f"Hello %user_name%,\n\n{said}\n\n{link}%panel_url%\n\n{FAREWELL}"
    name = f"{OUTLOOK}_{deed}"
    return Kind(name, OUTLOOK, words, occasion, texts.MAIL_OF_OUTLOOK, title, text)


KINDS = (
    _to_user(
        "invitation", "Invitation", "Somebody is invited to sign in.",
        "Your access to %business_name%",
        "You can now sign in at %business_name%. Choose a password first. "
        "The link works once, within 24 hours.", "Choose a password: ",
    ),
    _to_user(
        "reset", "Forgotten password", "Somebody has forgotten their password.",
        "A new password for %business_name%",
        "Somebody, probably you, asks for a new password. The link works once, within "
        "24 hours. If it was not you, nothing changes.", "Choose a new password: ",
    ),
    _of_outlook(
        "needed", "Somebody must act",
        "A connection needs its employee, or the application its owner: at once, after a "
        "day and after a week.",
        "Outlook: %problem%",
        "%problem% %effect%\n\nSince: %since%\nChanges that wait: %waiting%",
        "Put it right here: ",
    ),
    _of_outlook(
        "repaired", "It is well again", "What somebody was told of has been put right.",
        "Outlook is synced again",
        "This has been put right: %problem%\n\nWhat waited is on its way to Outlook.",
        "See how it stands: ",
    ),
    _of_outlook(
        "secret", "The client secret expires",
        "30, 7 and 1 days before the date that Azure showed.",
        "The client secret for Outlook expires on %expires%",
        "The client secret of this business expires on %expires%. After that nothing reaches "
        "anybody’s Outlook. Make a new one at Microsoft and put it into Setup; nobody has to "
        "connect again.",
        "Open Setup: ",
    ),
)  # fmt: skip
