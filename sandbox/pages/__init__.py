"""The sandbox's own pages, for a tester with a browser."""
