"""When things happen: the clockwork."""
