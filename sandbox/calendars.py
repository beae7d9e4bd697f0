"""One calendar of a mailbox."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.changes import ChangeLog
from sandbox.errors import GraphError

COLORS = [
    "auto",
    "lightBlue",
    "lightGreen",
    "lightOrange",
    "lightGray",
    "lightYellow",
    "lightTeal",
    "lightPink",
    "lightBrown",
    "lightRed",
    "maxColor",
]


@dataclass
class Calendar:
    """A calendar: its name, what its reader may do, and what changed in it."""

    id: str
    name: str
    color: str = "auto"
    can_edit: bool = True
    is_default: bool = False
    owner_name: str = ""
    owner_address: str = ""
    providers: list[str] = field(default_factory=list)
    shared_with: list[str] = field(default_factory=list)
    change: int = 0
    log: ChangeLog = field(default_factory=ChangeLog)
    members: set[int] = field(default_factory=set)  # keys of the events that stand here

    def change_to(self, said: dict[str, Any]) -> None:
        """Take over what is said; shareWith is one address or several."""
        self.name = said.get("name", self.name)
        self.color = said.get("color", self.color)
        self.can_edit = said.get("canEdit", self.can_edit)
        shared = said.get("shareWith", self.shared_with)
        self.shared_with = [shared] if isinstance(shared, str) else list(shared or ())
        self.change += 1

    def to_dict(self) -> dict[str, Any]:
        record = {
            name: value for name, value in vars(self).items() if name not in ("log", "members")
        }
        return record | {"log": self.log.to_list()}

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> "Calendar":
        known = dict(record)
        log = ChangeLog.from_list(known.pop("log"))
        return cls(**known, log=log)


def check(said: dict[str, Any], others: list[Calendar]) -> None:
    """Refuse a calendar without a name, of an unknown colour, or named like another."""
    name, color = said.get("name"), said.get("color", "auto")
    if "name" in said and (not isinstance(name, str) or not name.strip()):
        raise GraphError(400, "ErrorInvalidRequest", "A calendar needs a name.")
    if color not in COLORS:
        raise GraphError(400, "RequestBodyRead", f"Requested value '{color}' was not found.")
    if any(one.name == name for one in others):
        raise GraphError(
            409, "ErrorFolderExists", "A folder with the specified name already exists."
        )
