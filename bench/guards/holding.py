"""What keeps workers, tokens, accounts and installations apart."""

from bench.guards.guard import Guard

SYNC = "panel/services/sync/"

GUARDS = (
    Guard(
        "a mailbox has one worker at a time",
        SYNC + "leases.py",
        ".where(Mailbox.id == mailbox_id, free)",
        ".where(Mailbox.id == mailbox_id)",
        ("sync/test_workers.py::test_only_one_worker_has_a_mailbox",),
    ),
    Guard(
        "a taker waits for the last request of the one before",
        SYNC + "leases.py",
        "Mailbox.lease_until < now - DEADLINE",
        "Mailbox.lease_until < now",
        ("sync/test_workers.py::"
         "test_a_dead_workers_mailbox_is_free_when_its_last_request_must_be_over",),
    ),
    Guard(
        "a lease is handed back",
        SYNC + "leases.py",
        ".values(lease_until=None)",
        ".values(lease_until=Mailbox.lease_until)",
        ("sync/test_workers.py::test_only_one_worker_has_a_mailbox",),
    ),
    Guard(
        "only its holder hands a lease back",
        SYNC + "leases.py",
        "Mailbox.fence == self.fence)\n            .values(lease_until=None)",
        "Mailbox.fence > 0)\n            .values(lease_until=None)",
        ("sync/test_leases.py::test_a_late_worker_hands_back_nothing",),
    ),
    Guard(
        "a lease outlives each request",
        SYNC + "leases.py",
        "if self.until - now < 2 * DEADLINE:",
        "if False:",
        ("sync/test_leases.py::"
         "test_a_lease_is_prolonged_before_a_request_that_it_might_not_outlive",),
    ),
    Guard(
        "the fence is checked before each request",
        SYNC + "leases.py",
        "if held != self.fence or now >= self.until:",
        "if now >= self.until:",
        ("sync/test_leases.py::test_a_late_worker_asks_nothing",),
    ),
    Guard(
        "no request starts after the lease",
        SYNC + "leases.py",
        "if held != self.fence or now >= self.until:",
        "if held != self.fence:",
        ("sync/test_leases.py::test_after_its_lease_a_worker_asks_nothing",),
    ),
    Guard(
        "the fence is checked where an outcome is recorded",
        SYNC + "visit.py",
        "            self.lease.check(session)\n            yield session",
        "            yield session",
        ("sync/test_workers.py::test_a_write_under_way_while_somebody_leaves_is_found_again",),
    ),
    Guard(
        "a renewed token is kept before it is used",
        SYNC + "tokens.py",
        "        self._keep(version, renewed)\n        return",
        "        return",
        ("sync/test_signed_in.py::test_the_renewed_token_is_kept_before_it_is_used",),
    ),
    Guard(
        "of two who renew a token the second one gives way",
        SYNC + "tokens.py",
        "Credential.connection_id == self.connection_id, Credential.version == version",
        "Credential.connection_id == self.connection_id",
        ("sync/test_leases.py::test_an_older_renewal_replaces_no_newer_token",),
    ),
    Guard(
        "a refused refresh token is believed the second time",
        SYNC + "tokens.py",
        "if sure or (first is not None and now - first >= DOUBT):",
        "if True:",
        ("sync/test_signed_in.py::test_one_doubt_is_forgotten",),
    ),
    Guard(
        "a restored or copied database holds every connection",
        "panel/services/installation.py",
        "if linked and row.held_why is None:",
        "if False:",
        ("sync/test_restoring.py::test_another_machine_is_held_until_it_is_admitted",),
    ),
    Guard(
        "while it is held nothing is sent",
        SYNC + "visit.py",
        "may = ready(kept) and (held is None or held.comparing)",
        "may = ready(kept)",
        ("sync/test_restoring.py::"
         "test_a_restored_backup_sends_nothing_until_the_owner_has_looked",),
    ),
    Guard(
        "after a restore it only reads",
        SYNC + "visit.py",
        "reads_only=held is not None,",
        "reads_only=False,",
        ("sync/test_restoring.py::test_the_drill_shows_what_differs_before_the_first_write",),
    ),
    Guard(
        "another installation's subscriptions are left alone",
        SYNC + "subscribing.py",
        'elif key.startswith(f"{visit.outside.installation}-"):',
        "else:",
        ("sync/test_subscribing.py::"
         "test_what_no_row_knows_is_told_no_more_and_another_installations_is_left",),
    ),
    Guard(
        "who disconnects is told of no more",
        SYNC + "farewell.py",
        "client.subscriptions.end(remote_id)",
        "assert client",
        ("sync/test_subscribing.py::test_who_disconnects_is_told_of_no_more",),
    ),
    Guard(
        "who removes the entries and leaves is told of no more",
        SYNC + "leaving.py",
        "    subscribing.end_all(visit)\n",
        "",
        ("sync/test_subscribing.py::"
         "test_who_removes_the_entries_and_leaves_is_told_of_no_more",),
    ),
    Guard(
        "a notification counts only with its secret",
        "panel/services/notices.py",
        "good = [one for one in notices if compare_digest(_bytes(one.secret), secret)]",
        "good = [one for one in notices if compare_digest(secret, secret)]",
        ("sync/test_webhooks.py::test_what_is_forged_is_not_even_read",),
    ),
    Guard(
        "an echo is given only while our own question is under way",
        "panel/services/notices.py",
        "row.asked_at is not None and now - row.asked_at < HANDSHAKE",
        "True",
        ("api/test_notifications.py",),
    ),
    Guard(
        "what was told before a death is not forgotten",
        SYNC + "hearing.py",
        "begun.values(heard_at=Subscription.told_at, told_at=None)",
        "begun.values(told_at=None)",
        ("sync/test_webhooks.py::test_a_death_during_a_round_forgets_nothing_of_what_was_told",),
    ),
)  # fmt: skip
