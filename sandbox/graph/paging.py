"""Lists: $filter, $orderby, $skip, $top, $count and the link to the next page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from sandbox.graph.asks import Answer, Call
from sandbox.graph.filters import Row, read_filter
from sandbox.graph.refusals import bad_query
from sandbox.graph.rows import ordered

PAGE = 10
MOST = 1000


def listed(
    call: Call,
    rows: list[Any],
    *,
    row_of: Callable[[Any], Row],
    shape: Callable[[Any], dict[str, Any]],
    context: str,
) -> Answer:
    """One page of these rows; only what is on it is put into shape."""
    if "filter" in call.query:
        keep = read_filter(call.query["filter"])
        rows = [one for one in rows if keep(row_of(one))]
    if "orderby" in call.query:
        rows = ordered(rows, call.query["orderby"], row_of)
    skip = number(call, "skip", 0)
    top = min(number(call, "top", call.prefer.page_size or PAGE), MOST)
    body: dict[str, Any] = {"@odata.context": call.context(context)}
    if call.query.get("count", "").lower() == "true":
        body["@odata.count"] = len(rows)
    body["value"] = [shape(one) for one in rows[skip : skip + top]]
    if skip + top < len(rows) and top:
        body["@odata.nextLink"] = next_link(call, skip + top)
    return Answer(200, body)


def number(call: Call, name: str, otherwise: int) -> int:
    """A counting query option. GraphError 400 if it is none."""
    value = call.query.get(name)
    if value is None:
        return otherwise
    if not value.isdecimal():
        raise bad_query(f"Invalid value '{value}' for ${name} query option found.")
    return int(value)


def next_link(call: Call, skip: int) -> str:
    """The same request, further on."""
    kept = [(k, v) for k, v in call.ask.query if k.lower().lstrip("$") != "skip"]
    pairs = [*kept, ("$skip", str(skip))]
    query = "&".join(f"{quote(name, safe='$')}={quote(value, safe='')}" for name, value in pairs)
    return f"{call.root}/{call.ask.path.lstrip('/')}?{query}"
