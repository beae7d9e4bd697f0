"""Ben, a colleague with an Outlook of his own."""

from typing import Any

from panel.domain.errors import NotAllowed
from panel.domain.people import PERMISSIONS, Actor
from panel.services import questions
from tests import make
from tests.sync.office import Office


class Colleague:
    """Links his account in the office that Anna has linked hers in."""

    NotAllowed = NotAllowed

    def __init__(self, office: Office) -> None:
        self.office, self.upn = office, f"ben.{office.upn}"
        office.sandbox.add_mailbox(self.upn, name="Ben Ode")
        user = make.user(name="Ben Ode", role="employee")
        self.me = Actor(user.id, "Ben Ode", "employee", office.ben.id, frozenset(PERMISSIONS))
        assert office.connect(self.upn, by=self.me, employee=office.ben.id).refused is None
        office.sync()

    def there(self) -> list[dict[str, Any]]:
        """What Panel wrote that stands in his Outlook."""
        return [one for one in self.office.sandbox.events(self.upn) if one["transactionId"]]

    def copy(self) -> dict[str, Any]:
        (found,) = self.there()
        return found

    def move(self, event: dict[str, Any], starts: str, ends: str) -> None:
        """Move an entry as he would, to wall times of the usual day."""
        times = {"start": self.office.utc(starts), "end": self.office.utc(ends)}
        moved = {name: {"dateTime": at, "timeZone": "UTC"} for name, at in times.items()}
        self.office.sandbox.patch_event(self.upn, event["id"], **moved)

    def delete(self, event: dict[str, Any]) -> None:
        self.office.sandbox.delete_event(self.upn, event["id"])

    def answer(self, said: str) -> None:
        asked = self.office.question()
        questions.answer(asked.id, said, by=self.me, now=self.office.now())
