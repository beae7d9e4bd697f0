"""Other keys while a mailbox is being worked on: its refresh goes on, under the newest key."""

from dataclasses import replace

from cryptography.fernet import Fernet

from panel.services import keys


def test_a_refresh_after_the_change_works_with_the_newest_key_alone(linked):
    newest = Fernet.generate_key().decode()
    ring = (newest, *linked.outside.keys)
    with linked.visit() as visit:
        before = visit.client._asking._access_token
        version, tokens = before._kept()
        assert keys.rotate(ring) >= 2
        # The worker that began with the old key stores what it renewed all the same.
        before._keep(version, tokens)
    keys.rotate(ring)
    linked.outside = replace(linked.outside, keys=(newest,))
    linked.forward(hours=2)
    linked.book_at("10:00")
    linked.agree()
    keys.check([newest])
