"""An id_token is believed only after every check."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from panel.domain.errors import Refusal, SignInRefused
from panel.outlook.authorities import Authority
from panel.outlook.identity import PERSONAL_TENANT, read_id_token
from panel.outlook.registration import Registration

NOW = datetime(2026, 9, 7, 7, tzinfo=UTC)
TENANT = "5b1f0c52-1111-4222-8333-444455556666"
CLIENT = "00001111-aaaa-2222-bbbb-3333cccc4444"
TEMPLATE = "https://login.example/{tenantid}/v2.0"
OURS, ANOTHER = (rsa.generate_private_key(65537, 2048) for _ in range(2))


def published(**more: Any) -> dict[str, Any]:
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OURS.public_key()))
    return public | {"kid": "k1", "issuer": TEMPLATE} | more


AUTHORITY = Authority(TEMPLATE, {"k1": published()})


def token(key: Any = OURS, algorithm: str = "RS256", kid: str = "k1", **changes: Any) -> str:
    claims = {
        "aud": CLIENT,
        "iss": f"https://login.example/{changes.get('tid', TENANT)}/v2.0",
        "tid": TENANT,
        "oid": "o-1",
        "exp": int((NOW + timedelta(hours=1)).timestamp()),
        "nbf": int(NOW.timestamp()),
        "nonce": "n-1",
        "name": "Anna Berg",
        "preferred_username": "anna@contoso.test",
    } | changes
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, key, algorithm=algorithm, headers={"kid": kid})


def read(id_token: str, tenant: str = "common", authority: Authority = AUTHORITY) -> Any:
    registration = Registration(CLIENT, "s", tenant)
    return read_id_token(id_token, registration, authority, nonce="n-1", now=NOW)


def reason(id_token: str, tenant: str = "common", authority: Authority = AUTHORITY) -> Refusal:
    with pytest.raises(SignInRefused) as refused:
        read(id_token, tenant, authority)
    return refused.value.reason


def test_it_learns_whose_account_it_is():
    who = read(token())
    assert (who.tenant_id, who.object_id, who.kind) == (TENANT, "o-1", "work")
    assert (who.name, who.address) == ("Anna Berg", "anna@contoso.test")


def test_it_knows_a_personal_account_by_its_tenant():
    assert read(token(tid=PERSONAL_TENANT)).kind == "personal"


@pytest.mark.parametrize(
    "forged",
    [
        token(key=ANOTHER),
        token(kid="unknown"),
        token(key="x" * 64, algorithm="HS256"),
        token(key=None, algorithm="none"),
        token(aud="another"),
        token(iss=f"https://evil.example/{TENANT}/v2.0"),
        token(iss=TEMPLATE),
        token(nonce="n-2"),
        token(nonce=None),
        token(oid=None),
        token(tid=None),
        token(exp=None),
        token(nbf="soon"),
        "no token",
        "",
    ],
)
def test_it_refuses_what_was_not_made_for_this_sign_in(forged):
    assert reason(forged) is Refusal.NOT_STARTED_HERE


@pytest.mark.parametrize("late", [{"exp": -301}, {"nbf": 301}])
def test_clocks_may_differ_by_five_minutes_and_no_more(late):
    ((claim, seconds),) = late.items()
    moment = NOW.timestamp() + seconds
    assert reason(token(**{claim: moment})) is Refusal.TOOK_TOO_LONG
    assert read(token(**{claim: moment - seconds / abs(seconds) * 2}))


@pytest.mark.parametrize(
    "tenant, tid",
    [
        ("common", PERSONAL_TENANT),
        ("organizations", TENANT),
        ("consumers", PERSONAL_TENANT),
        (PERSONAL_TENANT, PERSONAL_TENANT),
        (TENANT.upper(), TENANT),
    ],
)
def test_it_accepts_the_accounts_that_the_owner_chose(tenant, tid):
    assert read(token(tid=tid), tenant).tenant_id == tid


@pytest.mark.parametrize(
    "tenant, tid, why",
    [
        ("organizations", PERSONAL_TENANT, Refusal.WORK_ACCOUNTS_ONLY),
        (TENANT, PERSONAL_TENANT, Refusal.WORK_ACCOUNTS_ONLY),
        ("consumers", TENANT, Refusal.OTHER_ACCOUNTS_ONLY),
        (TENANT, TENANT.replace("5b", "6b"), Refusal.OTHER_ACCOUNTS_ONLY),
    ],
)
def test_it_refuses_other_accounts(tenant, tid, why):
    assert reason(token(tid=tid), tenant) is why


def test_a_tenant_named_by_its_domain_is_held_by_its_issuer():
    fixed = Authority(TEMPLATE.replace("{tenantid}", TENANT), {"k1": published()})
    assert read(token(), "contoso.test", fixed)
    stranger = token(tid=TENANT.replace("5b", "6b"))
    assert reason(stranger, "contoso.test", fixed) is Refusal.NOT_STARTED_HERE


def test_a_key_of_one_issuer_vouches_for_no_other():
    elsewhere = published(issuer="https://login.example/another/v2.0")
    assert reason(token(), authority=Authority(TEMPLATE, {"k1": elsewhere})) is (
        Refusal.NOT_STARTED_HERE
    )
