"""What keeps an error, a hint or half an answer from being taken for the truth."""

from bench.guards.guard import Guard

SYNC = "panel/services/sync/"

GUARDS = (
    Guard(
        "locate: an entry is there only in a calendar of the mailbox",
        SYNC + "evidence.py",
        "return None if place is None else Evidence(There.ALIVE, event, place)",
        "return Evidence(There.ALIVE, event, place)",
        ("sync/test_quirks.py::test_moves_cross_over_and_deletions_are_asked_about",),
    ),
    Guard(
        "locate: only a second search says that it is gone",
        SYNC + "evidence.py",
        "if not known_gone and (since is None or visit.now() - since < AGAIN):",
        "if False:",
        ("sync/test_deletions.py::test_one_empty_search_does_not_make_it_gone",),
    ),
    Guard(
        "locate: a calendar that gives no answer makes it unknown",
        SYNC + "evidence.py",
        "                return None\n            continue",
        "                continue\n            continue",
        ("sync/test_calendars.py::"
         "test_a_copy_in_a_calendar_that_denies_itself_is_not_taken_for_deleted",),
    ),
    Guard(
        "locate: of several pasted ones a person says which",
        SYNC + "evidence.py",
        "if len(holders) == 1:",
        "if holders:",
        ("sync/test_deletions.py::test_of_several_pasted_ones_it_asks",),
    ),
    Guard(
        "a removal that a round tells of is only a hint",
        SYNC + "applying.py",
        "    mirror.hinted = True\n    return news",
        "    mirror.hinted = True\n"
        '    mirror.state = "gone" if event is None else mirror.state\n    return news',
        ("sync/test_deletions.py::test_one_empty_search_does_not_make_it_gone",),
    ),
    Guard(
        "what a round tells of a copy is read again",
        SYNC + "applying.py",
        "    mirror.hinted = True\n    return news",
        "    return news",
        ("sync/test_both_ways.py::test_it_moves_the_appointment_when_the_copy_moves",),
    ),
    Guard(
        "a round counts only with its last page",
        SYNC + "rounds.py",
        "if page.delta_link is not None:",
        "if staged.events or page.delta_link is not None:",
        ("sync/test_reading.py::test_it_reads_every_page",),
    ),
    Guard(
        "an entry that cannot be read goes on blocking",
        SYNC + "freeing.py",
        "taken_away = id_ in staged.removed and (row.ends <= now or id_ in removed)",
        "taken_away = id_ in staged.removed",
        ("sync/test_reading.py::test_time_is_not_freed_while_the_entry_cannot_be_read",),
    ),
    Guard(
        "a round that frees very much frees nothing by itself",
        SYNC + "freeing.py",
        "if not staged.full and _is_too_much(rows, freed, visit.now()):",
        "if False:",
        ("sync/test_reading.py::"
         "test_a_mass_removal_is_held_until_the_calendar_was_read_as_a_whole",),
    ),
    Guard(
        "a copy of ours is known again, and is no busy time",
        SYNC + "freeing.py",
        "if id_ not in ours\n        and block.series_id not in ours",
        "if block.series_id not in ours",
        ("sync/test_moving.py::test_a_copy_that_makes_room_is_no_busy_time",),
    ),
    Guard(
        "the mass guard holds what nobody can have meant",
        SYNC + "deletions.py",
        "if held is None and not too_many_gone(gone, upcoming):",
        "if held is None:",
        ("sync/test_mass_deletions.py::test_so_many_at_once_are_held_and_asked_about_as_one",),
    ),
    Guard(
        "the mass guard counts over a day",
        SYNC + "deletions.py",
        "lately = Mirror.deleted_at > visit.now() - COUNTED_FOR",
        "lately = Mirror.deleted_at == visit.now()",
        ("sync/test_mass_deletions.py::test_those_asked_before_join_when_there_are_more",),
    ),
    Guard(
        "a question is asked once",
        SYNC + "asking.py",
        "if standing.kind == kind and _is_the_same(standing.facts, facts):",
        "if False:",
        ("sync/test_deletions.py::test_it_asks_once_and_for_all", "sync/test_grace.py"),
    ),
    Guard(
        "both times are taken while a question waits",
        SYNC + "asking.py",
        "question.holds_from, question.holds_to = there",
        "question.holds_from, question.holds_to = None, None",
        ("sync/test_moves.py::test_it_keeps_both_times_while_it_asks",),
    ),
    Guard(
        "nothing is cancelled before its grace is over",
        SYNC + "deletions.py",
        "asked.acts_at is not None and asked.acts_at <= now",
        "asked.acts_at is not None",
        ("sync/test_grace.py",),
    ),
    Guard(
        "what is to be cancelled is asked about first",
        "panel/domain/mirror.py",
        "return Step.CANCEL if case.grace_over else Step.ASK_CANCEL",
        "return Step.CANCEL",
        ("sync/test_grace.py",),
    ),
    Guard(
        "a link leads only to where the token belongs",
        "panel/outlook/links.py",
        'if not same or there.username is not None or ".." in steps:',
        'if there.username is not None or ".." in steps:',
        ("outlook/test_links.py",),
    ),
    Guard(
        "a redirect is not followed with a token",
        "panel/outlook/exchange.py",
        "allow_redirects=False",
        "allow_redirects=True",
        ("outlook/test_exchange.py",),
    ),
)  # fmt: skip
