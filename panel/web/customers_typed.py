"""A customer as they are typed into a form: chosen from the list, or new."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

from wtforms import EmailField, StringField, TelField
from wtforms.validators import InputRequired, Optional

from panel.domain.errors import RuleBroken
from panel.domain.people import Actor
from panel.services import customers
from panel.web.forms import Form

# More than anybody reads through; whoever is not offered is still found when typed.
OFFERED = 500
NAMED_TWICE = re.compile(r"(?P<name>.+) \((?P<hint>[^()]+)\)")


class CustomerForm(Form):
    """Who comes. A name from the list is that customer; another name is a new one."""

    customer = StringField("Customer", [InputRequired("Choose a customer, or type a new one.")])
    email = EmailField("Email", [Optional()])
    phone = TelField("Phone", [Optional()])

    def still_says(self, name: str) -> bool:
        """Say whether this name, which the form began with, was left and nothing added to it."""
        return (self.customer.data, self.email.data or "", self.phone.data or "") == (name, "", "")

    def customer_id(self, *, by: Actor, now: datetime) -> int:
        """Find whoever was typed, or write them down. Raises RuleBroken, NotAllowed."""
        typed = self.customer.data or ""
        twice = NAMED_TWICE.fullmatch(typed)
        name, hint = (twice["name"], twice["hint"]) if twice else (typed, self.email.data or "")
        found = _called(name, hint, by)
        if len(found) > 1:
            said = f"{len(found)} customers are called {name}. Choose one of them from the list."
            raise RuleBroken(said, "customer")
        if found:
            return found[0]
        email, phone = self.email.data or "", self.phone.data or ""
        return customers.create(name, email=email, phone=phone, by=by, now=now).id


def offered(by: Actor) -> list[str]:
    """Return the names to choose from, each once: namesakes with their address or number."""
    rows = customers.listed(by, size=OFFERED).rows
    times = Counter(row.name for row in rows)
    return [name_of(row.name, row.email or row.phone, times[row.name]) for row in rows]


def name_of(name: str, hint: str, times: int) -> str:
    """Return how one customer is named in the list."""
    return f"{name} ({hint})" if times > 1 and hint else name


def _called(name: str, hint: str, by: Actor) -> list[int]:
    rows = customers.listed(by, search=name, size=50).rows
    named = [row for row in rows if row.name.casefold() == name.casefold()]
    return [row.id for row in named if not hint or hint in (row.email, row.phone)]
