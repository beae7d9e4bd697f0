"""The window of calendarView, instances and delta."""

from datetime import datetime, timedelta

from sandbox.errors import GraphError
from sandbox.graph.asks import Call
from sandbox.moments import FIRST_YEAR, LAST_YEAR, read_instant

LONGEST = timedelta(days=1825)


def window(call: Call) -> tuple[datetime, datetime]:
    """startDateTime and endDateTime of the query, UTC where no offset is written."""
    start, end = call.query.get("startdatetime"), call.query.get("enddatetime")
    if not start or not end:
        raise _bad(
            "This request requires a time window specified by the query string parameters "
            "StartDateTime and EndDateTime."
        )
    try:
        begins, ends = read_instant(start), read_instant(end)
    except ValueError:
        raise _bad("The query parameters StartDateTime and EndDateTime cannot be read.") from None
    if not FIRST_YEAR < begins.year <= ends.year < LAST_YEAR:
        raise _bad("The query parameters StartDateTime and EndDateTime are out of range.")
    if ends < begins:
        raise _bad("The EndDateTime must not be before the StartDateTime.")
    if ends - begins > LONGEST:
        raise _bad("The time window is too long.")
    return begins, ends


def _bad(message: str) -> GraphError:
    return GraphError(400, "ErrorInvalidParameter", message)
