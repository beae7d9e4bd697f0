"""Who lives in the sandbox, and which tenant they belong to."""

from dataclasses import dataclass
from uuid import NAMESPACE_DNS, uuid5

from sandbox.mailbox import Mailbox

# Everybody's, and printed on the sign-in page.
PASSWORD = "Passw0rd!"  # noqa: S105  # nosec B105
PERSONAL_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad"
TIME_ZONE = "GMT Standard Time"
KINDS = ("work", "personal", "no_mailbox", "needs_admin")
CONTOSO = "contoso.test"


@dataclass(frozen=True)
class Person:
    """Somebody with an account: `kind` is work, personal, no_mailbox or needs_admin."""

    upn: str
    name: str
    kind: str = "work"

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.upn.rpartition("@")[2]

    def mailbox(self) -> Mailbox:
        """An empty mailbox; its ids are the same in every sandbox."""
        return Mailbox(
            self.upn,
            self.name,
            kind=self.kind,
            tenant_id=PERSONAL_TENANT if self.kind == "personal" else tenant_of(self.domain),
            object_id=str(uuid5(NAMESPACE_DNS, f"person.{self.upn}")),
            time_zone=TIME_ZONE,
        )


DEMO = (
    Person("anna@contoso.test", "Anna Berg"),
    Person("ben@contoso.test", "Ben Ode"),
    Person("carla@outlook.test", "Carla Ruiz", "personal"),
    Person("nomail@contoso.test", "No mailbox", "no_mailbox"),
    Person("blocked@contoso.test", "Needs approval", "needs_admin"),
)


def tenant_of(domain: str) -> str:
    """The tenant of a work domain, the same GUID in every sandbox."""
    return str(uuid5(NAMESPACE_DNS, f"tenant.{domain}"))
