"""Memory: the tables, by noun."""
