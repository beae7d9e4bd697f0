"""Whose account it is: the id_token, believed only after every check of OpenID Connect.

Pure. Sources: id-token-claims-reference.md and the access token page of the Entra
documentation, for the issuer template and the keys' own issuers.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import jwt

from panel.domain.errors import Refusal, SignInRefused
from panel.domain.remote import Identity
from panel.outlook.authorities import Authority
from panel.outlook.registration import Registration

log = logging.getLogger(__name__)

PERSONAL_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad"

_CLOCKS_MAY_DIFFER = 300.0


def key_named_in(id_token: str) -> str:
    """The id of the key that the token says it is signed with. Raises SignInRefused."""
    try:
        return str(jwt.get_unverified_header(id_token).get("kid"))
    except jwt.PyJWTError as error:
        raise SignInRefused(Refusal.NOT_STARTED_HERE) from error


def read_id_token(
    id_token: str,
    registration: Registration,
    authority: Authority,
    *,
    nonce: str,
    now: datetime,
) -> Identity:
    """The account that the token speaks for. Raises SignInRefused."""
    try:
        claims = _verified(id_token, registration, authority)
    except (jwt.PyJWTError, KeyError, ValueError) as error:
        log.warning("An id_token was refused: %s", type(error).__name__)
        raise SignInRefused(Refusal.NOT_STARTED_HERE) from error
    _check_tenant(str(claims["tid"]), registration.tenant)
    if claims.get("nonce") != nonce:
        raise SignInRefused(Refusal.NOT_STARTED_HERE)
    _check_times(claims, now)
    return _identity(claims)


def _verified(id_token: str, registration: Registration, authority: Authority) -> dict[str, Any]:
    """The claims, if signature, audience and issuer are right. Times are checked apart."""
    key = authority.keys[key_named_in(id_token)]
    claims: dict[str, Any] = jwt.decode(
        id_token,
        jwt.PyJWK(key, algorithm="RS256"),
        algorithms=["RS256"],
        audience=registration.client_id,
        options={
            "require": ["exp", "nbf", "aud", "iss", "tid", "oid"],
            "verify_exp": False,
            "verify_nbf": False,
            "verify_iat": False,
        },
    )
    issuers = [authority.issuer] + ([key["issuer"]] if key.get("issuer") else [])
    for template in issuers:
        if claims["iss"] != template.replace("{tenantid}", str(claims["tid"])):
            raise ValueError("another issuer")
    if f"/{claims['tid']}/" not in claims["iss"]:
        raise ValueError("another tenant than the issuer's")
    return claims


def _check_tenant(tid: str, configured: str) -> None:
    """Whether accounts of this tenant may sign in, by the tenant that the owner configured.

    A tenant given by its domain is checked by the issuer, which names its id.
    """
    wanted, personal = configured.casefold(), tid.casefold() == PERSONAL_TENANT
    if personal and wanted not in {"common", "consumers", PERSONAL_TENANT}:
        raise SignInRefused(Refusal.WORK_ACCOUNTS_ONLY)
    other = wanted in {"consumers", PERSONAL_TENANT} and not personal
    if other or (_is_guid(wanted) and wanted != tid.casefold()):
        raise SignInRefused(Refusal.OTHER_ACCOUNTS_ONLY)


def _check_times(claims: Mapping[str, Any], now: datetime) -> None:
    moment = now.timestamp()
    try:
        expired = moment > float(claims["exp"]) + _CLOCKS_MAY_DIFFER
        early = moment < float(claims["nbf"]) - _CLOCKS_MAY_DIFFER
    except (TypeError, ValueError) as error:
        raise SignInRefused(Refusal.NOT_STARTED_HERE) from error
    if expired or early:
        raise SignInRefused(Refusal.TOOK_TOO_LONG)


def _identity(claims: Mapping[str, Any]) -> Identity:
    address = str(claims.get("email") or claims.get("preferred_username") or "")
    return Identity(
        tenant_id=str(claims["tid"]),
        object_id=str(claims["oid"]),
        name=str(claims.get("name") or address),
        address=address,
        kind="personal" if str(claims["tid"]).casefold() == PERSONAL_TENANT else "work",
    )


def _is_guid(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4 and "." not in text
