"""Minting: access tokens, id tokens, and the answer of the token endpoint."""

import base64
import hashlib
import json
import random
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_DNS, uuid4, uuid5

from sandbox.identity import application
from sandbox.identity.grants import ACCESS_SECONDS
from sandbox.identity.scopes import ALL_GRANTED, OPENID
from sandbox.mailbox import Mailbox
from sandbox.world import World

_KIND = "Bearer"
_GRAPH = "00000003-0000-0000-c000-000000000000"


def answer(
    world: World, mailbox: Mailbox, scopes: dict[str, str], *, nonce: str = "", info: bool = False
) -> dict[str, Any]:
    """Fresh tokens for one person, as the token endpoint answers them.

    `scopes` are those asked for, short name to the form they were written in. What was granted
    earlier is added, `offline_access` is left out, and the order is anybody's, as at Microsoft.
    """
    now = world.now()
    told = _granted(world, mailbox, scopes)
    names = list(told)
    access = _access(world, mailbox, names, now)
    world.grants.access(access, mailbox.upn, names, now=now)
    body = {
        "token_type": _KIND,
        "scope": " ".join(_shuffled(told.values())),
        "expires_in": ACCESS_SECONDS,
        "ext_expires_in": ACCESS_SECONDS,
        "access_token": access,
    }
    if "offline_access" in scopes:
        personal = mailbox.kind == "personal"
        body["refresh_token"] = world.grants.refresh(
            mailbox.upn, scopes, personal=personal, now=now
        )
    if "openid" in scopes:
        body["id_token"] = world.key.sign(_id_claims(world, mailbox, scopes, nonce, now))
    if info:
        body["client_info"] = client_info(mailbox)
    return body


def client_info(mailbox: Mailbox) -> str:
    """What MSAL asks for with client_info=1: which user, which tenant."""
    told = json.dumps({"uid": mailbox.object_id, "utid": mailbox.tenant_id})
    return base64.urlsafe_b64encode(told.encode()).rstrip(b"=").decode()


def pairwise(upn: str) -> str:
    """The `sub` of a person: another one for each application."""
    digest = hashlib.sha256(f"{application.CLIENT_ID} {upn}".encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _granted(world: World, mailbox: Mailbox, scopes: dict[str, str]) -> dict[str, str]:
    earlier = world.grants.consented(mailbox.upn)
    told = {name: scopes.get(name, name) for name in (*scopes, *earlier)}
    return {name: how for name, how in told.items() if name not in ("offline_access", ALL_GRANTED)}


def _shuffled(words: Iterable[str]) -> list[str]:
    words = sorted(words)
    random.shuffle(words)
    return words


def _access(world: World, mailbox: Mailbox, scopes: list[str], now: datetime) -> str:
    if mailbox.kind == "personal":
        # Opaque, and without a dot: nobody may take it for a JWT.
        return "EwB4A8l6BAAU" + secrets.token_urlsafe(700)
    started = int(now.timestamp())
    return world.key.sign(
        {
            "aud": _GRAPH,
            "iss": f"{world.base_url}/{mailbox.tenant_id}/",
            "iat": started,
            "nbf": started,
            "exp": started + ACCESS_SECONDS,
            "app_displayname": application.NAME,
            "appid": application.CLIENT_ID,
            "idtyp": "user",
            "name": mailbox.display_name,
            "oid": mailbox.object_id,
            "scp": " ".join(name for name in scopes if name not in OPENID),
            "tid": mailbox.tenant_id,
            "upn": mailbox.upn,
            "uti": secrets.token_urlsafe(12),
            "ver": "1.0",
        }
    )


def _id_claims(
    world: World, mailbox: Mailbox, scopes: dict[str, str], nonce: str, now: datetime
) -> dict[str, Any]:
    started = int(now.timestamp())
    claims: dict[str, Any] = {
        "aud": application.CLIENT_ID,
        "iss": f"{world.base_url}/{mailbox.tenant_id}/v2.0",
        "iat": started,
        "nbf": started,
        "exp": started + ACCESS_SECONDS,
        "rh": f"0.{secrets.token_urlsafe(20)}",
        "sid": str(uuid5(NAMESPACE_DNS, mailbox.upn)),
        "sub": pairwise(mailbox.upn),
        "tid": mailbox.tenant_id,
        "uti": str(uuid4()),
        "ver": "2.0",
    }
    if "profile" in scopes:
        claims |= {
            "oid": mailbox.object_id,
            "name": mailbox.display_name,
            "preferred_username": mailbox.upn,
        }
    if "email" in scopes:
        claims["email"] = mailbox.upn
    if nonce:
        claims["nonce"] = nonce
    return claims
