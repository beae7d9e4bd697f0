"""What a kind of mail is, and how mails end."""

from __future__ import annotations

from dataclasses import dataclass

CUSTOMER, EMPLOYEE, USER, OUTLOOK = "customer", "employee", "user", "outlook"
FAREWELL = """\
%business_name%
%business_phone%"""


@dataclass(frozen=True)
class Kind:
    """One kind of mail. `words` name it to the owner, `occasion` says when it is sent.

    `name` is `audience_deed`, as in customer_booked. `on` says whether it is sent where the
    owner has not decided.
    """

    name: str
    audience: str
    words: str
    occasion: str
    placeholders: tuple[str, ...]
    title: str
    text: str
    on: bool = True
