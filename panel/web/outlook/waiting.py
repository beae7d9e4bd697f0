"""An account that Microsoft approved and that a person must still confirm."""

from __future__ import annotations

from dataclasses import dataclass

from panel.domain.remote import Identity
from panel.services import adopting, confirming, linking
from panel.services.employees import About, Employee
from panel.web.outlook.microsoft import outside
from panel.web.outlook.place import Place
from panel.web.session import by
from panel.web.words import today, wall


@dataclass(frozen=True)
class Waits:
    """The question on the card: title, words, and the button that says yes."""

    id: int
    title: str
    words: str
    yes: str
    yes_to: str
    no_to: str


def waits_for(employee: Employee | About, place: Place) -> Waits | None:
    """What waits for this person's yes about this employee."""
    found = confirming.standing(employee.id, by=by(), outside=outside())
    if found is None:
        return None
    sign_in_id, identity = found
    to = place.to("confirm"), place.to("decline")
    if linking.is_addition(employee.id, identity):
        return _addition(sign_in_id, employee, identity, to)
    before = linking.previous(employee.id)
    if before is not None and before[0] != (identity.tenant_id, identity.object_id):
        until = _until(before)
        words = f"{until} it was {before[1]}. Start afresh with {identity.address}, or go back?"
        if left := adopting.stayed(employee.id, identity):
            words += f" {_taken_up(left)}"
        return Waits(sign_in_id, "This is another account.", words, "Start afresh", *to)
    words = (
        f"{identity.name or identity.address} signed in at Microsoft. From then on "
        f"{employee.name.split()[0]}’s appointments go to that calendar."
    )
    title = f"Link {identity.address} to {employee.name}?"
    return Waits(sign_in_id, title, words, f"Link {identity.address}", *to)


def _addition(
    sign_in_id: int, employee: Employee | About, identity: Identity, to: tuple[str, str]
) -> Waits:
    """One more account, beside those that are linked."""
    mine = by().is_employee(employee.id)
    title = f"Link {identity.address} to {employee.name}?"
    words = (
        f"What is linked already stays linked. {identity.address} comes beside it, and busy time "
        "there blocks bookings too."
    )
    yes = f"Link {identity.address}"
    return Waits(sign_in_id, "This is another account." if mine else title, words, yes, *to)


def _taken_up(left: int) -> str:
    if left == 1:
        return "The entry that Panel wrote there before is taken up again."
    return f"The {left:,} entries that Panel wrote there before are taken up again."


def _until(before: linking.Previous) -> str:
    if before[2] is None:
        return "Until now"
    ended = wall(before[2])
    return f"Until {ended.day} {ended:%B}{'' if ended.year == today().year else f' {ended.year}'}"
