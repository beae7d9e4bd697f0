"""Every refusal as JSON, by RFC 9457: a sentence for people, a `code` for programs."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import HTTPException, InternalServerError

from panel.domain.errors import (
    AlreadyChanged,
    InTheWay,
    NotAllowed,
    NotBookable,
    NotThere,
    OtherRequest,
    PanelError,
    RuleBroken,
    SlotTaken,
    TooOften,
)
from panel.services.program_bookings import SOMEBODYS

MEDIA_TYPE = "application/problem+json"
Errors = dict[str, list[str]]

# Each kind of refusal with its status and code; one that is not named counts as its parent.
ANSWERS: dict[type[PanelError], tuple[int, str]] = {
    NotThere: (404, "not_found"),
    NotAllowed: (403, "forbidden"),
    NotBookable: (422, "not_bookable"),
    InTheWay: (422, "not_bookable"),
    SlotTaken: (409, "slot_taken"),
    RuleBroken: (409, "conflict"),
    AlreadyChanged: (409, "conflict"),
    OtherRequest: (422, "conflict"),
    TooOften: (429, "too_many"),
}
CODES = {
    400: "invalid", 401: "unauthorized", 404: "not_found", 405: "method_not_allowed",
    412: "conflict", 413: "too_large", 415: "unsupported_media_type", 500: "broken",
}  # fmt: skip
SENTENCES = {
    404: "There is nothing at this address. The document at /api/v1/openapi.json lists all.",
    405: "This address does not take that method.",
    413: "What you sent is larger than 4 MB. Nothing was saved. Send less at once.",
    415: "Send JSON, with the header Content-Type: application/json.",
    500: "Something went wrong here. Your change was not saved. Try once more.",
}
# What the services call their fields, where the API has another word.
FIELDS = {"service": "service_id", "employee": "employee_id", "time": "starts_at"}


class Unauthorized(PanelError):
    """No token was shown, or one that is unknown or revoked; which, nobody is told."""

    def __init__(self) -> None:
        super().__init__(
            "Send a token that counts, as Authorization: Bearer panel_… "
            "The owner makes one in Settings, API."
        )


class Malformed(PanelError):
    """What was sent cannot be read; `errors` names the fields, `status` is 400, 415 or 422."""

    def __init__(self, sentence: str, status: int, errors: Errors | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.errors = errors


def speak(pages: Blueprint) -> None:
    """Let every refusal of these pages be a problem."""
    pages.register_error_handler(Unauthorized, unauthorized)
    pages.register_error_handler(Malformed, malformed)
    pages.register_error_handler(PanelError, refused)
    pages.register_error_handler(HTTPException, by_http)
    pages.register_error_handler(InternalServerError, broken)


def answer_lost() -> Response | None:
    """Answer what leads to no page of the API: 404, and 405 for a method it does not take."""
    lost = request.routing_exception
    if not isinstance(lost, HTTPException) or not request.path.startswith("/api/"):
        return None
    return by_http(lost) if (lost.code or 0) >= 400 else None


def unauthorized(error: Unauthorized) -> Response:
    """Ask for a token."""
    answer = problem(401, CODES[401], str(error))
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def malformed(error: Malformed) -> Response:
    """Say what cannot be read, field by field where it is known."""
    return problem(error.status, CODES.get(error.status, "invalid"), str(error), error.errors)


def refused(error: PanelError) -> Response:
    """Say a refusal of the services in its own words."""
    status, code = next(
        (ANSWERS[k] for k in type(error).__mro__ if k in ANSWERS), (409, "conflict")
    )
    if isinstance(error, AlreadyChanged) and "If-Match" in request.headers:
        status = 412
    if isinstance(error, InTheWay) and error.kind in SOMEBODYS:
        return problem(409, "slot_taken", str(error))
    field = error.field if isinstance(error, RuleBroken) else None
    if field is None or isinstance(error, InTheWay | SlotTaken):
        return problem(status, code, str(error))
    if type(error) is RuleBroken:
        status, code = 422, "invalid"
    return problem(status, code, str(error), {FIELDS.get(field, field): [str(error)]})


def by_http(error: HTTPException) -> Response:
    """Say what the server itself refuses, without its technical words."""
    status = error.code or 500
    sentence = SENTENCES.get(status, "Nothing was changed. Try once more.")
    answer = problem(status, CODES.get(status, "invalid"), sentence)
    for name, value in error.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    return answer


def broken(error: InternalServerError) -> Response:
    """Say that it is our fault; the log tells the fault itself."""
    current_app.logger.error("Fault at %s %s", request.method, request.path)
    return by_http(error)


def problem(status: int, code: str, detail: str, errors: Errors | None = None) -> Response:
    """Write one problem."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
    }
    more = {"errors": errors} if errors else {}
    return Response(json.dumps(body | more, ensure_ascii=False), status, mimetype=MEDIA_TYPE)
