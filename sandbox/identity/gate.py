"""Who may come in where: tenants, account types, and the bearer check of Graph."""

from sandbox.identity.errors import Refused
from sandbox.identity.grants import Access
from sandbox.mailbox import Mailbox
from sandbox.people import PERSONAL_TENANT, tenant_of
from sandbox.world import World

_SHARED = ("common", "organizations", "consumers")
CHALLENGE = (
    'Bearer realm="", authorization_uri='
    '"https://login.microsoftonline.com/common/oauth2/authorize", '
    'client_id="00000003-0000-0000-c000-000000000000"'
)


class NotLetIn(Exception):
    """The bearer check failed; the message is Graph's."""


def tenant(world: World, name: str) -> str:
    """The tenant a path names: common, organizations, consumers or a GUID.

    Domains become GUIDs. Raises Refused for one that nobody belongs to.
    """
    name = name.lower()
    if name in _SHARED:
        return name
    if name == PERSONAL_TENANT:
        return "consumers"
    guid = tenant_of(name) if "." in name else name
    if any(mailbox.tenant_id == guid for mailbox in world.mailboxes.values()):
        return guid
    raise Refused(90002, f"Tenant '{name}' not found. Check to make sure you have the correct "
                         "tenant ID and are signing into the correct cloud.")  # fmt: skip


def admit(mailbox: Mailbox, tenant: str) -> None:
    """Raise Refused where this kind of account may not use the path's tenant."""
    personal = mailbox.tenant_id == PERSONAL_TENANT
    if tenant == "common" or tenant == mailbox.tenant_id:
        return
    if (tenant == "consumers") == personal and tenant in _SHARED:
        return
    if tenant == "consumers":
        raise Refused(500208)
    raise Refused(50020, f"User account '{mailbox.upn}' does not exist in this tenant and cannot "
                         "access the application in it. Sign in with another account.")  # fmt: skip


def bearer(world: World, header: str) -> Access:
    """The access that an Authorization header stands for. Raises NotLetIn."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotLetIn("Access token is empty.")
    access = world.grants.accesses.items.get(token.strip())
    if access is None or access.upn not in world.mailboxes:
        if "." not in token:
            raise NotLetIn("IDX14100: JWT is not well formed, there are no dots (.).")
        raise NotLetIn("Access token validation failure. Invalid signature.")
    if world.now() >= access.expires_at:
        raise NotLetIn("Access token has expired or is not yet valid.")
    return access
