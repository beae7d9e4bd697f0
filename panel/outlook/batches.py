"""Several questions in one exchange, each with an answer of its own."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any
from urllib.parse import quote, urlencode

from requests.structures import CaseInsensitiveDict

from panel.domain.errors import Gone, OutlookUnavailable, RowRefused
from panel.domain.remote import RemoteEvent, Unknown
from panel.outlook.answers import Answer, judge
from panel.outlook.asking import PREFER, Asking
from panel.outlook.marker import EXPAND
from panel.outlook.wire import Unreadable, read_event

Found = RemoteEvent | Gone | Unknown

Question = tuple[str, Mapping[str, str]]

# Graph takes no more in one batch (json-batching.md).
_PARTS = 20
# What is wrong with the token or the moment, and not with what was asked.
_ONCE_MORE = {401, 412}


def read_together(asking: Asking, *questions: Question) -> list[dict[str, Any]]:
    """What stands at each address (path and query), in the order of the questions.

    Raises as a plain reading of them would, for the first that fails.
    """
    asked = [_part(str(number), *question) for number, question in enumerate(questions)]
    for before, part in pairwise(asked):
        # One at a time, so that they count as one request in flight; and the last is the freshest.
        part["dependsOn"] = [before["id"]]
    answers = dict(_parts(asking.batch(asked)))
    if any(one.status in _ONCE_MORE for one in answers.values()):
        return [asking.read(path, query) for path, query in questions]
    return [_body(answers.get(part["id"])) for part in asked]


def _body(answer: Answer | None) -> dict[str, Any]:
    error = OutlookUnavailable() if answer is None else judge(answer, writes=False)
    if error is not None:
        raise error
    assert answer is not None
    return answer.body or {}


def look_up(asking: Asking, event_ids: Iterable[str]) -> dict[str, Found]:
    """Each id with what Outlook says of it; a part that failed is Unknown, never Gone."""
    found: dict[str, Found] = {}
    wanted = list(dict.fromkeys(event_ids))
    for first in range(0, len(wanted), _PARTS):
        found |= _one_batch(asking, wanted[first : first + _PARTS])
    return found


def _one_batch(asking: Asking, event_ids: list[str]) -> dict[str, Found]:
    numbered = {str(number): event_id for number, event_id in enumerate(event_ids)}
    asked = [
        _part(number, f"/me/events/{quote(event_id, safe='')}", {"$expand": EXPAND})
        for number, event_id in numbered.items()
    ]
    answers = dict(_parts(asking.batch(asked)))
    return {
        event_id: _meaning(event_id, answers.get(number)) for number, event_id in numbered.items()
    }


def _part(number: str, path: str, query: Mapping[str, str]) -> dict[str, Any]:
    url = f"{path}?{urlencode(query, safe='$', quote_via=quote)}"
    return {"id": number, "method": "GET", "url": url, "headers": {"Prefer": PREFER}}


def _parts(body: dict[str, Any]) -> Iterator[tuple[str, Answer]]:
    """The answers by number, in whatever order they came."""
    for part in body.get("responses") or ():
        if isinstance(part, dict) and isinstance(part.get("status"), int):
            inner, headers = part.get("body"), CaseInsensitiveDict(part.get("headers") or {})
            held = inner if isinstance(inner, dict) else None
            yield str(part.get("id")), Answer(part["status"], headers, held, inner is None)


def _meaning(event_id: str, answer: Answer | None) -> Found:
    if answer is None:
        return Unknown(event_id, OutlookUnavailable())
    error = judge(answer, writes=False)
    if isinstance(error, Gone):
        return error
    if error is not None:
        return Unknown(event_id, error)
    try:
        return read_event(answer.body)
    except Unreadable as unreadable:
        return Unknown(event_id, RowRefused("unreadable", str(unreadable)))
