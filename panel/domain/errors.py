"""What can go wrong, in words that may be shown."""


class PanelError(Exception):
    """Something a person can be told; the message is written for them."""


class NotThere(PanelError):
    """It does not exist, or not for whoever asks."""


class NotAllowed(PanelError):
    """The person who asks may not do this."""


class RuleBroken(PanelError):
    """The wish breaks a rule; `field` names the form field at fault, if one is."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class AlreadyChanged(PanelError):
    """Somebody else changed it meanwhile; look again, then decide."""


class TooOften(PanelError):
    """It was asked for too often in a short time; the message says how long to wait."""


class InTheWay(RuleBroken):
    """Something stands in the way of a time; staff may still want it knowingly.

    `kind` is the kind of the conflict (`panel.domain.schedule.Conflict`).
    """

    def __init__(self, message: str, kind: str) -> None:
        super().__init__(message, "time")
        self.kind = kind
