"""Answers that browsers may keep, because their address names their content."""

from flask import Response

from panel.web.static_files import YEAR

# They belong to nobody, so they ask neither who is there nor whose business it is.
ENDPOINTS = {"static", "pictures.show", "colours.show"}


def for_ever(answer: Response, digest: str) -> Response:
    """Let a browser keep an answer, and everything on the way to it."""
    answer.cache_control.public = True
    answer.cache_control.max_age = YEAR
    answer.cache_control.immutable = True
    answer.set_etag(digest)
    return answer
