"""Services: added, changed, taken off the list."""


def test_it_adds_a_service(owner):
    owner.get("/admin/services/new")
    owner.submit("Save", {"Name": "Posture check", "Minutes": "30", "price": "25.50",
                          "tone": "Amber"})  # fmt: skip
    page = owner.get("/admin/services")
    assert "Posture check" in page.text and "30 minutes" in page.text and "€25.50" in page.text


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
    visitor.enter("mia@panel.test")
    visitor.get(f"/admin/services/{studio.massage.id}")
    visitor.submit("Save", {"Name": "Deep massage"})
    assert "Deep massage" in visitor.get("/admin/services").text


def names(page) -> list[str]:
    return [tag.text for tag in page.all("a") if tag.attrs.get("class") == "name"]


def test_it_says_how_to_write_a_price(owner):
    owner.get("/admin/services/new")
    page = owner.submit("Save", {"Name": "A", "Minutes": "30", "price": "NaN"})
    assert "Write an amount like 58.00." in page.text


def test_it_keeps_what_a_group_service_needs(owner, studio):
    address = f"/admin/services/{studio.massage.id}"
    owner.get(address)
    typed = {"capacity": "6", "least": "3", "Booked at the latest": "1 day before",
             "horizon": "30", "Anna Berg offers it": True, "Ben Ode offers it": False,
             "Anna Berg: Own price": "70", "Anna Berg: Own places": "4"}  # fmt: skip
    owner.submit("Save", typed)
    assert "3 to 6" in owner.get("/admin/services").text
    form = owner.get(address).form("Save")
    kept = dict(form.data({}))
    assert (kept["notice"], kept["horizon"]) == ("1440", "30")
    assert (kept["givers-0-price"], kept["givers-0-capacity"]) == ("70.00", "4")
    assert ("givers-0-gives" in kept, "givers-1-gives" in kept) == (True, False)


def test_what_is_hidden_from_customers_says_so(owner, studio):
    owner.get(f"/admin/services/{studio.massage.id}")
    owner.submit("Save", {"Customers see it": False})
    assert "Hidden from customers" in owner.get("/admin/services").text


def test_it_groups_services_and_puts_them_in_order(owner, studio):
    owner.get("/admin/services/categories")
    owner.submit("Add", {"Name": "Body"})
    for name in ("Yoga", "Breath"):
        owner.get("/admin/services/new")
        owner.submit("Save", {"Name": name, "Minutes": "30", "Category": "Body"})
    page = owner.get("/admin/services")
    assert [tag.text for tag in page.all("h2")] == ["Body", "No category"]
    owner.submit("Move Breath up")
    assert names(owner.get("/admin/services")) == ["Breath", "Yoga", "Sports massage"]


def test_a_category_is_renamed_moved_and_removed(owner, studio):
    for name in ("Body", "Mind"):
        owner.get("/admin/services/categories")
        owner.submit("Add", {"Name": name})
    owner.submit("Move Mind up")
    assert names(owner.page) == ["Mind", "Body"]
    owner.get(next(t.attrs["href"] for t in owner.page.all("a") if t.text == "Body"))
    owner.submit("Save", {"Name": "The body"})
    removal = next(t for t in owner.page.all("a") if t.text == "Remove Mind")
    owner.get(removal.attrs["href"])
    assert names(owner.submit("Remove category")) == ["The body"]


def test_it_says_that_a_name_is_taken(owner, studio):
    for _ in range(2):
        owner.get("/admin/services/categories")
        page = owner.submit("Add", {"Name": "Body"})
    assert "There is a category Body already." in page.text


def test_it_asks_customers_what_the_business_wants_to_know(owner, studio):
    address = f"/admin/services/{studio.massage.id}/questions"
    for typed in ({"Question": "Anything else?"},
                  {"Question": "Which side?", "Answered with": "One of several",
                   "options": "Left\nRight", "Must be answered": True}):  # fmt: skip
        owner.get(address)
        owner.submit("Add", typed)
    page = owner.submit("Move Which side? up")
    assert names(page) == ["Which side?", "Anything else?"]
    assert "Left, Right" in page.text and "Must be answered" in page.text
    assert names(owner.submit("Remove Anything else?")) == ["Which side?"]


def test_a_question_is_changed(owner, studio):
    address = f"/admin/services/{studio.massage.id}/questions"
    owner.get(address)
    owner.submit("Add", {"Question": "Why?"})
    owner.get(next(t.attrs["href"] for t in owner.page.all("a") if t.text == "Why?"))
    page = owner.submit("Save", {"Answered with": "One of several", "options": "Only one"})
    assert "Give from 2 to 30 choices" in page.text
    assert names(owner.submit("Save", {"options": "Pain\nPleasure"})) == ["Why?"]
