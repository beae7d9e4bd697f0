"""Where an Outlook card stands: on My Profile, or on an employee's page in the back end."""

from __future__ import annotations

from dataclasses import dataclass

from panel.domain.errors import NotThere
from panel.web.addresses import address
from panel.web.frame import in_back_end
from panel.web.session import by, me


@dataclass(frozen=True)
class Place:
    """Whose card it is, and in which of the two worlds."""

    employee_id: int
    backend: bool

    @property
    def name(self) -> str:
        """The name under which a sign-in remembers where to come back to."""
        return "employee" if self.backend else "profile"

    @property
    def address(self) -> str:
        """The page that the card stands on."""
        if self.backend:
            return address("backend_integrations.outlook", employee_id=self.employee_id)
        return address("profile.show")

    @property
    def decisions(self) -> str:
        """The page that lists what waits for a decision."""
        return address("backend_overview.show" if self.backend else "today.show")

    def held(self, held_id: int) -> str:
        """The page that asks whether so many deletions were meant."""
        backend = self.backend and by().in_back_end
        return address(f"{'backend_' if backend else ''}outlook_held.show", held_id=held_id)

    def to(self, action: str, **more: int) -> str:
        """The address of one of the card's actions."""
        if self.backend:
            name = f"backend_outlook_actions.{action}"
            return address(name, employee_id=self.employee_id, **more)
        return address(f"outlook_actions.{action}", **more)


def here(employee_id: int | None) -> Place:
    """The place that this request is about; in the panel that is one's own. Raises NotThere."""
    whose = employee_id if in_back_end() else me().employee_id
    if whose is None:
        raise NotThere("You take no bookings yet, so there is no calendar to connect.")
    return Place(whose, in_back_end())
