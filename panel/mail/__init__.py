"""One message: how it is laid out, and how it is handed to a mail server."""
