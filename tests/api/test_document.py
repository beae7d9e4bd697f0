"""The OpenAPI document: valid, whole, and kept to by every answer."""

from collections.abc import Iterator

import jsonschema
import pytest
import schemathesis
from openapi_spec_validator import validate
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from panel.services import showcase
from tests.api.program import Program, Site

# Enough to find each fault that we know of, and few enough to wait for.
EXAMPLES = 8
# Where a field breaks a rule that no schema can say, the answer is 422 for a right request too;
# the check of tokens asks in a way that Flask's test client does not know, and is ours.
CHECKS = {
    "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "412", "422"]},
    "ignored_auth": {"enabled": False},
}
DOCUMENT = "/api/v1/openapi.json"


@pytest.fixture
def document(app):
    return Program(app).get(DOCUMENT).json


def operations(document) -> Iterator[dict]:
    for path in document["paths"].values():
        yield from (path[method] for method in path if method != "parameters")


def contents(part) -> Iterator[dict]:
    """Yield every described content in any part of the document."""
    if isinstance(part, dict):
        yield from part.get("content", {}).values()
        for inner in part.values():
            yield from contents(inner)


def faults(site: Site, **only: str) -> list[str]:
    """Let schemathesis ask all it can think of, and return what is not as the document says."""
    # As in earnest: a fault is answered, not raised into the test.
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    config = {
        "seed": 20261125,
        "headers": site.headers,
        "checks": CHECKS,
        "generation": {"max-examples": EXAMPLES},
        "phases": {"stateful": {"enabled": False}},
    }
    schema = schemathesis.openapi.from_wsgi(
        DOCUMENT, site.app, config=SchemathesisConfig.from_dict(config)
    )
    asked = from_schema(schema.include(**only) if only else schema).execute()
    return [said for event in asked for said in told(event)]


def told(event: events.EngineEvent) -> Iterator[str]:
    if isinstance(event, events.NonFatalError | events.FatalError):
        yield str(event)
    if isinstance(event, events.ScenarioFinished):
        for check in (one for checks in event.recorder.checks.values() for one in checks):
            if found := check.failure_info:
                yield f"{event.label}: {found.failure.title} {found.failure.message}"


def test_it_is_valid(document):
    validate(document)


def test_it_tells_of_every_address(app, document):
    known = {
        (rule.rule.replace("<int:", "{").replace(">", "}"), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/") and rule.rule != DOCUMENT
    }
    assert {(path, m) for path, all in document["paths"].items() for m in all} == known


def test_every_operation_says_what_it_does_and_how_it_refuses(document):
    for one in operations(document):
        assert one["summary"] and "500" in one["responses"]
        assert one.get("security") == [] or "401" in one["responses"]


def test_every_example_fits_its_shape(document):
    found = list(contents(document))
    for one in found:
        schema = {**one["schema"], "components": document["components"]}
        jsonschema.validate(one["example"], schema, jsonschema.Draft202012Validator)
    assert len(found) > 20


def test_every_answer_is_as_it_says(site):
    for hour in (13, 14, 15):
        site.book(starts_at=f"2026-11-26T{hour}:00:00+01:00")
    assert faults(site) == []


@pytest.mark.parametrize(
    "broken, said",
    [
        (lambda: [showcase.Shown(1, 2, [])], "Response violates schema"),
        (lambda: 1 / 0, "division by zero"),
    ],
)
def test_it_finds_what_is_not_as_it_says(site, monkeypatch, broken, said):
    monkeypatch.setattr(showcase, "employees", broken)
    assert said in faults(site, path="/api/v1/employees")[0]
