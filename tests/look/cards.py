"""The Outlook card in each of its states, in the words of the product."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class CardAction:
    """One button of the card. method: "post", "ask" (its page asks first) or "get"."""

    words: str
    href: str
    method: str = "post"
    kind: str = "quiet"
    sign: str = ""
    disabled: bool = False
    busy: str = ""
    form: str = ""


@dataclass(frozen=True)
class CalendarChoice:
    """One calendar of the linked account."""

    id: str
    name: str
    writable: bool = True
    written: bool = False
    blocking: bool = False
    color: str = ""


@dataclass(frozen=True)
class CalendarChoices:
    """Which calendar is written and which block."""

    href: str
    accounts: tuple[tuple[str, tuple[CalendarChoice, ...]], ...]
    help: str = "Appointments and events appear there."
    editable: bool = True
    missing: bool = False
    unread: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class AccountRow:
    """One account among several."""

    name: str
    address: str
    kind: str
    state: str = "up_to_date"
    words: str = ""
    actions: tuple[CardAction, ...] = ()


@dataclass(frozen=True)
class OutlookCard:
    """All that the Outlook card shows; times are ready words."""

    state: str
    sentence: str
    mark: str = ""
    name: str = ""
    address: str = ""
    kind: str = ""
    strong: str = ""
    detail: str = ""
    progress: tuple[int, int] | None = None
    counted: str = ""
    choices: CalendarChoices | None = None
    actions: tuple[CardAction, ...] = ()
    leave: CardAction | None = None
    add: CardAction | None = None
    note: str = ""
    refresh: str = ""
    refresh_seconds: int = 5
    accounts: tuple[AccountRow, ...] = ()
    backfill: str = ""
    compared: None = None
    rests: tuple[()] = ()


CONNECT = CardAction("Connect", "/cards", kind="primary", sign="plug", busy="Connecting")
SYNC = CardAction("Sync now", "/cards", sign="arrow-repeat", busy="Syncing")
LEAVE = CardAction("Disconnect", "/disconnect", "ask", "clay", "plug")
LINKED = OutlookCard(
    "up_to_date",
    "39 appointments and 2 events are in your Outlook.",
    name="Anna Berg",
    address="anna@contoso.test",
    actions=(SYNC,),
    leave=LEAVE,
)

ALL = {
    "not_available": OutlookCard(
        "not_available",
        "Outlook is not set up for this business yet. Ruth Linden can do it in Settings, "
        "Integrations, Outlook Calendar.",
        actions=(replace(CONNECT, disabled=True),),
    ),
    "not_connected": OutlookCard(
        "not_connected",
        "Your appointments appear in your Outlook, and nobody can book you while you are "
        "busy there.",
        actions=(CONNECT,),
        note="You sign in at Microsoft and come back here.",
    ),
    "importing": replace(
        LINKED,
        state="importing",
        mark="Importing, 61%",
        sentence="25 of 41 appointments and events are in Outlook. You can leave this page.",
        progress=(25, 41),
        counted="Import into Outlook",
        actions=(replace(SYNC, disabled=True),),
        refresh="/card/importing",
    ),
    "up_to_date": replace(
        LINKED, detail="Checked at 14:02, 2 minutes ago. Next check at about 14:07."
    ),
    "catching_up": replace(
        LINKED,
        state="catching_up",
        mark="Catching up, 3 waiting",
        sentence="3 changes are on their way to Outlook. This usually takes a few seconds.",
    ),
    "delayed": replace(
        LINKED,
        state="delayed",
        strong="Microsoft is slow to answer. Next try at 14:05.",
        sentence="Nothing is lost: 3 changes are waiting. Busy time is as of 13:41.",
    ),
    "action_needed": replace(
        LINKED,
        state="action_needed",
        strong="Microsoft asks you to sign in again.",
        sentence="Until then new appointments do not reach your Outlook, and new busy time "
        "there is not seen. 5 changes have been waiting since 09:12.",
        actions=(replace(CONNECT, words="Sign in again", sign="box-arrow-in-right"),),
    ),
    "decision_needed": replace(
        LINKED,
        state="decision_needed",
        strong="37 of your 41 upcoming entries are gone from Outlook. Was it meant?",
        sentence="Nothing is cancelled, and no customer has been told.",
        actions=(
            CardAction("No, put them back", "/cards", kind="primary"),
            CardAction("Yes, show me which", "/cards", "get"),
        ),
    ),
    "paused": replace(
        LINKED,
        state="paused",
        sentence="Outlook is switched off for this business. Nothing is synced; the 41 entries "
        "in Outlook stay.",
        actions=(),
    ),
}

CALENDARS = CalendarChoices(
    "/profile",
    (
        (
            "",
            (
                CalendarChoice("1", "Calendar", written=True, blocking=True, color="#a6d1f5"),
                CalendarChoice("2", "Private", blocking=True),
                CalendarChoice("3", "Team rota", writable=False),
            ),
        ),
    ),
)
PROFILE = replace(ALL["up_to_date"], kind="Work account, connected on 3 October", choices=CALENDARS)
