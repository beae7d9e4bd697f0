"""The back end's pages."""
