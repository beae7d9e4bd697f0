"""Microsoft sends the browser back without a code."""

import pytest

from panel.domain.errors import Refusal
from panel.outlook.callback import read_callback_error


@pytest.mark.parametrize(
    "error, description, reason",
    [
        ("access_denied", "AADSTS65004: User declined to consent.", Refusal.DECLINED),
        ("access_denied", "The user has denied access to the scope.", Refusal.DECLINED),
        ("consent_required", "", Refusal.DECLINED),
        ("access_denied", "AADSTS90094: admin consent", Refusal.ADMINISTRATOR_NEEDED),
        ("access_denied", "AADSTS500208: not valid", Refusal.WORK_ACCOUNTS_ONLY),
        ("interaction_required", "", Refusal.CAME_BACK),
        ("server_error", "", Refusal.MICROSOFT_SILENT),
        ("temporarily_unavailable", "", Refusal.MICROSOFT_SILENT),
        ("unauthorized_client", "AADSTS700016", Refusal.REGISTRATION),
        ("invalid_scope", "", Refusal.REGISTRATION),
        ("brand_new_error", "", Refusal.REGISTRATION),
    ],
)
def test_each_error_has_its_sentence(error, description, reason):
    assert read_callback_error({"error": error, "error_description": description}) is reason


def test_a_code_is_no_error():
    assert read_callback_error({"code": "0.AXk", "state": "s"}) is None


def test_nothing_at_all_is_somebody_who_came_back():
    assert read_callback_error({}) is Refusal.CAME_BACK
