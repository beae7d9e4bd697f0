"""Pictures that people uploaded, open to all: the address names the content."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from panel.services.pictures import served
from panel.web.kept import for_ever

pictures = Blueprint("pictures", __name__)


@pictures.get("/pictures/<string(length=64):digest>")
def show(digest: str) -> ResponseReturnValue:
    """Serve one picture. What stands at this address never changes."""
    picture = served(digest)
    answer = Response(picture.content, mimetype=picture.media_type)
    # Opened by itself it is a picture too, and nothing that could run.
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Content-Disposition"] = "inline"
    return for_ever(answer, digest).make_conditional(request)
