"""The addresses of the identity platform."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from sandbox.identity import application, browsers, discovery, gate, token, tokens
from sandbox.identity.adminconsent import admin_consent
from sandbox.identity.errors import Refused
from sandbox.identity.signin import authorize
from sandbox.paper import WORLD, page
from sandbox.world import World

_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


def routes() -> list[web.RouteDef]:
    """Every address of identity."""
    oauth = "/{tenant}/oauth2/v2.0"
    return [
        web.get(f"{oauth}/authorize", authorize),
        web.post(f"{oauth}/authorize", authorize),
        web.post(f"{oauth}/token", redeem),
        web.get(f"{oauth}/logout", logout),
        web.post(f"{oauth}/logout", logout),
        web.get("/{tenant}/v2.0/adminconsent", admin_consent),
        web.post("/{tenant}/v2.0/adminconsent", admin_consent),
        web.get("/{tenant}/v2.0/.well-known/openid-configuration", configuration),
        web.get("/{tenant}/discovery/v2.0/keys", keys),
        web.get("/{tenant}/discovery/instance", instance),
        web.get("/oidc/userinfo", user_info),
        web.post("/oidc/userinfo", user_info),
    ]


async def redeem(request: web.Request) -> web.Response:
    """The token endpoint."""
    world = request.app[WORLD]
    form: dict[str, str] = {}
    if request.content_type == "application/x-www-form-urlencoded":
        form = {name: str(value) for name, value in (await request.post()).items()}
    try:
        told = token.redeem(world, request.match_info["tenant"], form, request.headers)
    except Refused as refused:
        return web.json_response(
            refused.body(world.now()), status=refused.status, headers=_NO_STORE
        )
    return web.json_response(told, headers=_NO_STORE)


async def configuration(request: web.Request) -> web.Response:
    """The discovery document."""
    return _told(request, discovery.configuration)


async def keys(request: web.Request) -> web.Response:
    """The public keys."""
    return _told(request, discovery.keys)


async def instance(request: web.Request) -> web.Response:
    """Instance discovery."""
    return web.json_response(discovery.instance(request.app[WORLD]))


def _told(request: web.Request, tell: Callable[[World, str], dict[str, Any]]) -> web.Response:
    world = request.app[WORLD]
    headers = {"Access-Control-Allow-Origin": "*"}
    try:
        return web.json_response(tell(world, request.match_info["tenant"]), headers=headers)
    except Refused as refused:
        return web.json_response(refused.body(world.now()), status=400, headers=headers)


async def user_info(request: web.Request) -> web.Response:
    """Who an access token with `openid` stands for."""
    world = request.app[WORLD]
    try:
        access = gate.bearer(world, request.headers.get("Authorization", ""))
    except gate.NotLetIn as why:
        told = {"error": {"code": "InvalidAuthenticationToken", "message": str(why)}}
        return web.json_response(told, status=401, headers={"WWW-Authenticate": gate.CHALLENGE})
    if "openid" not in access.scopes:
        told = {"error": {"code": "UnknownError", "message": "The token lacks openid."}}
        return web.json_response(told, status=403)
    person = world.mailboxes[access.upn]
    given, _, family = person.display_name.partition(" ")
    return web.json_response(
        {
            "sub": tokens.pairwise(person.upn),
            "name": person.display_name,
            "given_name": given,
            "family_name": family,
            "picture": "https://graph.microsoft.com/v1.0/me/photo/$value",
            "email": person.upn,
        }
    )


async def logout(request: web.Request) -> web.Response:
    """End this browser's sign-in. Refresh tokens live on, as they do at Microsoft."""
    back = request.query.get("post_logout_redirect_uri", "")
    browsers.forget(request)
    if application.redirect_allowed(back):
        state = request.query.get("state")
        response = web.Response(
            status=302, headers={"Location": f"{back}?state={state}" if state else back}
        )
    else:
        response = page(request, "identity/signed-out.html")
    response.del_cookie(browsers.COOKIE)
    return response
