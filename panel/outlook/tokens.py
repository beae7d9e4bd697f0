"""The token endpoint: one exchange there, by way of requests-oauthlib and around its traps.

The secret goes into the body, because HTTP Basic as the library sends it garbles a `+`.
Scopes are judged by us, because Microsoft never echoes offline_access, which the library
takes for an error. Every answer that is no token is judged here before the library sees
it, because it loses Microsoft's own codes.
"""

import logging
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import requests
from oauthlib.oauth2 import OAuth2Error
from requests_oauthlib import OAuth2Session

from panel.domain.errors import OutlookUnavailable
from panel.domain.remote import TokenSet
from panel.outlook.answers import retry_after
from panel.outlook.exchange import read_answer, silence
from panel.outlook.pool import within
from panel.outlook.registration import Registration

log = logging.getLogger(__name__)

# The resource is always named in full: Graph refused tokens that personal accounts got on a
# refresh with bare names (jordanburke/microsoft-todo-mcp-server, pull 13).
_GRAPH = "https://graph.microsoft.com/"
SCOPES = [
    "openid",
    "profile",
    "email",
    "offline_access",
    f"{_GRAPH}User.Read",
    f"{_GRAPH}Calendars.ReadWrite",
]


class TokenRefused(Exception):
    """Microsoft says no; `error` is the OAuth word, `codes` are its own numbers (AADSTS…).

    Never decided by the numbers, which change, but a sentence may be chosen by them.
    """

    def __init__(self, error: str, codes: frozenset[int]) -> None:
        super().__init__(error)
        self.error = error
        self.codes = codes


def session(
    registration: Registration, *, redirect_uri: str | None = None, http: requests.Session | None
) -> OAuth2Session:
    """A session of the library for one exchange, on the connections of `http`."""
    os.environ.setdefault("OAUTHLIB_RELAX_TOKEN_SCOPE", "1")
    if registration.signs_in_on_loopback:
        os.environ.setdefault("OAUTHLIB_INSECURE_TRANSPORT", "1")
    # At their loudest level these two write whole tokens into the log.
    for name in ("requests_oauthlib", "oauthlib"):
        logging.getLogger(name).setLevel(logging.INFO)
    made = OAuth2Session(registration.client_id, redirect_uri=redirect_uri, scope=SCOPES)
    made.register_compliance_hook("access_token_response", _checked)
    made.register_compliance_hook("refresh_token_response", _checked)
    if http is not None:
        made.adapters, made.proxies, made.headers = http.adapters, http.proxies, http.headers
        made.max_redirects = 0
    return made


def redeem_code(
    registration: Registration,
    redirect_uri: str,
    code: str,
    verifier: str,
    *,
    http: requests.Session,
    seconds: float,
) -> dict[str, Any]:
    """Trade a code. Raises TokenRefused, OutlookUnavailable."""
    made = session(registration, redirect_uri=redirect_uri, http=http)
    return _asked(
        lambda: made.fetch_token(
            registration.token_url,
            code=code,
            code_verifier=verifier,
            include_client_id=True,
            client_secret=registration.client_secret,
            scope=SCOPES,
            timeout=within(seconds),
        )
    )


def redeem_refresh_token(
    registration: Registration, refresh_token: str, *, http: requests.Session, seconds: float
) -> dict[str, Any]:
    """Trade a refresh token; the answer holds the old one where none comes.

    Raises TokenRefused, OutlookUnavailable.
    """
    made = session(registration, http=http)
    return _asked(
        lambda: made.refresh_token(
            registration.token_url,
            refresh_token=refresh_token,
            client_id=registration.client_id,
            client_secret=registration.client_secret,
            timeout=within(seconds),
        )
    )


def read_tokens(token: dict[str, Any], *, now: datetime) -> TokenSet:
    """The tokens of an answer; `now` is when they were asked for."""
    try:
        lives = timedelta(seconds=float(token.get("expires_in") or 3600))
    except (TypeError, ValueError) as error:
        raise OutlookUnavailable from error
    granted = str(token.get("scope") or "")
    if isinstance(token.get("scope"), list):
        granted = " ".join(token["scope"])
    return TokenSet(
        access_token=str(token["access_token"]),
        refresh_token=token.get("refresh_token") or None,
        expires_at=now + lives,
        scopes=frozenset(
            scope.casefold().removeprefix(_GRAPH) for scope in granted.replace(",", " ").split()
        ),
    )


def _asked(ask: Callable[[], Any]) -> dict[str, Any]:
    try:
        return dict(ask())
    except requests.RequestException as error:
        log.warning("The token endpoint gave no answer (%s)", type(error).__name__)
        raise silence(error, writes=False) from None
    except OAuth2Error as error:
        log.warning("The token endpoint's answer makes no sense (%s)", type(error).__name__)
        raise OutlookUnavailable from None


def _checked(response: requests.Response) -> requests.Response:
    """Let a token pass; raise what any other answer means."""
    answer = read_answer(response)
    said = answer.body or {}
    if answer.status == 200 and isinstance(said.get("access_token"), str):
        return response
    error, numbers = said.get("error"), said.get("error_codes")
    numbers = numbers if isinstance(numbers, list) else []
    log.warning(
        "The token endpoint said %s %s %s %s (correlation %s)",
        answer.status,
        error,
        said.get("suberror", "-"),
        numbers,
        said.get("correlation_id", "-"),
    )
    passing = answer.status in {408, 429} or answer.status >= 500 or not isinstance(error, str)
    if passing:
        raise OutlookUnavailable(retry_after=retry_after(answer.headers))
    raise TokenRefused(str(error), frozenset(one for one in numbers if isinstance(one, int)))
