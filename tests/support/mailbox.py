"""A mail server in this process, which answers as a test wants; over real SMTP on loopback."""

from __future__ import annotations

import asyncio
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from panel.mail.server import Server

USER, PASSWORD = "panel", "correct horse"


class Mailbox:
    """What was taken, and how to answer: `rcpt`, `data` and `mail` are replies instead of yes."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.to: list[str] = []
        self.rcpt = self.data = self.mail = ""
        self.login: tuple[str, str] | None = None
        self.came = threading.Semaphore(0)
        self.port = 0

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:  # noqa: N802, E501
        if self.mail:
            return self.mail
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:  # noqa: N802, E501
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data:
            return self.data
        content = envelope.original_content or b""
        self.taken.append(message_from_bytes(content, policy=policy.default))
        self.to += [str(one) for one in envelope.rcpt_tos]
        self.came.release()
        return "250 Taken"

    def subjects(self) -> list[str]:
        return [str(one["Subject"]) for one in self.taken]

    def server(self, security: str = "none", username: str = "", password: str = "") -> Server:
        return Server(
            "127.0.0.1", self.port, security, username, password, "studio@panel.test", "Studio"
        )

    def check(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        self.login = (data.login.decode(), data.password.decode())
        known = self.login == (USER, PASSWORD)
        return AuthResult(success=known, handled=known)


@contextmanager
def listening(
    context: ssl.SSLContext | None = None, *, tls: bool = False, login: bool = False
) -> Iterator[Mailbox]:
    """Take mail for as long as the block lasts; with a context STARTTLS is demanded, or TLS."""
    box = Mailbox()
    how: dict[str, Any] = {"auth_require_tls": not login, "enable_SMTPUTF8": False, "timeout": 60}
    if login:
        how |= {"authenticator": box.check, "auth_required": True}
    if context and not tls:
        how |= {"tls_context": context, "require_starttls": True}
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def open_up() -> asyncio.Server:
        def taker() -> SMTP:
            with warnings.catch_warnings():
                # It warns of passwords on an open line; this line never leaves the machine.
                warnings.simplefilter("ignore")
                return SMTP(box, hostname="test", loop=loop, **how)

        return await loop.create_server(taker, "127.0.0.1", 0, ssl=context if tls else None)

    server = asyncio.run_coroutine_threadsafe(open_up(), loop).result(30)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(server: asyncio.Server) -> None:
    """Hang up on whoever is still on the line."""
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for one in others:
        one.cancel()
    await asyncio.gather(*others, return_exceptions=True)
