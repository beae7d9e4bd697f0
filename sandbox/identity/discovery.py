"""What clients read about the identity platform before they use it."""

from typing import Any

from sandbox.identity import gate
from sandbox.people import PERSONAL_TENANT
from sandbox.world import World

_TEMPLATE = "{tenantid}"


def issuer(base: str, tenant: str) -> str:
    """The issuer of a tenant's tokens; where many share a path, the literal {tenantid}."""
    shared = {"common": _TEMPLATE, "organizations": _TEMPLATE, "consumers": PERSONAL_TENANT}
    return f"{base}/{shared.get(tenant, tenant)}/v2.0"


def configuration(world: World, name: str) -> dict[str, Any]:
    """The discovery document of one tenant path. Raises Refused for an unknown tenant."""
    tenant, base = gate.tenant(world, name), world.base_url
    oauth = f"{base}/{name}/oauth2/v2.0"
    return {
        "token_endpoint": f"{oauth}/token",
        "token_endpoint_auth_methods_supported": [
            "client_secret_post",
            "private_key_jwt",
            "client_secret_basic",
        ],
        "jwks_uri": f"{base}/{name}/discovery/v2.0/keys",
        **_ABILITIES,
        "issuer": issuer(base, tenant),
        "request_uri_parameter_supported": False,
        "userinfo_endpoint": f"{base}/oidc/userinfo",
        "authorization_endpoint": f"{oauth}/authorize",
        "device_authorization_endpoint": f"{oauth}/devicecode",
        "http_logout_supported": True,
        "frontchannel_logout_supported": True,
        "end_session_endpoint": f"{oauth}/logout",
        "claims_supported": _CLAIMS,
        "kerberos_endpoint": f"{base}/{name}/kerberos",
        "tenant_region_scope": None if tenant in ("common", "organizations") else "EU",
        "cloud_instance_name": "microsoftonline.com",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": "graph.microsoft.com",
        "rbac_url": "https://pas.windows.net",
    }


def keys(world: World, name: str) -> dict[str, Any]:
    """The JWKS of one tenant path."""
    gate.tenant(world, name)
    return {"keys": [world.key.public(issuer(world.base_url, "common"))]}


def instance(world: World) -> dict[str, Any]:
    """Instance discovery, which Microsoft's own libraries ask before anything else."""
    host = world.base_url.partition("//")[2]
    aliases = {host, "login.microsoftonline.com", "login.windows.net", "login.microsoft.com"}
    document = f"{world.base_url}/common/v2.0/.well-known/openid-configuration"
    return {
        "tenant_discovery_endpoint": document,
        "api-version": "1.1",
        "metadata": [
            {"preferred_network": host, "preferred_cache": host, "aliases": sorted(aliases)}
        ],
    }


_ABILITIES = {
    "response_modes_supported": ["query", "fragment", "form_post"],
    "subject_types_supported": ["pairwise"],
    "id_token_signing_alg_values_supported": ["RS256"],
    "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
    "scopes_supported": ["openid", "profile", "email", "offline_access"],
}
_CLAIMS = [
    "sub", "iss", "cloud_instance_name", "cloud_instance_host_name", "cloud_graph_host_name",
    "msgraph_host", "aud", "exp", "iat", "auth_time", "acr", "nonce", "preferred_username",
    "name", "tid", "ver", "at_hash", "c_hash", "email",
]  # fmt: skip
