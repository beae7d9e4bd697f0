"""A mail server for this machine alone: what Panel sends is kept to be looked at, never sent on."""

import asyncio
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from sandbox.world import World


class Postbox:
    """Takes every mail there is, for anybody, from anybody."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep one mail."""
        content = envelope.original_content or b""
        message = message_from_bytes(content, policy=policy.default)
        told = read(message)
        to = [str(address) for address in envelope.rcpt_tos]
        kept = {"at": self._world.now().isoformat(), "from": envelope.mail_from, "to": to, **told}
        self._world.take(kept)
        return "250 Kept in the sandbox"


def read(message: EmailMessage) -> dict[str, Any]:
    """What a mail says: subject, text, HTML, attachments with their text."""
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    return {
        "subject": str(message["Subject"] or ""),
        "headers": [[name, str(value)] for name, value in message.items()],
        "text": text.get_content() if text else "",
        "html": html.get_content() if html else "",
        "attachments": [_attachment(part) for part in message.iter_attachments()],
    }


def _attachment(part: Any) -> dict[str, str]:
    content = part.get_content()
    text = content.decode(errors="replace") if isinstance(content, bytes) else str(content)
    return {"name": part.get_filename() or "", "type": part.get_content_type(), "text": text}


async def open_postbox(world: World, host: str, port: int) -> asyncio.Server:
    """Listen for SMTP in the running loop; any name and password will do."""
    loop = asyncio.get_running_loop()
    box = Postbox(world)

    def taker() -> SMTP:
        return SMTP(
            box,
            hostname="sandbox",
            ident="Panel sandbox",
            enable_SMTPUTF8=True,
            auth_require_tls=False,
            authenticator=lambda *_: AuthResult(success=True),
            loop=loop,
        )

    return await loop.create_server(taker, host, port)
