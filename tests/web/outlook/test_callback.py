"""Going to Microsoft and coming back, with every way that it can say no."""

import pytest

from panel import create_app
from panel.domain.errors import Refusal
from tests import make
from tests.support import databases
from tests.support.settings import settings

NOT = "Not connected."
DECLINED = f"{NOT} {Refusal.DECLINED.value}"
CAME_BACK = f"{NOT} {Refusal.CAME_BACK.value}"
TAKEN = "anna@contoso.test is already linked to"


def test_it_leads_to_microsoft_and_back_to_my_profile(desk):
    page = desk.connect()
    assert page.path == "/panel/profile/"
    assert "Connected as anna@contoso.test. Panel is now reading your calendar." in page.text


def test_it_shows_whose_account_it_is_and_a_way_out(desk):
    card = desk.connect().region("Outlook Calendar")
    assert "Anna Berg anna@contoso.test" in card.text
    assert [one.text for one in card.all("button")][-1] == "Disconnect"


def test_it_leads_the_owner_back_to_the_employees_page(desk):
    desk.enter("owner")
    page = desk.connect("ben@contoso.test", desk.page_of(desk.ben))
    assert page.path == desk.page_of(desk.ben)


def test_it_follows_the_address_that_the_browser_uses(desk):
    desk.visitor.home = "http://localhost:8000"
    desk.enter("anna")
    assert "redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Foutlook%2Fcallback" in desk.begin()


def test_it_lets_a_form_lead_to_the_sign_in_page_and_nowhere_else(tmp_path, database_address):
    real = {"LOGIN_URL": "https://login.microsoftonline.com", "DATABASE_URL": database_address}
    app = create_app(settings(tmp_path, **real))
    policy = app.test_client().get("/sign-in").headers["Content-Security-Policy"]
    databases.release(app)
    assert "form-action 'self' https://login.microsoftonline.com https://login.live.com;" in policy


def test_it_says_that_one_declined(desk):
    back = desk.microsoft(desk.begin(), "anna@contoso.test", approve=False)
    assert DECLINED in desk.come_back(back).text


def test_it_says_that_one_came_back_from_where_an_administrator_is_needed(desk):
    assert desk.microsoft(desk.begin(), "blocked@contoso.test") == {}
    assert CAME_BACK in desk.visitor.get("/panel/profile/").text


def test_it_says_so_only_once(desk):
    desk.begin()
    desk.visitor.get("/panel/profile/")
    assert CAME_BACK not in desk.visitor.get("/panel/profile/").text


def test_it_says_nothing_of_what_else_was_begun_once_connected(desk):
    desk.begin()
    desk.connect()
    assert CAME_BACK not in desk.visitor.get("/panel/profile/").text


def test_it_says_that_one_came_back_with_the_wrong_kind_of_account(desk):
    desk.settings(tenant="organizations")
    assert desk.microsoft(desk.begin(), "carla@outlook.test") == {}
    assert CAME_BACK in desk.visitor.get("/panel/profile/").text


@pytest.mark.parametrize(
    "number, reason",
    [(90094, Refusal.ADMINISTRATOR_NEEDED), (500208, Refusal.WORK_ACCOUNTS_ONLY)],
)
def test_it_knows_what_microsoft_means(desk, number, reason):
    state = desk.microsoft(desk.begin(), "anna@contoso.test")["state"]
    said = {"error": "access_denied", "error_description": f"AADSTS{number}: no."}
    assert f"{NOT} {reason.value}" in desk.come_back({"state": state, **said}).text


def test_it_names_an_account_without_a_calendar(desk):
    said = "nomail@contoso.test has no Outlook calendar that Panel can reach."
    assert f"{NOT} {said}" in desk.connect("nomail@contoso.test").text


def test_it_refuses_a_sign_in_that_was_open_for_too_long(desk):
    back = desk.microsoft(desk.begin(), "anna@contoso.test")
    desk.forward(minutes=11)
    assert f"{NOT} {Refusal.TOOK_TOO_LONG.value}" in desk.come_back(back).text


def test_it_refuses_what_was_not_started_here(desk):
    back = desk.microsoft(desk.begin(), "anna@contoso.test")
    said = desk.come_back({**back, "state": "another"}).text
    assert f"{NOT} {Refusal.NOT_STARTED_HERE.value}" in said


def test_it_refuses_what_was_started_in_another_login_session(desk):
    back = desk.microsoft(desk.begin(), "anna@contoso.test")
    desk.enter("anna")
    assert f"{NOT} {Refusal.NOT_STARTED_HERE.value}" in desk.come_back(back).text


def test_it_changes_nothing_when_a_sign_in_is_used_twice(desk):
    back = desk.microsoft(desk.begin(), "anna@contoso.test")
    desk.come_back(back)
    page = desk.come_back(back)
    assert "Nothing has changed. This sign-in had already been used." in page.text
    assert "anna@contoso.test" in page.region("Outlook Calendar").text


def test_it_says_that_microsoft_is_silent(desk):
    back = desk.microsoft(desk.begin(), "anna@contoso.test")
    desk.sandbox.faults({"kind": "status", "status": 503, "match": {"path": "*/token"}})
    assert f"{NOT} {Refusal.MICROSOFT_SILENT.value}" in desk.come_back(back).text


def test_it_tells_the_employee_that_the_registration_is_refused(desk):
    desk.settings(client_secret=desk.sealed("wrong"))
    said = "Microsoft does not accept this business’s registration. Ruth Linden has been told."
    assert f"{NOT} {said}" in desk.connect().text


def test_it_tells_the_owner_what_to_do_about_the_secret(desk):
    desk.settings(client_secret=desk.sealed("wrong"))
    desk.enter("owner")
    page = desk.connect("anna@contoso.test", desk.page_of(desk.anna))
    assert "Microsoft refuses the client secret. It has expired or was mistyped." in page.text


def test_it_does_not_tell_an_employee_whose_account_it_is(linked):
    linked.enter("ben")
    assert f"{NOT} {TAKEN} another employee. Choose another account." in linked.connect().text


def test_it_tells_the_owner_whose_account_it_is(linked):
    linked.enter("owner")
    linked.connect("anna@contoso.test", linked.page_of(linked.ben))
    page = linked.visitor.submit("Link anna@contoso.test")
    assert f"{NOT} {TAKEN} Anna Berg. Disconnect it there first." in page.text


def test_it_is_not_begun_while_outlook_is_not_set_up(desk):
    desk.visitor.get("/panel/profile/")
    desk.settings(client_id="")
    page = desk.visitor.post("/panel/profile/outlook/connect")
    assert f"{NOT} Outlook is not set up for this business yet." in page.text


def test_it_is_not_begun_for_a_colleague(desk):
    desk.visitor.get("/panel/profile/")
    path = f"{desk.page_of(desk.ben)}/connect"
    assert desk.visitor.post(path).status == 403


def test_it_is_not_begun_by_a_manager(desk):
    desk.enter("mia")
    desk.visitor.get(desk.page_of(desk.ben))
    assert desk.visitor.post(f"{desk.page_of(desk.ben)}/connect").status == 403


def test_it_comes_back_to_an_owner_who_takes_no_bookings(desk):
    make.employee(name="Dev Malik")
    desk.enter("owner")
    page = desk.come_back({"state": "another", "code": "x"})
    assert (page.path, NOT in page.text) == ("/panel/profile/", True)
