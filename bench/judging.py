"""What must be true once both sides have come to rest, whatever went before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

# Questions that leave the panel's values standing in Outlook while they wait.
STANDING = ("", "followed", "both_moved")
MISSING = ("deleted", "held")


@dataclass(frozen=True)
class Wish:
    """One subject for one person, as the panel has it.

    `asked`: the kind of the question that waits about it, "held" where many deletions at once
    wait for one, or "". `over`: it has ended, so that nothing is done about it any more.
    `remote_id`: the entry that the panel takes for its copy.
    """

    name: str
    wanted: bool
    starts: datetime
    ends: datetime
    title: str
    asked: str = ""
    over: bool = False
    remote_id: str | None = None


@dataclass(frozen=True)
class Entry:
    """One entry in somebody's Outlook; `ours` is the name of the create that made it, or ""."""

    id: str
    title: str
    starts: datetime
    ends: datetime
    key: str = ""
    ours: str = ""


@dataclass
class Verdict:
    """What is not as it should be, in sentences."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.wrong or self.stuck)

    def count(self) -> dict[str, int]:
        return {name: len(found) for name, found in vars(self).items()}

    def sentences(self) -> list[str]:
        return [f"{name}: {one}" for name, found in vars(self).items() for one in found]


def judge(
    wishes: Sequence[Wish],
    entries: Mapping[str, Entry],
    strangers: Mapping[str, str],
    touched: Collection[str] = (),
) -> Verdict:
    """Compare what the panel wants with the entries that stand, by their ids.

    `strangers`: the entries that the panel did not write, each with the key that its last
    change by a person gave it. `touched`: those of ours that a person copied or changed; one of
    them that nothing is tied to is theirs now.
    """
    verdict = Verdict()
    for wish in wishes:
        if not wish.over:
            _compare(wish, entries.get(wish.remote_id or ""), verdict)
    tied = {wish.remote_id for wish in wishes}
    for one in entries.values():
        if one.ours and one.id not in tied and one.id not in touched:
            verdict.doubled.append(f"{one.title} at {one.starts:%a %d %H:%M} belongs to nothing")
    for number, key in strangers.items():
        if number not in entries:
            verdict.lost.append(f"a stranger's entry {number}")
        elif entries[number].key != key:
            verdict.wrong.append(f"{entries[number].title}, a stranger's, was changed")
    return verdict


def _compare(wish: Wish, entry: Entry | None, verdict: Verdict) -> None:
    if not wish.wanted:
        if entry is not None:
            verdict.wrong.append(f"{wish.name} is not wanted, and stands at {entry.starts:%H:%M}")
    elif entry is None:
        if wish.asked not in MISSING:
            verdict.lost.append(f"{wish.name} stands nowhere")
    elif wish.asked not in STANDING:
        return
    elif entry.title != wish.title:
        verdict.wrong.append(f"{wish.name} is called {entry.title}, not {wish.title}")
    elif (entry.starts, entry.ends) != (wish.starts, wish.ends):
        verdict.wrong.append(
            f"{wish.name} stands at {entry.starts:%a %d %H:%M}, not {wish.starts:%a %d %H:%M}"
        )
