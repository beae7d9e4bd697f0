"""How many connected people one panel keeps in step with their Outlook.

The real server and the real sandbox, which answers after 200 ms; the panel has 32 requests in
flight at most, so that 160 a second are the limit. A bare loop asks the same in turns with it:
what that reaches is what machine and sandbox allow at the moment, and the lower of both is what
the panel is held against.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench import crowd, idle_day, latency, unaided
from bench.figures import percentile, show
from bench.programs import sandbox
from bench.shift import GRAPH_MS, IN_FLIGHT, LIMIT, Shift, shift
from bench.storm import reading, storm, tell_all
from panel.db.tables import Push

Row = dict[str, object]


def rounds(at: Shift, times: int) -> list[Row]:
    """The first import, then polling rounds in which nothing has changed."""
    found = []
    memory = at.memory_mb()
    for number in range(times + 1):
        seen = at.round()
        bare = unaided.rate(at.questions(), IN_FLIGHT)
        before, memory = memory, at.memory_mb()
        found.append(
            {"what": f"polling round {number}" if number else "first import"}
            | seen.row()
            | {"bare loop/s": bare, "share": seen.rate / min(bare, LIMIT)}
            | {"MB before": before, "MB after": memory, "connections so far": len(at.calling)}
        )
    return found


def pushes(at: Shift, count: int) -> Row:
    """So many appointments that wait to be written, until the last one stands there."""
    crowd.book(at.mailboxes, count)
    seen = at.watch(lambda: not at.count(Push))
    bare = unaided.rate(at.questions(), IN_FLIGHT)
    rate = count / seen.seconds
    return (
        {"what": f"{count} waiting pushes", "pushes/s": rate, "s to drain": seen.seconds}
        | seen.row()
        | {"bare loop/s": bare, "share": rate / min(bare, LIMIT)}
    )


def there_and_back(at: Shift, times: int) -> list[Row]:
    """One person's changes, while everybody else is being read over and over."""
    line = latency.Line(at.url, at.microsoft)
    with reading(at):
        there, back = latency.both_ways(line, times)
    ways = {"Panel to Outlook": there, "Outlook to Panel, by webhook": back}
    return [
        {"change": way, "p50 s": percentile(taken, 50), "p95 s": percentile(taken, 95)}
        for way, taken in ways.items()
    ]


def measure(employees: int, told: argparse.Namespace, folder: Path) -> None:
    """All of it for so many people; prints each table when it is known."""
    accounts = crowd.people(folder / "sandbox", employees)
    with sandbox(folder / "sandbox") as microsoft:
        with shift(microsoft, accounts, folder / "polling", told=False) as at:
            at.latency(GRAPH_MS)
            show(f"{employees} connected employees, polling", rounds(at, told.rounds))
            if told.pushes:
                show(f"{employees} connected employees, pushing", [pushes(at, told.pushes)])
            at.latency(0)
        if told.polling:
            return
        with shift(microsoft, accounts, folder / "told", told=True) as at:
            tell_all(at)
            at.latency(GRAPH_MS)
            arrived, seen = storm(at)
            show(f"{employees} connected employees, all changed at once", [arrived | seen.row()])
            show(f"{employees} connected employees, during rounds", there_and_back(at, told.times))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--employees", type=int, nargs="+", default=[1000])
    asked.add_argument("--rounds", type=int, default=4)
    asked.add_argument("--pushes", type=int, default=5000)
    asked.add_argument("--times", type=int, default=20, help="changes in each direction")
    asked.add_argument("--polling", action="store_true", help="nothing that Microsoft tells")
    asked.add_argument("--idle-day", action="store_true", help="nothing but a day without bookings")
    told = asked.parse_args()
    if told.idle_day:
        show("An employee without bookings, in a day", idle_day.measure())
        return
    for employees in told.employees:
        with tempfile.TemporaryDirectory() as name:
            measure(employees, told, Path(name))


if __name__ == "__main__":
    main()
