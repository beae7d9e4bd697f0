"""What mails need from outside, as this application has it."""

from __future__ import annotations

from typing import cast

from flask import current_app

from panel.services import mail_server
from panel.services.mail_outside import MailOutside


def mail_outside() -> MailOutside:
    """The keys and addresses behind the mails, and the server that the environment names."""
    return cast(MailOutside, current_app.extensions["panel"].mail)


def goes_out() -> bool:
    """Say whether a link can be left to the post; else a person passes it on."""
    return mail_server.goes_out(mail_outside())
