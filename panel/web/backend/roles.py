"""What a login may do, as a field of a form."""

from __future__ import annotations

from wtforms import RadioField

from panel.domain.people import ROLES
from panel.web.forms import options

# Each role with what it may do.
MAY = {
    "owner": "Everything, also settings, rights and everybody’s Outlook.",
    "manager": "The whole back end, but no settings, rights or Outlook of others.",
    "employee": "The panel, as far as their rights go, and their own Outlook.",
}


def role_field() -> RadioField:
    """Return the choice of a role. Its page shows MAY beside the choices."""
    return RadioField("Role", choices=options((role, role.capitalize()) for role in ROLES))
