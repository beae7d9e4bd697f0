"""Panel: the booking system that agrees with Outlook."""
