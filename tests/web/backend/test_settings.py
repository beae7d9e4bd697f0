"""Settings of the business, and its days off."""


def test_it_names_the_business(owner):
    owner.get("/admin/settings")
    page = owner.submit("Save", {"Name of the business": "Lime Studio"})
    assert "Lime Studio" in page.text and "Linden Studio" not in page.text


def test_new_appointments_can_wait_for_approval(owner, app, studio):
    owner.get("/admin/settings")
    owner.submit("Save", {"default_status": "pending"})
    page = owner.get("/admin/settings")
    assert [tag.attrs["value"] for tag in page.all("input") if "checked" in tag.attrs] == [
        "pending"
    ]


def test_it_keeps_what_makes_no_sense_and_says_so(owner):
    owner.get("/admin/settings")
    page = owner.submit("Save", {"Can be booked ahead, in days": "5000"})
    assert "from 1 to 730" in page.text and 'value="5000"' in page.html


def test_a_day_off_of_the_business_is_everybodys(owner, app):
    owner.get("/admin/settings/days-off")
    owner.submit("Add", {"First day": "2099-12-24", "note": "Winter holiday"})
    anna = type(owner)(app)
    anna.sign_in("anna@panel.test")
    assert "Winter holiday" in anna.get("/panel/profile").text
