"""Who books from outside is known by their address, or written down as new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from panel.db.tables import Company, Customer
from panel.domain.words import address, line
from panel.services.outbox import Transaction

# What the answers call the name that a customer typed, where it is another one.
NAME = "Name"


@dataclass(frozen=True)
class Caller:
    """What somebody said about themselves."""

    name: str
    email: str
    phone: str = ""

    @property
    def clean_phone(self) -> str:
        """The number in one line, or nothing. Raises RuleBroken where it is too long."""
        return line(self.phone, "phone", "a number", most=40, needed=False)


def find_or_make(session: Transaction, caller: Caller, *, now: datetime) -> Customer:
    """Return the customer with this address, in capitals or not; a new one where none has it.

    What is known about them stays as it is: an address proves nobody's name. Who was taken
    off the lists stands on them again. Raises RuleBroken.
    """
    name = line(caller.name, "name", "a name")
    email = address(caller.email)
    known = _known(session, email)
    if known is None:
        # Two at once must not both make one: who comes second looks again.
        session.execute(select(Company.id).with_for_update()).all()
        known = _known(session, email)
    if known is None:
        known = Customer(name=name, email=email, phone=caller.clean_phone, created_at=now)
        session.add(known)
    known.active = True
    session.flush()
    return known


def differs(caller: Caller, customer: Customer) -> list[tuple[str, str]]:
    """Return what they call themselves this time, where it is not what is known of them."""
    typed = {NAME: (caller.name, customer.name), "Phone": (caller.phone, customer.phone)}
    return [(what, now) for what, (now, known) in typed.items() if now and now != known]


def _known(session: Transaction, email: str) -> Customer | None:
    """Return who has this address, held: who is being erased or merged away is not found."""
    return session.scalar(
        select(Customer)
        .where(func.lower(Customer.email) == email, Customer.erased_at.is_(None))
        .order_by(Customer.active.desc(), Customer.id)
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
