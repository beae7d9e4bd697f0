"""Whatever is refused below /api/ is a problem in JSON; pages stay pages."""

import pytest

from panel.services import showcase
from tests.api.program import Program


@pytest.mark.parametrize(
    "method, path, status, code",
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/appointments/x", 404, "not_found"),
        ("GET", "/appointments/99999999999999999999", 404, "not_found"),
        ("POST", "/services", 405, "method_not_allowed"),
        ("PUT", "/appointments/1", 405, "method_not_allowed"),
    ],
)
def test_lost_ways_end_in_a_problem(site, method, path, status, code):
    answer = site.ask(method, path)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.json["status"] == status and answer.json["detail"].endswith(".")


def test_it_says_which_methods_an_address_takes(site):
    allowed = set(site.ask("PUT", "/customers/1").headers["Allow"].split(", "))
    assert allowed == {"GET", "HEAD", "OPTIONS", "PATCH", "DELETE"}


@pytest.mark.parametrize("body", [b"{", b"\xff", b"", b"[" * 100_000, b"1" * 10_000])
def test_what_is_not_json_is_a_bad_request(site, body):
    answer = site.ask("POST", "/customers", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (400, "invalid")


@pytest.mark.parametrize("body", [b"[]", b"null", b"1", b'"x"', b"NaN"])
def test_what_is_not_an_object_says_so(site, body):
    answer = site.ask("POST", "/customers", data=body, content_type="application/json")
    assert answer.json["detail"] == "Send an object with names and values."


def test_a_form_is_not_json(site):
    answer = site.ask("POST", "/customers", data={"name": "Tom"})
    assert (answer.status_code, answer.json["code"]) == (415, "unsupported_media_type")


def test_too_much_is_too_much(site):
    body = b'{"note": "' + b"x" * 4 * 1024 * 1024 + b'"}'
    answer = site.ask("POST", "/customers", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_a_fault_tells_nothing_of_itself(app, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(showcase, "services", lambda: 1 / 0)
    answer = Program(app).get("/services")
    assert (answer.status_code, answer.json["code"]) == (500, "broken")
    assert "division" not in answer.get_data(as_text=True)


def test_pages_stay_pages(visitor, studio):
    assert visitor.get("/nowhere").heading == "Nothing is here"
    assert visitor.get("/apiary").status == 404


@pytest.mark.parametrize("path", ["/services", "/employees", "/openapi.json"])
def test_any_site_may_read_what_is_public(stranger, path):
    assert stranger.get(path).headers["Access-Control-Allow-Origin"] == "*"


def test_no_site_may_read_the_rest_from_a_browser(site):
    for answer in (site.get("/appointments"), site.ask("OPTIONS", "/appointments")):
        assert "Access-Control-Allow-Origin" not in answer.headers
