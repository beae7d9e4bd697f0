"""The public pages: customers choose a service and a time, say who they are, and are booked."""
