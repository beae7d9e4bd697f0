"""Employees: added, changed, given rights and a login."""

from dataclasses import replace

from panel.mail.server import Server
from tests.support.pages import Tag

DEV = {"Name": "Dev Malik", "email": "dev@panel.test"}
ALL = {"description": "Speaks Welsh.", "most_a_day": "6"}


def link(page):
    """The link that is shown to be passed on."""
    return next(tag.attrs["value"] for tag in page.all("input") if tag.attrs.get("id") == "link")


def card(page, heading: str) -> Tag:
    return next(tag for tag in page.all("section") if tag.attrs.get("aria-labelledby") == heading)


def test_it_invites_whoever_is_added(owner):
    owner.get("/admin/employees/new")
    page = owner.submit("Save", DEV)
    assert "Dev Malik works here now." in page.text and "sent it to nobody" in page.text
    assert link(page).startswith("http://127.0.0.1:8000/choose-password/")


def test_it_shows_a_link_once(owner):
    owner.get("/admin/employees/new")
    shown = link(owner.submit("Save", DEV))
    assert shown not in owner.get(owner.page.path).html
    assert "Invited. Dev has not chosen a password yet." in owner.page.text


def test_it_adds_nobody_where_the_address_has_a_login(owner):
    owner.get("/admin/employees/new")
    page = owner.submit("Save", {**DEV, "email": "ben@panel.test"})
    assert "ben@panel.test has a login already." in page.text
    assert "Nobody found" in owner.get("/admin/employees", q="Dev Malik").text


def test_a_mail_brings_the_link_where_mails_go_out(owner, app):
    guests = app.extensions["panel"]
    guests.mail = replace(guests.mail, server=Server("mail.test", 25, "none", "", "", "a@b.test"))
    owner.get("/admin/employees/new")
    page = owner.submit("Save", DEV)
    assert "A link goes to dev@panel.test by mail." in page.text
    assert "choose-password" not in page.html
    owner.submit("Mail a new link")
    assert "A link goes to dev@panel.test by mail." in owner.page.text


def test_without_an_address_there_is_no_link(owner):
    owner.get("/admin/employees/new")
    page = owner.submit("Save", {"Name": "Dev Malik"})
    assert page.path.endswith("/services")


def test_it_invites_later_and_as_a_manager_too(owner, visitor, app):
    owner.get("/admin/employees/new")
    owner.submit("Save", {"Name": "Dev Malik"})
    owner.get(owner.page.path.removesuffix("/services"))
    wish = {"email": "dev@panel.test", "role": "manager"}
    dev = type(visitor)(app)
    dev.get(link(owner.submit("Save", wish)))
    dev.submit("Save and sign in", {"Password": "a long one", "Password, once more": "a long one"})
    assert dev.get("/admin").status == 200


def test_only_the_owner_chooses_a_role(visitor, studio):
    visitor.enter("mia@panel.test")
    page = visitor.get("/admin/employees/new")
    assert "Owner: everything" not in page.text


def test_a_new_link_voids_the_one_before(owner, studio, visitor, app):
    owner.get(f"/admin/employees/{studio.ben.id}")
    older = link(owner.submit("Make a new link"))
    newer = link(owner.submit("Make a new link"))
    ben = type(visitor)(app)
    assert ben.get(older).status == 404
    assert ben.get(newer).heading == "Choose a new password"


def test_it_says_who_has_forgotten_a_password(owner, studio, visitor, app):
    ben = type(visitor)(app)
    ben.get("/forgotten-password")
    ben.submit("Ask for a link", {"Email": "ben@panel.test"})
    page = owner.get(f"/admin/employees/{studio.ben.id}")
    assert "Ben asked for a new password" in card(page, "signing-in").text


def test_it_keeps_what_customers_read_and_how_much_somebody_takes(owner, studio):
    owner.get(f"/admin/employees/{studio.ben.id}")
    owner.submit("Save", ALL)
    assert "Speaks Welsh." in owner.page.html and 'value="6"' in owner.page.html
    page = owner.submit("Save", {"most_a_day": "0"})
    assert "Give a whole number of appointments from 1 to 200." in page.text


def test_a_save_ends_nobodys_session(owner, studio, app):
    carla = type(owner)(app)
    carla.enter("carla@panel.test")
    owner.get(f"/admin/employees/{studio.carla.id}")
    owner.submit("Save")
    assert carla.get("/panel/").heading != "Sign in"


def test_it_finds_by_name_title_and_address(owner):
    owner.get("/admin/employees", q="ben@panel")
    assert "Ben Ode" in owner.page.text and "Anna Berg" not in owner.page.text


def test_it_says_where_nobody_fits(owner):
    assert "Nobody found" in owner.get("/admin/employees", q="nobody at all").text


def test_it_grants_a_permission(owner, studio, app):
    owner.get(f"/admin/employees/{studio.carla.id}")
    owner.submit("Save", {"Book, move and cancel appointments": True})
    carla = type(owner)(app)
    carla.enter("carla@panel.test")
    assert carla.get("/panel/appointments/new").status == 200


def test_who_may_not_sign_in_any_more_is_out_at_once(owner, studio, app):
    carla = type(owner)(app)
    carla.enter("carla@panel.test")
    owner.get(f"/admin/employees/{studio.carla.id}")
    owner.submit("Save", {"May sign in": False})
    assert carla.get("/panel/").heading == "Sign in"


def test_it_sets_the_services_of_somebody(owner, studio):
    owner.get(f"/admin/employees/{studio.ben.id}/services")
    owner.submit("Save", {"Sports massage": False})
    assert "Not bookable" in owner.get("/admin/employees", q="Ben").text


def test_there_is_no_employee_of_an_unknown_number(owner):
    assert owner.get("/admin/employees/99").status == 404
