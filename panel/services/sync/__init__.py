"""The sync: what moves between Panel and one mailbox."""
