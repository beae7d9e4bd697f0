"""What clients read before they sign anybody in, and who a token stands for."""

import pytest


def document(sandbox, tenant):
    where = f"{sandbox.url}/{tenant}/v2.0/.well-known/openid-configuration"
    return sandbox.http.get(where, timeout=30).json()


@pytest.mark.parametrize("tenant", ["common", "organizations"])
def test_it_leaves_the_tenant_open_in_the_issuer(sandbox, tenant):
    assert document(sandbox, tenant)["issuer"] == f"{sandbox.url}/{{tenantid}}/v2.0"


def test_it_names_the_personal_tenant(sandbox):
    issuer = document(sandbox, "consumers")["issuer"]
    assert issuer == f"{sandbox.url}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"


def test_it_names_a_tenant_by_its_domain(sandbox):
    tenant = sandbox.ask("GET", "mailboxes")["value"][0]["tenantId"]
    assert document(sandbox, "contoso.test")["issuer"] == f"{sandbox.url}/{tenant}/v2.0"


def test_it_points_at_its_own_addresses(sandbox):
    told = document(sandbox, "common")
    oauth = f"{sandbox.url}/common/oauth2/v2.0"
    assert told["token_endpoint"] == f"{oauth}/token"
    assert told["authorization_endpoint"] == f"{oauth}/authorize"
    assert told["end_session_endpoint"] == f"{oauth}/logout"
    assert "revocation_endpoint" not in told


def test_it_follows_the_name_it_was_called_by(sandbox):
    url = sandbox.url.replace("127.0.0.1", "localhost")
    where = f"{url}/common/v2.0/.well-known/openid-configuration"
    assert sandbox.http.get(where, timeout=30).json()["issuer"].startswith(url)


def test_it_refuses_an_unknown_tenant(sandbox):
    assert document(sandbox, "fabrikam.test")["error_codes"] == [90002]


def test_it_shows_its_key_with_a_certificate(sandbox):
    where = document(sandbox, "common")["jwks_uri"]
    (key,) = sandbox.http.get(where, timeout=30).json()["keys"]
    assert (key["kty"], key["use"], key["e"]) == ("RSA", "sig", "AQAB")
    assert key["x5c"] and key["kid"] == key["x5t"]
    assert key["issuer"] == f"{sandbox.url}/{{tenantid}}/v2.0"


def test_it_answers_instance_discovery(sandbox):
    told = sandbox.http.get(f"{sandbox.url}/common/discovery/instance", timeout=30).json()
    assert told["tenant_discovery_endpoint"].startswith(sandbox.url)
    assert "login.microsoftonline.com" in told["metadata"][0]["aliases"]
