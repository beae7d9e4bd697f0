"""The mail server: how it is reached, and what its answers mean for us."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from panel.domain.errors import MailDelayed, MailRefused, MailServerWrong

# For each step of the talk with the server, in seconds.
PATIENCE = 20
SECURITY = ("starttls", "tls", "none")
# Codes that answer a mail but mean the whole account.
_LOGIN_WANTED = (530, 534, 535, 538)


@dataclass(frozen=True)
class Server:
    """Where mails are handed in, and as whom. Security: none, starttls or tls."""

    host: str
    port: int
    security: str
    username: str
    password: str = field(repr=False)
    from_address: str
    from_name: str = ""


class Line:
    """An open line to the server, for one mail after the other."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp

    def send(self, message: EmailMessage) -> None:
        """Hand in one mail. Raises MailDelayed, MailRefused, MailServerWrong."""
        try:
            self._smtp.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            raise _of_one(code, words) from refused
        except smtplib.SMTPSenderRefused as refused:
            if _is_for_good(refused.smtp_code):
                raise _wrong("refuses the sender’s address", refused) from refused
            raise MailDelayed(f"The mail server does not take mails now: {_said(refused)}") from (
                refused
            )
        except smtplib.SMTPResponseException as refused:
            raise _of_one(refused.smtp_code, refused.smtp_error) from refused
        except (smtplib.SMTPException, OSError) as broken:
            raise MailDelayed("The line to the mail server broke off.") from broken
        except ValueError as wrong:
            raise MailRefused("This mail cannot be written as one.") from wrong


@contextmanager
def line_to(server: Server, *, patience: float = PATIENCE) -> Iterator[Line]:
    """Open a line and sign in; closed in the end. Raises MailServerWrong."""
    smtp = _opened(server, patience)
    try:
        _sign_in(smtp, server)
        yield Line(smtp)
    finally:
        _close(smtp)


def _opened(server: Server, patience: float) -> smtplib.SMTP:
    where = (server.host, server.port)
    try:
        if server.security == "tls":
            return smtplib.SMTP_SSL(*where, timeout=patience, context=_trust())
        return _secured(smtplib.SMTP(*where, timeout=patience), server)
    except ssl.SSLError as error:
        raise MailServerWrong(_untrusted(server, error)) from error
    except smtplib.SMTPResponseException as refused:
        raise _wrong("does not let us in", refused) from refused
    except smtplib.SMTPNotSupportedError as error:
        raise MailServerWrong(
            f"{server.host} does not offer STARTTLS on port {server.port}. "
            "Choose another kind of security or port."
        ) from error
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise MailServerWrong(
            f"{server.host} does not answer on port {server.port}. "
            "Look whether name, port and security are right."
        ) from error


def _secured(smtp: smtplib.SMTP, server: Server) -> smtplib.SMTP:
    if server.security == "none":
        return smtp
    try:
        smtp.starttls(context=_trust())
    except BaseException:
        smtp.close()
        raise
    return smtp


def _sign_in(smtp: smtplib.SMTP, server: Server) -> None:
    if not server.username:
        return
    try:
        smtp.login(server.username, server.password)
    except smtplib.SMTPAuthenticationError as refused:
        raise _wrong("does not accept the user name or the password", refused) from refused
    except smtplib.SMTPNotSupportedError as error:
        raise MailServerWrong(
            "The mail server takes no user name here. Leave it empty, or choose another kind of "
            "security."
        ) from error
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise MailServerWrong("The line to the mail server broke off while signing in.") from error


def _close(smtp: smtplib.SMTP) -> None:
    try:
        smtp.quit()
    except (smtplib.SMTPException, OSError):
        smtp.close()


def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _untrusted(server: Server, error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate of {server.host} cannot be trusted: {error.verify_message}."
    return (
        f"{server.host} does not speak TLS on port {server.port}. "
        "Choose another kind of security or port."
    )


def _of_one(code: int, words: bytes | str) -> MailDelayed | MailRefused | MailServerWrong:
    """Sort an answer to one mail: again later, never, or not until our login is right."""
    said = _words(words)
    if code in _LOGIN_WANTED:
        return MailServerWrong(f"The mail server wants us to sign in: {said}")
    if _is_for_good(code):
        return MailRefused(f"The mail server refuses it: {said}")
    return MailDelayed(f"The mail server does not take it now: {said}")


def _is_for_good(code: int) -> bool:
    return 500 <= code < 600


def _wrong(what: str, refused: smtplib.SMTPResponseException) -> MailServerWrong:
    return MailServerWrong(f"The mail server {what}: {_said(refused)}")


def _said(refused: smtplib.SMTPResponseException) -> str:
    return _words(refused.smtp_error)


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())[:160] or "it gives no reason."
