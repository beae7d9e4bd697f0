"""The outside world: Microsoft sign-in and one person's calendars."""
