"""The back end: pages of the owner and managers."""
