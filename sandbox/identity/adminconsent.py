"""An administrator's consent for everybody in a tenant.

Source: Microsoft, "Admin consent on the Microsoft identity platform".
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from aiohttp import web

from sandbox.identity import application, gate, scopes
from sandbox.identity.errors import Refused
from sandbox.identity.permissions import explained
from sandbox.paper import WORLD, page
from sandbox.people import CONTOSO, tenant_of
from sandbox.world import World


async def admin_consent(request: web.Request) -> web.Response:
    """GET shows what is asked for; POST carries the administrator's answer back."""
    world, query = request.app[WORLD], request.query
    try:
        tenant = _tenant(world, request.match_info["tenant"])
        _check(query)
        asked = scopes.read(query.get("scope", ""))
    except Refused as refused:
        return page(request, "identity/refused.html", status=400, refused=refused, back="")
    if request.method == "GET":
        lines = explained(list(asked))
        return page(request, "identity/admin-consent.html", here=request.path_qs, asks=lines)
    accepted = (await request.post()).get("answer") == "accept"
    if accepted:
        _grant(world, tenant, list(asked))
    told = _answer(query, tenant, accepted=accepted)
    address = f"{query['redirect_uri']}?{urlencode(told)}"
    return web.Response(status=302, headers={"Location": address})


def _tenant(world: World, name: str) -> str:
    tenant = gate.tenant(world, name)
    if tenant in ("common", "consumers"):
        raise Refused(9002313, "Admin consent needs a tenant, or organizations.")
    return tenant_of(CONTOSO) if tenant == "organizations" else tenant


def _check(query: Mapping[str, str]) -> None:
    if query.get("client_id") != application.CLIENT_ID:
        raise Refused(700016)
    if not application.redirect_allowed(query.get("redirect_uri", "")):
        raise Refused(50011)


def _grant(world: World, tenant: str, names: list[str]) -> None:
    for upn, mailbox in world.mailboxes.items():
        if mailbox.tenant_id == tenant:
            world.grants.consent(upn, names)


def _answer(query: Mapping[str, str], tenant: str, *, accepted: bool) -> dict[str, str]:
    told = {"admin_consent": "True", "tenant": tenant, "scope": query.get("scope", "")}
    if not accepted:
        refused = Refused(65004)
        told = {"error": refused.error, "error_description": refused.description}
    return {**told, "state": query["state"]} if "state" in query else told
