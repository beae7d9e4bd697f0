"""What keeps a write from being lost, doubled, or done to somebody else's entry."""

from bench.guards.guard import Guard

SYNC = "panel/services/sync/"

GUARDS = (
    Guard(
        "a create is written down before it is sent",
        SYNC + "creating.py",
        'row.intent, row.state, row.missing_since = content.to_json(), "intent", None',
        'row.intent, row.state, row.missing_since = None, "none", None',
        ("sync/test_workers.py::test_a_death_around_a_create_makes_one_entry",),
    ),
    Guard(
        "every try of a create has the same transaction id",
        "panel/outlook/wire.py",
        'return body | {"transactionId": wish.transaction_id}',
        "return body",
        ("outlook/test_client.py::test_the_same_wish_twice_makes_one_entry",),
    ),
    Guard(
        "every try of a create sends the same content",
        SYNC + "creating.py",
        "        content = plan.sending\n",
        "        content = plan.content\n",
        (
            "sync/test_quirks.py"
            "::test_a_move_while_it_is_unknown_whether_a_create_arrived_is_not_undone",
        ),
    ),
    Guard(
        "a create whose answer was lost is unknown, not undone",
        SYNC + "creating.py",
        "        if error.ambiguous:\n",
        "        if False:\n",
        ("sync/test_faults.py::test_it_creates_one_entry_whatever_happens",),
    ),
    Guard(
        "a repeated transaction id is no refusal of the row",
        "panel/outlook/answers.py",
        'if writes and (answer.status == 409 or "transactionid" in str(answer.body).casefold()):',
        "if False:",
        ("outlook/test_client_in_trouble.py::test_a_repeated_transaction_may_be_refused",),
    ),
    Guard(
        "a change names the version that it is meant for",
        "panel/outlook/asking.py",
        """headers = {} if if_match is None else {"If-Match": f'W/"{if_match}"'}""",
        "headers: dict[str, str] = {}",
        ("outlook/test_client.py::test_it_does_not_overwrite_a_newer_version",),
    ),
    Guard(
        "what was decided here during a visit is not lost",
        SYNC + "outcomes.py",
        "return mirror.desired == plan.revision",
        "return True",
        ("sync/test_moves.py::test_a_decision_made_during_the_visit_is_not_lost",),
    ),
    Guard(
        "a row is parked after three equal refusals",
        SYNC + "outcomes.py",
        "if row.same_refusals >= PARK_AFTER:",
        "if False:",
        ("sync/test_faults.py::test_it_parks_what_is_refused_and_goes_on",),
    ),
    Guard(
        "a mailbox waits as long as Microsoft asks",
        SYNC + "work.py",
        "if visit is not None and not _is_waiting(mailbox_id, outside.now()):",
        "if visit is not None:",
        ("sync/test_faults.py::test_it_waits_as_long_as_microsoft_asks",),
    ),
    Guard(
        "of two the last one is never deleted",
        SYNC + "twins.py",
        "if _is_untouched(event, base) and is_present(visit, remote_id):",
        "if _is_untouched(event, base):",
        (
            "sync/test_quirks.py::test_of_two_that_a_lost_answer_made_the_one_that_somebody_left_stays",
        ),
    ),
    Guard(
        "what had ended when it was cancelled stays in the diary",
        "panel/domain/mirror.py",
        "return _over(case) if case.ended_when_unwanted else Step.DELETE",
        "return Step.DELETE",
        ("sync/test_deletions.py::test_what_ended_stays_in_outlook_however_late_it_is_cancelled",),
    ),
    Guard(
        "what was put back twice is asked about",
        "panel/domain/mirror.py",
        "if case.put_backs < MOST_PUT_BACKS:\n        return Step.PUT_BACK",
        "if True:\n        return Step.PUT_BACK",
        ("sync/test_moves.py::test_it_puts_back_twice_where_the_settings_say_so_and_then_asks",),
    ),
    Guard(
        "of whoever comes back nothing is moved unasked",
        "panel/domain/mirror.py",
        "if differs and case.adopting:",
        "if False:",
        ("sync/test_connecting.py::test_what_was_moved_meanwhile_is_held_until_somebody_decides",),
    ),
)
