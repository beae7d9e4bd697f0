"""What an answer of Graph means. Pure; the only place that knows Graph's codes.

Decided by the status and by the codes in the body, compared without regard to case, never
by a message: Microsoft rewords those.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from panel.domain.errors import (
    AddressUnreached,
    Ambiguous,
    CannotDelete,
    ChangedMeanwhile,
    DeltaExpired,
    Forbidden,
    Gone,
    NoMailbox,
    NothingThere,
    OutlookUnavailable,
    PanelError,
    RowRefused,
    SignInNeeded,
)

_NO_MAILBOX = {"mailboxnotenabledforrestapi", "mailboxnotsupportedforrestapi"}
_RESYNC = {"syncstatenotfound", "resyncrequired"}


@dataclass(frozen=True)
class Answer:
    """One answer, of the whole exchange or of one part of a batch.

    `body` is the JSON object of the answer, None where there is none; `blank` tells an
    empty body from one that is no JSON, such as the HTML page of a gateway.
    """

    status: int
    headers: Mapping[str, str]
    body: dict[str, Any] | None
    blank: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """Graph's codes for an error, the outermost first."""
        return tuple(_codes((self.body or {}).get("error")))

    @property
    def message(self) -> str:
        error = (self.body or {}).get("error")
        return str(error.get("message") or "") if isinstance(error, dict) else ""


def judge(answer: Answer, *, writes: bool, conditional: bool = False) -> PanelError | None:
    """The error that an answer is, or None where it is a good one.

    `writes` says whether the request would have changed something, `conditional` whether
    it named the version that it meant to change.
    """
    codes = {code.casefold() for code in answer.codes}
    if codes & _NO_MAILBOX:
        return NoMailbox()
    if codes & _RESYNC or answer.status == 410:
        return DeltaExpired()
    if _gives_no_verdict(answer, conditional=conditional):
        ambiguous = writes and answer.status != 429
        return OutlookUnavailable(retry_after=retry_after(answer.headers), ambiguous=ambiguous)
    if answer.status < 300:
        return None
    if writes and (answer.status == 409 or "transactionid" in str(answer.body).casefold()):
        return Ambiguous()
    return _refusal(answer, codes)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """How many seconds Microsoft asks to wait: given in seconds, maybe fractional, or as a date.

    A date is measured against the answer's own, so that no clock of ours matters.
    """
    wanted = headers.get("Retry-After", "")
    try:
        seconds = float(wanted)
    except ValueError:
        try:
            until, sent = parsedate_to_datetime(wanted), parsedate_to_datetime(headers["Date"])
            seconds = (until - sent).total_seconds()
        except (ValueError, KeyError, TypeError):
            return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def _gives_no_verdict(answer: Answer, *, conditional: bool) -> bool:
    """Whether the answer says nothing about the item: another try may well go through.

    A 412 to a request that named no version is a passing conflict inside Exchange.
    """
    if 200 <= answer.status < 300:
        return answer.body is None and not answer.blank
    if answer.status == 412:
        return not conditional
    passing = answer.status in {408, 424, 429} or answer.status >= 500 or answer.status < 400
    return passing or (answer.body is None and not answer.blank)


def _refusal(answer: Answer, codes: set[str]) -> PanelError:
    named = answer.codes[0] if answer.codes else str(answer.status)
    match answer.status:
        case 401:
            return SignInNeeded("unauthorized")
        case 412:
            return ChangedMeanwhile()
        case 404 if "erroritemnotfound" in codes:
            return Gone()
        case 403 if "erroraccessdenied" in codes:
            return Forbidden()
    if "errorcannotdeleteobject" in codes:
        return CannotDelete(named, answer.message)
    if "validationerror" in codes:
        return AddressUnreached(named, answer.message)
    if answer.status == 404:
        return NothingThere(named, answer.message)
    return RowRefused(named, answer.message)


def _codes(error: Any) -> Iterator[str]:
    while isinstance(error, dict):
        if isinstance(error.get("code"), str):
            yield error["code"]
        error = error.get("innerError") or error.get("innererror")
