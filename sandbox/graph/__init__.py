"""Microsoft Graph v1.0 as far as calendars need it."""
