"""JSON and webhooks: for programs that ask."""
