"""Who asks, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass

from panel.domain.errors import NotAllowed

# The seven permissions of an employee, each with how a refusal names it.
PERMISSIONS = {
    "services": "your services",
    "work_hours": "your work hours",
    "days_off": "your days off",
    "special_days": "your special days",
    "appointments": "appointments",
    "events": "events",
    "customers": "customers",
}

# What a login may be; the mightiest first.
ROLES = ("owner", "manager", "employee")

# Who has no login: they may do this to anybody's things, as far as what is asked of them
# leads there. A visitor holds the link of their own booking; a program is the keeper's.
VISITOR, PROGRAM = "customer", "api"
OF_VISITORS = frozenset({"appointments", "events"})
OF_PROGRAMS = frozenset({"appointments", "events", "customers", "services"})


# The roles that open the back end.
BACK_END = ("owner", "manager")


@dataclass(frozen=True)
class Actor:
    """Whoever is behind a request: `name` goes into the journal.

    `employee_id` is set where their login belongs to an employee, whose `permissions`
    then count. A role of owner or manager opens the back end. `visitor` and `program` make
    those who have no login.
    """

    user_id: int | None
    name: str
    role: str
    employee_id: int | None = None
    permissions: frozenset[str] = frozenset()

    @property
    def is_owner(self) -> bool:
        return self.role == "owner"

    @property
    def in_back_end(self) -> bool:
        """Say whether everybody's things are open to them, not only their own."""
        return self.role in (*BACK_END, PROGRAM)

    @property
    def is_staff(self) -> bool:
        """Say whether they work here, and so may book against the rules for customers."""
        return self.role not in (VISITOR, PROGRAM)

    def is_employee(self, employee_id: int | None) -> bool:
        return employee_id is not None and self.employee_id == employee_id

    def sees(self, employee_id: int | None) -> bool:
        """Say whether they may read what belongs to this employee.

        A visitor does so one by one, where a link vouches for them; no list shows them any.
        """
        return self.in_back_end or self.role == VISITOR or self.is_employee(employee_id)

    def holds(self, permission: str) -> bool:
        """Say whether they may use this permission at all, on their own things at least."""
        if permission not in PERMISSIONS:
            raise ValueError(f"There is no permission {permission!r}.")
        if self.is_staff:
            return self.in_back_end or (
                self.employee_id is not None and permission in self.permissions
            )
        return permission in self.permissions

    def may(self, permission: str, employee_id: int | None) -> bool:
        """Say whether they may change this side of this employee's work."""
        return self.holds(permission) and self.sees(employee_id)

    def must_hold(self, permission: str) -> None:
        """Refuse, in words, whoever does not hold this permission. Raises NotAllowed."""
        if not self.holds(permission):
            raise NotAllowed(
                f"You may not change {PERMISSIONS[permission]}. The owner can allow it."
            )

    def must(self, permission: str, employee_id: int | None) -> None:
        """Refuse, in words, to touch this employee's things. Raises NotAllowed."""
        self.must_hold(permission)
        if not self.sees(employee_id):
            raise NotAllowed("You may only change what is your own.")

    def must_be_in_back_end(self) -> None:
        """Refuse whoever is neither owner nor manager. Raises NotAllowed."""
        if not self.in_back_end:
            raise NotAllowed("Only the owner and managers may do this.")

    def must_own(self) -> None:
        """Refuse whoever is not the owner. Raises NotAllowed."""
        if not self.is_owner:
            raise NotAllowed("Only the owner may do this.")


def visitor(name: str) -> Actor:
    """Return a customer on the public pages: they may book, move and cancel, and no more."""
    return Actor(None, name, VISITOR, permissions=OF_VISITORS)


def program(name: str) -> Actor:
    """Return a program that holds the token of this name: what the back end does day by day."""
    return Actor(None, name, PROGRAM, permissions=OF_PROGRAMS)
