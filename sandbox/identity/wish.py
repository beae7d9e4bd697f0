"""An authorize request: what an application asks for, read and checked, and how it is answered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from sandbox.identity import application, gate, scopes
from sandbox.identity.errors import Refused
from sandbox.world import World

PROMPTS = ("", "login", "none", "consent", "select_account")
MODES = ("query", "fragment", "form_post")
_CHALLENGE = re.compile(r"[A-Za-z0-9\-._~]{43,128}")
# What `.default` stands for: the permissions the application was registered with.
_REGISTERED = ("User.Read", "Calendars.ReadWrite")


@dataclass(frozen=True)
class Return:
    """Where and how the answer goes back: once this is known, errors may be redirected."""

    redirect_uri: str
    mode: str
    state: str

    @property
    def address(self) -> str:
        """The redirect URI, with the slash that Microsoft adds where there is no path."""
        bare = self.mode != "form_post" and not urlsplit(self.redirect_uri).path
        return f"{self.redirect_uri}/" if bare else self.redirect_uri

    def fields(self, told: Mapping[str, str]) -> dict[str, str]:
        """The answer's parameters, with the state unchanged."""
        return {**told, "state": self.state} if self.state else dict(told)

    def url(self, told: Mapping[str, str]) -> str:
        """The address to redirect to, for the modes query and fragment."""
        mark = "#" if self.mode == "fragment" else "?"
        return f"{self.address}{mark}{urlencode(self.fields(told))}"


@dataclass(frozen=True)
class Wish:
    """A checked authorize request; `scopes` maps short names to the form they came in."""

    tenant: str
    back: Return
    scopes: dict[str, str]
    prompt: str = ""
    hint: str = ""
    nonce: str = ""
    challenge: str = ""
    method: str = ""

    @property
    def asks(self) -> list[str]:
        """The short names of what is asked for."""
        return list(self.scopes)


def returning(world: World, tenant: str, query: Mapping[str, str]) -> Return:
    """Where answers go. A Refused from here is shown and never redirected."""
    gate.tenant(world, tenant)
    client = query.get("client_id", "")
    if not client:
        raise Refused(900144, "The request body must contain the following parameter: "
                              "'client_id'.")  # fmt: skip
    if client != application.CLIENT_ID:
        raise Refused(700016, f"Application with identifier '{client}' was not found in the "
                              "directory. You may have sent your authentication request to the "
                              "wrong tenant.")  # fmt: skip
    uri = query.get("redirect_uri", "")
    if not uri:
        raise Refused(900971)
    if not application.redirect_allowed(uri):
        raise Refused(50011, f"The redirect URI '{uri}' specified in the request does not match "
                             "the redirect URIs configured for the application.")  # fmt: skip
    hybrid = "id_token" in query.get("response_type", "")
    mode = query.get("response_mode") or ("fragment" if hybrid else "query")
    return Return(uri, mode if mode in MODES else "query", query.get("state", ""))


def read(world: World, tenant: str, query: Mapping[str, str], back: Return) -> Wish:
    """The rest of the request. A Refused from here is redirected."""
    kind = query.get("response_type", "")
    if kind != "code":
        raise (
            Refused(700054)
            if kind
            else Refused(
                900144, "The request body must contain the following parameter: 'response_type'."
            )
        )
    if query.get("response_mode", "query") not in MODES:
        raise Refused(9002313, "The response_mode is not supported.")
    prompt, hint = query.get("prompt", ""), query.get("login_hint", "").strip().lower()
    if prompt not in PROMPTS:
        raise Refused(9002313, f"The prompt '{prompt}' is not supported.")
    if prompt == "select_account" and hint:
        raise Refused(90005)
    challenge, method = _challenge(query)
    return Wish(
        tenant=gate.tenant(world, tenant),
        back=back,
        scopes=_scopes(query.get("scope", "")),
        prompt=prompt,
        hint=hint,
        nonce=query.get("nonce", ""),
        challenge=challenge,
        method=method,
    )


def _scopes(text: str) -> dict[str, str]:
    if not text.strip():
        raise Refused(900144, "The request body must contain the following parameter: 'scope'.")
    wanted = scopes.read(text)
    if wanted.pop(scopes.ALL_GRANTED, None):
        wanted |= {name: name for name in _REGISTERED}
    return wanted


def _challenge(query: Mapping[str, str]) -> tuple[str, str]:
    challenge = query.get("code_challenge", "")
    if not challenge:
        return "", ""
    method = query.get("code_challenge_method") or "plain"
    if method not in ("plain", "S256"):
        raise Refused(9002313, f"The code_challenge_method '{method}' is not supported.")
    if not _CHALLENGE.fullmatch(challenge):
        raise Refused(501491)
    return challenge, method
