"""Services: added, changed, taken off the list."""


def test_it_adds_a_service(owner):
    owner.get("/admin/services/new")
    owner.submit("Save", {"Name": "Posture check", "Minutes": "30", "price": "25.50",
                          "tone": "Amber"})  # fmt: skip
    page = owner.get("/admin/services")
    assert "Posture check" in page.text and "30 minutes" in page.text and "25.50" in page.text


def test_it_says_what_is_missing(owner):
    owner.get("/admin/services/new")
    page = owner.submit("Save", {"Name": "Posture check"})
    assert "Say how long it lasts." in page.text and 'value="Posture check"' in page.html


def test_it_takes_a_service_off_the_list(owner, studio):
    owner.get(f"/admin/services/{studio.massage.id}")
    owner.submit("Save", {"Can be booked": False})
    assert "Sports massage" not in owner.get("/admin/services").text
    assert "Sports massage" in owner.get("/admin/services", show="paused").text


def test_a_manager_may_change_services_too(visitor, studio):
    visitor.sign_in("mia@panel.test")
    visitor.get(f"/admin/services/{studio.massage.id}")
    visitor.submit("Save", {"Name": "Deep massage"})
    assert "Deep massage" in visitor.get("/admin/services").text
