"""Employees: added, changed, given rights and a login."""

DEV = {"Name": "Dev Malik", "email": "dev@panel.test", "password": "a long password"}


def test_it_adds_somebody_who_then_signs_in(owner):
    owner.get("/admin/employees/new")
    page = owner.submit("Save", DEV)
    assert "Dev Malik works here now." in page.text
    owner.submit("Sign out")
    assert owner.sign_in("dev@panel.test", DEV["password"]).path.startswith("/panel")


def test_it_wants_an_address_and_a_password_or_neither(owner):
    owner.get("/admin/employees/new")
    page = owner.submit("Save", {**DEV, "password": ""})
    assert "A login needs both an address and a password." in page.text
    assert owner.submit("Save", {"email": ""}).status == 200


def test_it_finds_by_name_title_and_address(owner):
    owner.get("/admin/employees", q="ben@panel")
    assert "Ben Ode" in owner.page.text and "Anna Berg" not in owner.page.text


def test_it_says_where_nobody_fits(owner):
    assert "Nobody found" in owner.get("/admin/employees", q="nobody at all").text


def test_it_grants_a_permission(owner, studio, app):
    owner.get(f"/admin/employees/{studio.carla.id}")
    owner.submit("Save", {"Book, move and cancel appointments": True})
    carla = type(owner)(app)
    carla.sign_in("carla@panel.test")
    assert carla.get("/panel/appointments/new").status == 200


def test_who_may_not_sign_in_any_more_is_out_at_once(owner, studio, app):
    carla = type(owner)(app)
    carla.sign_in("carla@panel.test")
    owner.get(f"/admin/employees/{studio.carla.id}")
    owner.submit("Save", {"May sign in": False})
    assert carla.get("/panel/").heading == "Sign in"


def test_a_paused_employee_takes_no_bookings(owner, studio):
    owner.get(f"/admin/employees/{studio.ben.id}")
    owner.submit("Save", {"Takes bookings": False})
    page = owner.get("/admin/appointments/new")
    assert "Ben Ode" not in page.all("form")[0].text


def test_it_sets_the_services_of_somebody(owner, studio):
    owner.get(f"/admin/employees/{studio.ben.id}/services")
    owner.submit("Save", {"Sports massage": False})
    assert "Not bookable" in owner.get("/admin/employees", q="Ben").text


def test_there_is_no_employee_of_an_unknown_number(owner):
    assert owner.get("/admin/employees/99").status == 404
