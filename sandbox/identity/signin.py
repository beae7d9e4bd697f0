"""The authorize endpoint as a person sees it: sign in, choose an account, consent."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import uuid4

from aiohttp import web

from sandbox.identity import browsers, gate, wish
from sandbox.identity.errors import Refused
from sandbox.identity.grants import CODE_LIFE, Code
from sandbox.identity.permissions import explained
from sandbox.identity.wish import Return, Wish
from sandbox.mailbox import Mailbox
from sandbox.paper import WORLD, page
from sandbox.people import PASSWORD

_DENIED_PERSONAL = "The user has denied access to the scope requested by the client application."


class Visit:
    """One request at the authorize endpoint: a page, or the way back to the application."""

    def __init__(self, request: web.Request, asked: Wish, query: Mapping[str, str]) -> None:
        self.request = request
        self.here = f"{request.path}?{urlencode(query)}"
        self.world = request.app[WORLD]
        self.wish = asked
        self.known = browsers.signed_in(request)

    def arrive(self) -> web.Response:
        """The first page, or straight back for somebody signed in who has consented."""
        asked = self.wish
        if asked.prompt == "none":
            return self._silently()
        if asked.prompt == "select_account" and self.known:
            return self._show("pick.html", people=self._people())
        if asked.prompt == "login" or not self.known:
            return self.ask_password()
        if asked.hint:
            return self.enter(asked.hint) if asked.hint in self.known else self.ask_password()
        if len(self.known) > 1:
            return self._show("pick.html", people=self._people())
        return self.enter(self.known[0])

    def ask_password(self, typed: str = "", problem: str = "") -> web.Response:
        """The account form; `problem` is a sentence about the last try."""
        demo = [box for box in self.world.mailboxes.values() if box.kind in ("work", "personal")]
        name = typed or self.wish.hint
        return self._show("sign-in.html", name=name, problem=problem, demo=demo[:5])

    def sign_in(self, form: Mapping[str, str]) -> web.Response:
        """Check the account form."""
        upn = form.get("login", "").strip().lower()
        if upn not in self.world.mailboxes:
            return self.ask_password(
                upn, f"Nobody here is called {upn}." if upn else "Who are you?"
            )
        if form.get("passwd") != PASSWORD:
            return self.ask_password(upn, f"That is not the password. Everybody’s is {PASSWORD}")
        self.known = [upn, *(known for known in self.known if known != upn)]
        response = self.enter(upn)
        secret = browsers.remember(self.request, upn)
        response.set_cookie(browsers.COOKIE, secret, httponly=True, samesite="Lax")
        return response

    def enter(self, upn: str) -> web.Response:
        """Somebody signed in wants to go on: refuse, ask for consent, or let through."""
        person = self.world.mailboxes[upn]
        gate.admit(person, self.wish.tenant)
        missing = set(self.wish.asks) - set(self.world.grants.consented(upn))
        if missing and person.kind == "needs_admin":
            return self._show("approval.html", status=400, person=person)
        if missing or self.wish.prompt == "consent":
            asks = explained(self.wish.asks)
            return self._show("consent.html", person=person, asks=asks)
        return self.grant(person)

    def consent(self, form: Mapping[str, str]) -> web.Response:
        """The answer of the consent form, only from whoever is signed in here."""
        upn = form.get("account", "")
        if upn not in self.known:
            return self.ask_password()
        person = self.world.mailboxes[upn]
        gate.admit(person, self.wish.tenant)
        if person.kind == "needs_admin":
            return self.enter(upn)  # an administrator decides, whatever this form says
        self.world.grants.consent(upn, self.wish.asks)
        return self.grant(person)

    def grant(self, person: Mailbox) -> web.Response:
        """Back to the application with a code."""
        code = self.world.grants.code(
            Code(
                upn=person.upn,
                scopes=self.wish.scopes,
                redirect_uri=self.wish.back.redirect_uri,
                tenant=self.wish.tenant,
                expires_at=self.world.now() + CODE_LIFE,
                challenge=self.wish.challenge,
                method=self.wish.method,
                nonce=self.wish.nonce,
            )
        )
        return send_back(
            self.request, self.wish.back, {"code": code, "session_state": str(uuid4())}
        )

    def decline(self, upn: str) -> web.Response:
        """Back to the application with access_denied."""
        person = self.world.mailboxes.get(upn)
        if person and person.kind == "personal":
            told = {"error": "access_denied", "error_description": _DENIED_PERSONAL}
            return send_back(self.request, self.wish.back, told)
        return refuse(self.request, self.wish.back, Refused(65004))

    def _silently(self) -> web.Response:
        asked = self.wish
        candidates = [upn for upn in self.known if asked.hint in ("", upn)]
        if not candidates:
            raise Refused(50058)
        person = self.world.mailboxes[candidates[0]]
        consented = self.world.grants.consented(person.upn)
        if len(candidates) > 1 or set(asked.asks) - set(consented):
            raise Refused(65001, error="interaction_required")
        gate.admit(person, asked.tenant)
        return self.grant(person)

    def _people(self) -> list[Mailbox]:
        return [self.world.mailboxes[upn] for upn in self.known]

    def _show(self, template: str, *, status: int = 200, **context: object) -> web.Response:
        name = f"identity/{template}"
        return page(self.request, name, status=status, here=self.here, **context)


def send_back(request: web.Request, back: Return, told: Mapping[str, str]) -> web.Response:
    """The answer to the application, in the response mode it asked for."""
    if back.mode == "form_post":
        fields = back.fields(told)
        return page(request, "identity/post.html", address=back.address, fields=fields)
    return web.Response(status=302, headers={"Location": back.url(told)})


def refuse(request: web.Request, back: Return, refused: Refused) -> web.Response:
    """An error that the application may hear."""
    told = {"error": refused.error, "error_description": refused.description}
    return send_back(request, back, told)


async def authorize(request: web.Request) -> web.Response:
    """GET asks, POST carries a form of ours; the application's wish is in the query of both.

    What cannot be trusted to a redirect is shown as a page: an unknown application, a strange
    redirect address, an unknown tenant, an account of the wrong kind.
    """
    world, tenant = request.app[WORLD], request.match_info["tenant"]
    form = {name: str(value) for name, value in (await request.post()).items()}
    query = request.query if "client_id" in request.query else form
    try:
        back = wish.returning(world, tenant, query)
    except Refused as refused:
        return page(request, "identity/refused.html", status=400, refused=refused, back="")
    try:
        visit = Visit(request, wish.read(world, tenant, query, back), query)
        return _step(visit, form)
    except Refused as refused:
        if refused.number in (50020, 500208):
            again = f"{request.path}?{urlencode({**query, 'prompt': 'login'})}"
            return page(request, "identity/refused.html", status=400, refused=refused, back=again)
        return refuse(request, back, refused)


def _step(visit: Visit, form: Mapping[str, str]) -> web.Response:
    step, account = form.get("step"), form.get("account", "")
    if step and form.get("answer") == "cancel":
        return visit.decline(account or form.get("login", "").strip().lower())
    if step == "sign-in":
        return visit.sign_in(form)
    if step == "account":
        return visit.enter(account) if account in visit.known else visit.ask_password()
    if step == "consent":
        return visit.consent(form)
    return visit.arrive()
