"""Idempotency-Key: the same request again is answered again, and not done again."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import request

from panel.api.v1.door import holder
from panel.api.v1.operations import read
from panel.api.v1.schemas.shared import RepeatSchema
from panel.services.repeatables import Key

HEADER = "Idempotency-Key"
_SHAPE = RepeatSchema()


def key() -> Key | None:
    """Return the key that the program sent, tied to this request. Raises Malformed."""
    sent = request.headers.get(HEADER)
    if sent is None:
        return None
    read(_SHAPE, {HEADER: sent})
    body: Any = json.dumps(request.get_json(), sort_keys=True)
    asked = f"{request.method} {request.path.rstrip('/')} {body}"
    return Key(holder().token_id, sent, hashlib.sha256(asked.encode()).hexdigest())
