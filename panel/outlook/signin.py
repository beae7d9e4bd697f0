"""Signing in at Microsoft: the authorization code flow with PKCE, and refreshing.

Verifier, state and nonce are made here and kept by the caller: what begins a sign-in and
what redeems it are two requests of the browser, maybe minutes apart.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Literal

import requests

from panel.domain.errors import (
    OutlookUnavailable,
    PanelError,
    Refusal,
    RegistrationRefused,
    SignInNeeded,
    SignInRefused,
)
from panel.domain.remote import Identity, TokenSet
from panel.outlook.authorities import SigningKeys
from panel.outlook.identity import key_named_in, read_id_token
from panel.outlook.registration import Registration
from panel.outlook.tokens import (
    TokenRefused,
    read_tokens,
    redeem_code,
    redeem_refresh_token,
    session,
)

DEADLINE = 20.0
NEEDED = "calendars.readwrite"

Verdict = Literal["accepted", "refused", "unknown"]

_VERDICTS: dict[str, Verdict] = {"invalid_grant": "accepted", "invalid_client": "refused"}
_SIGN_IN_AGAIN = {"invalid_grant", "interaction_required", "consent_required", "login_required"}
_APPLICATION = {"invalid_client", "unauthorized_client"}
_PASSING = {"temporarily_unavailable", "server_error"}
_DECLINED = {"access_denied", "consent_required"}

# Numbers of reference-error-codes.md; they only choose the sentence.
_CODE_USED, _CODE_EXPIRED, _NOT_CONSENTED = 54005, 70008, 65001


@dataclass(frozen=True)
class Beginning:
    """A sign-in just begun: where to send the browser, and what to keep until it comes back."""

    url: str = field(repr=False)
    state: str = field(repr=False)
    verifier: str = field(repr=False)
    nonce: str = field(repr=False)


def begin(registration: Registration, *, redirect_uri: str) -> Beginning:
    """Start a sign-in. The person always chooses the account; none is suggested."""
    verifier, state, nonce = (secrets.token_urlsafe(48) for _ in range(3))
    digest = hashlib.sha256(verifier.encode()).digest()
    asking = session(registration, redirect_uri=redirect_uri, http=None)
    url, _ = asking.authorization_url(
        registration.authorize_url,
        state=state,
        nonce=nonce,
        prompt="select_account",
        response_mode="query",
        code_challenge=base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        code_challenge_method="S256",
    )
    return Beginning(url, state, verifier, nonce)


def redeem(
    registration: Registration,
    *,
    redirect_uri: str,
    code: str,
    verifier: str,
    nonce: str,
    http: requests.Session,
    keys: SigningKeys,
    now: datetime,
    deadline: float = DEADLINE,
) -> tuple[TokenSet, Identity]:
    """Trade the code of a callback for tokens, and learn whose they are.

    `deadline` in seconds bounds all of it; `now` is aware. Raises SignInRefused,
    RegistrationRefused, OutlookUnavailable.
    """
    ends = monotonic() + deadline
    try:
        token = redeem_code(registration, redirect_uri, code, verifier, http=http, seconds=deadline)
    except TokenRefused as refused:
        raise _no_connection(refused) from None
    tokens = read_tokens(token, now=now)
    if NEEDED not in tokens.scopes:
        raise SignInRefused(Refusal.DECLINED)
    id_token, left = str(token.get("id_token") or ""), ends - monotonic()
    authority = keys.authority(registration, key_named_in(id_token), http=http, deadline=left)
    return tokens, read_id_token(id_token, registration, authority, nonce=nonce, now=now)


def refresh(
    registration: Registration,
    refresh_token: str,
    *,
    http: requests.Session,
    now: datetime,
    deadline: float = DEADLINE,
) -> TokenSet:
    """New tokens for old ones. Where no new refresh token comes, the old one goes on.

    Raises SignInNeeded only for the four answers that mean it, RegistrationRefused where
    Microsoft refuses the application, OutlookUnavailable for everything else.
    """
    try:
        token = redeem_refresh_token(registration, refresh_token, http=http, seconds=deadline)
    except TokenRefused as refused:
        if refused.error in _APPLICATION:
            raise RegistrationRefused from None
        if refused.error in _SIGN_IN_AGAIN:
            raise SignInNeeded(refused.error) from None
        raise OutlookUnavailable from None
    return read_tokens(token, now=now)


def test_secret(
    registration: Registration,
    *,
    redirect_uri: str,
    http: requests.Session,
    deadline: float = DEADLINE,
) -> Verdict:
    """Whether Microsoft takes the client secret, tried with a made-up code."""
    try:
        verifier = secrets.token_urlsafe(48)
        made_up = "panel-tries-its-secret"
        redeem_code(registration, redirect_uri, made_up, verifier, http=http, seconds=deadline)
    except TokenRefused as refused:
        return _VERDICTS.get(refused.error, "unknown")
    except OutlookUnavailable:
        return "unknown"
    return "unknown"


def _no_connection(refused: TokenRefused) -> PanelError:
    """What to tell the person whose code was refused."""
    if refused.error in _PASSING:
        return OutlookUnavailable()
    if refused.error in _DECLINED or _NOT_CONSENTED in refused.codes:
        return SignInRefused(Refusal.DECLINED)
    if refused.error == "interaction_required":
        return SignInRefused(Refusal.CAME_BACK)
    if refused.error != "invalid_grant":
        return RegistrationRefused()
    if _CODE_USED in refused.codes:
        return SignInRefused(Refusal.USED_TWICE)
    if _CODE_EXPIRED in refused.codes:
        return SignInRefused(Refusal.TOOK_TOO_LONG)
    return SignInRefused(Refusal.NOT_STARTED_HERE)
