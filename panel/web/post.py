"""What mails need from outside, as this application has it."""

from __future__ import annotations

from typing import cast

from flask import current_app

from panel.services.mail_outside import MailOutside


def mail_outside() -> MailOutside:
    """The keys and addresses behind the mails, and the server that the environment names."""
    return cast(MailOutside, current_app.extensions["panel"].mail)
