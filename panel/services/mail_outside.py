"""What writing and sending mails needs from outside the house."""

from __future__ import annotations

from dataclasses import dataclass, field

from panel.mail.server import PATIENCE, Server


@dataclass(frozen=True)
class MailOutside:
    """The keys and addresses that never lie in the database.

    `server` is the mail server that the environment names; it goes before the one of the
    settings. `secret` signs the links that customers get.
    """

    server: Server | None
    public_url: str
    secret: str = field(repr=False)
    keys: tuple[str, ...] = field(repr=False)
    patience: float = PATIENCE
