"""The refusals of Microsoft Graph."""


class GraphError(Exception):
    """A refusal as Graph words it: HTTP status, error code, message, extra answer headers."""

    def __init__(
        self, status: int, code: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}
