"""One message, written and sent."""
