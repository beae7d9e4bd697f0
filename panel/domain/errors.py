"""What can go wrong, in words that may be shown."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum


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


class NotBookable(RuleBroken):
    """This employee does not give that service, or not any more."""


class AlreadyChanged(PanelError):
    """Somebody else changed it meanwhile; look again, then decide."""


class OtherRequest(PanelError):
    """A program sent the key of one request with another one."""

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key came with another request before. Nothing was changed. "
            "Take a new key for a new request."
        )


class TooOften(PanelError):
    """It was asked for too often in a short time; the message says how long to wait."""


class OutlookUnavailable(PanelError):
    """Microsoft gave no usable answer; the mailbox waits as one, no row is blamed.

    `retry_after` is in seconds, None where Microsoft named no time. `ambiguous`
    says whether a write that was asked for may have happened all the same.
    """

    def __init__(
        self,
        message: str = "Microsoft is slow to answer.",
        *,
        retry_after: float | None = None,
        ambiguous: bool = False,
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.ambiguous = ambiguous


class SignInNeeded(PanelError):
    """The person must sign in at Microsoft again; `kind` is Microsoft's word for why.

    On a refresh: invalid_grant, interaction_required, consent_required or
    login_required. On a call: unauthorized.
    """

    def __init__(self, kind: str) -> None:
        super().__init__("Microsoft asks you to sign in again.")
        self.kind = kind


class RegistrationRefused(PanelError):
    """Microsoft refuses the application itself. No employee's connection is to blame."""

    def __init__(self) -> None:
        super().__init__("Microsoft does not accept this business's registration.")


class Refusal(Enum):
    """Why a sign-in ended without a connection; the value is the sentence that says so."""

    DECLINED = "You did not approve the access, so nothing was linked. Press Connect to try again."
    CAME_BACK = (
        "You came back before Microsoft had finished, so nothing was linked. "
        "Press Connect to try again."
    )
    ADMINISTRATOR_NEEDED = (
        "Your organisation lets only an administrator approve Panel. "
        "Ask them to approve it, then press Connect."
    )
    WORK_ACCOUNTS_ONLY = (
        "This business accepts work accounts only, and that was a personal one. "
        "Press Connect and choose your work account."
    )
    OTHER_ACCOUNTS_ONLY = (
        "This business does not accept that kind of account. "
        "Press Connect and choose another account."
    )
    TOOK_TOO_LONG = "The sign-in was open for too long. Press Connect to start again."
    NOT_STARTED_HERE = (
        "This sign-in was not started here, so it was refused. Press Connect to start again."
    )
    USED_TWICE = "This sign-in had already been used."
    REGISTRATION = (
        "Microsoft does not accept this business's registration. "
        "Nobody who is connected loses anything."
    )
    MICROSOFT_SILENT = "Microsoft is not answering. Nothing was linked. Try again in a few minutes."


class SignInRefused(PanelError):
    """A sign-in at Microsoft ended without an account; `reason` says which sentence fits."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Forbidden(PanelError):
    """Microsoft denies the access: a right is missing or the calendar is read-only."""

    def __init__(self) -> None:
        super().__init__("Outlook does not let Panel do that there.")


class Gone(PanelError):
    """Outlook does not know the item under that id (any more)."""

    def __init__(self) -> None:
        super().__init__("That entry is no longer in Outlook.")


class NoMailbox(PanelError):
    """The account has no mailbox in Exchange Online."""

    def __init__(self) -> None:
        super().__init__("That account has no Outlook calendar that Panel can reach.")


class DeltaExpired(PanelError):
    """Microsoft has forgotten the delta link; the calendar must be read from the start."""

    def __init__(self) -> None:
        super().__init__("Outlook asks to read the calendar from the start.")


class ChangedMeanwhile(PanelError):
    """The entry was changed in Outlook between reading and writing. Nothing was written."""

    def __init__(self) -> None:
        super().__init__("The entry has just been changed in Outlook.")


class Ambiguous(PanelError):
    """Microsoft refused a write in a way that leaves open whether the entry exists."""

    def __init__(self) -> None:
        super().__init__("It is not known whether the entry is in Outlook.")


class RowRefused(PanelError):
    """Microsoft refuses this one entry; `code` and `detail` are Microsoft's, for the journal."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__("Outlook refused it.")
        self.code = code
        self.detail = detail


class CannotDelete(RowRefused):
    """Microsoft will not delete the entry; it may be gone already."""


class NothingThere(RowRefused):
    """Microsoft knows nothing under that address, which says nothing of an entry."""


class AddressUnreached(RowRefused):
    """Microsoft did not reach our own address, or heard something else there than it said."""

    def __str__(self) -> str:
        return "Microsoft does not reach this panel at its public address."


class OwnFault(PanelError):
    """A bug of ours, which the log tells with its traceback. Nobody outside is to blame."""

    def __init__(self) -> None:
        super().__init__("Panel made a mistake of its own. The server’s log says which.")


class ForeignLink(PanelError):
    """An answer points to an address that is not the configured one. It was not followed."""

    def __init__(self) -> None:
        super().__init__("Microsoft's answer points to another address than the one configured.")


class SlotTaken(RuleBroken):
    """A time that was offered is no longer to be had; `following` are the next that are (UTC)."""

    def __init__(self, message: str, following: Sequence[datetime]) -> None:
        super().__init__(message, "time")
        self.following = tuple(following)


class InTheWay(RuleBroken):
    """Something stands in the way of a time; staff may still want it knowingly.

    `kind` is the kind of the conflict (`panel.domain.schedule.Conflict`).
    """

    def __init__(self, message: str, kind: str) -> None:
        super().__init__(message, "time")
        self.kind = kind


class MailDelayed(PanelError):
    """The mail server did not take a mail this time; the same may work later."""


class MailRefused(PanelError):
    """The mail server refuses this one mail for good; others may pass."""


class MailServerWrong(PanelError):
    """No mail can go out: the server is not reached, or does not let us in."""
