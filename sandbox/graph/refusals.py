"""Refusals that several parts of Graph give in the same words."""

from sandbox.errors import GraphError


def denied() -> GraphError:
    """A permission is missing, or the calendar may only be read."""
    return GraphError(
        403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."
    )


def conflict() -> GraphError:
    """The change was made to an older version."""
    return GraphError(
        412,
        "ErrorIrresolvableConflict",
        "The send or update operation could not be performed because the change key passed in "
        "the request does not match the current change key for the item.",
    )


def bad_body(message: str = "Empty Payload. JSON content expected.") -> GraphError:
    """The body is not of the form that is needed."""
    return GraphError(400, "RequestBodyRead", message)


def bad_query(message: str) -> GraphError:
    """A query option cannot be read."""
    return GraphError(400, "ErrorInvalidUrlQuery", message)


def no_segment(segment: str) -> GraphError:
    """The path leads nowhere."""
    return GraphError(400, "BadRequest", f"Resource not found for the segment '{segment}'.")
