"""The token endpoint: codes and refresh tokens become tokens."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

from sandbox.identity import application, gate, scopes, tokens
from sandbox.identity.errors import Refused
from sandbox.identity.grants import Code, Refresh
from sandbox.mailbox import Mailbox
from sandbox.world import World

_VERIFIER = re.compile(r"[A-Za-z0-9\-._~]{43,128}")
_WHY = {"consent": 65001, "sessions": 50173, "inactive": 700082, "mfa": 50076, "disabled": 50057}


def redeem(
    world: World, tenant_name: str, form: Mapping[str, str], headers: Mapping[str, str]
) -> dict[str, Any]:
    """The JSON of a successful token request. Raises Refused."""
    tenant = gate.tenant(world, tenant_name)
    kind = _need(form, "grant_type")
    _check_client(form, headers)
    if kind == "authorization_code":
        return _with_code(world, tenant, form)
    if kind == "refresh_token":
        return _with_refresh(world, tenant, form)
    raise Refused(70003, f"The app requested an unsupported grant type '{kind}'.")


def whose(world: World, form: Mapping[str, str]) -> str | None:
    """The person a token request is about, for the request log and the faults."""
    code = world.grants.codes.items.get(form.get("code", ""))
    refresh = world.grants.refreshes.items.get(form.get("refresh_token", ""))
    found = code or refresh
    return found.upn if found else None


def _need(form: Mapping[str, str], name: str) -> str:
    if not form.get(name):
        raise Refused(900144, f"The request body must contain the following parameter: '{name}'.")
    return form[name]


def _check_client(form: Mapping[str, str], headers: Mapping[str, str]) -> None:
    basic = _basic(headers.get("Authorization", ""))
    client, secret = basic or (_need(form, "client_id"), form.get("client_secret", ""))
    if client != application.CLIENT_ID:
        raise Refused(700016, f"Application with identifier '{client}' was not found in the "
                              "directory.")  # fmt: skip
    if "client_assertion" in form:
        raise Refused(700027)
    if not secret:
        raise Refused(7000218)
    if not hmac.compare_digest(secret.encode(), application.CLIENT_SECRET.encode()):
        raise Refused(7000215)
    if headers.get("Origin"):
        raise Refused(9002326)


def _basic(header: str) -> tuple[str, str] | None:
    """Name and secret of HTTP Basic; both are form-encoded inside, as RFC 6749 2.3.1 wants."""
    scheme, _, coded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(coded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as wrong:
        raise Refused(9002313) from wrong
    return unquote_plus(name), unquote_plus(secret)


def _with_code(world: World, tenant: str, form: Mapping[str, str]) -> dict[str, Any]:
    secret = _need(form, "code")
    code = world.grants.codes.items.get(secret)
    if code is None:
        raise Refused(70000, "The provided value for the 'code' parameter is not valid.")
    if code.used:
        raise Refused(54005)
    if world.now() >= code.expires_at:
        raise Refused(70008)
    if code.tenant != tenant:
        raise Refused(700005)
    if _need(form, "redirect_uri") != code.redirect_uri:
        raise Refused(500112)
    _check_verifier(code, form.get("code_verifier", ""))
    wanted = _narrowed(form, code.scopes, [*code.scopes])
    code.used = True
    world.grants.codes.keep(secret, code)
    info = form.get("client_info") == "1"
    return tokens.answer(world, _person(world, code), wanted, nonce=code.nonce, info=info)


def _check_verifier(code: Code, verifier: str) -> None:
    if not code.challenge and not verifier:
        return
    if not _VERIFIER.fullmatch(verifier) or not code.challenge:
        raise Refused(501481)
    said = verifier
    if code.method == "S256":
        digest = hashlib.sha256(verifier.encode()).digest()
        said = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    if not hmac.compare_digest(said, code.challenge):
        raise Refused(501481)


def _with_refresh(world: World, tenant: str, form: Mapping[str, str]) -> dict[str, Any]:
    token = world.grants.refreshes.items.get(_need(form, "refresh_token"))
    if token is None:
        raise Refused(70000)
    person = _person(world, token)
    if token.revoked:
        raise _revoked(world, person, token)
    if world.now() >= token.expires_at:
        raise _revoked(world, person, token, "inactive")
    try:
        gate.admit(person, tenant)
    except Refused as refused:
        raise Refused(refused.number, str(refused), error="invalid_grant") from refused
    granted = [*token.scopes, *world.grants.consented(person.upn)]
    wanted = _narrowed(form, token.scopes, granted)
    return tokens.answer(world, person, wanted, info=form.get("client_info") == "1")


def _revoked(world: World, person: Mailbox, token: Refresh, why: str = "") -> Refused:
    number = _WHY[why or token.revoked]
    if number == 700082 and person.kind == "personal":
        return Refused(70000)
    if number == 700082:
        idle = world.now() - token.issued_at
        return Refused(number, "The refresh token has expired due to inactivity. The token was "
                       f"issued on {token.issued_at:%Y-%m-%dT%H:%M:%S}.0000000Z and was inactive "
                       f"for {idle.days}.00:00:00.")  # fmt: skip
    return Refused(number)


def _person(world: World, grant: Code | Refresh) -> Mailbox:
    if grant.upn not in world.mailboxes:
        raise Refused(70000)
    return world.mailboxes[grant.upn]


def _narrowed(
    form: Mapping[str, str], before: dict[str, str], granted: list[str]
) -> dict[str, str]:
    """The scopes asked for now; what was never granted is refused."""
    if not form.get("scope"):
        return before
    wanted = scopes.read(form["scope"])
    if scopes.ALL_GRANTED in wanted:
        return {**before, **wanted}
    if any(name not in granted for name in wanted):
        raise Refused(65001)
    # A refresh that does not repeat offline_access still gives a refresh token back.
    kept = {"offline_access": "offline_access"} if "offline_access" in before else {}
    return {**wanted, **kept}
