"""What Microsoft says when it sends the browser back without a code."""

import re
from collections.abc import Mapping

from panel.domain.errors import Refusal

_BY_ERROR = {
    "access_denied": Refusal.DECLINED,
    "consent_required": Refusal.DECLINED,
    "login_required": Refusal.CAME_BACK,
    "interaction_required": Refusal.CAME_BACK,
    "server_error": Refusal.MICROSOFT_SILENT,
    "temporarily_unavailable": Refusal.MICROSOFT_SILENT,
}

# The description is for developers and may change; it only makes the sentence more exact
# (reference-error-codes.md).
_BY_NUMBER = {
    "90094": Refusal.ADMINISTRATOR_NEEDED,
    "90095": Refusal.ADMINISTRATOR_NEEDED,
    "900941": Refusal.ADMINISTRATOR_NEEDED,
    "50020": Refusal.OTHER_ACCOUNTS_ONLY,
    "50194": Refusal.REGISTRATION,
    "500208": Refusal.WORK_ACCOUNTS_ONLY,
    "9002332": Refusal.WORK_ACCOUNTS_ONLY,
}


def read_callback_error(args: Mapping[str, str]) -> Refusal | None:
    """Why there is no account, from the query of the callback; None where a code came.

    An error of the developer's kind, as unauthorized_client, blames the registration.
    """
    error = args.get("error")
    if not error:
        return None if args.get("code") else Refusal.CAME_BACK
    number = re.search(r"AADSTS(\d+)", args.get("error_description", ""))
    if number and number[1] in _BY_NUMBER:
        return _BY_NUMBER[number[1]]
    return _BY_ERROR.get(error, Refusal.REGISTRATION)
