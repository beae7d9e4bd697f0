"""Open extensions of an event."""

from typing import Any

from sandbox import ids
from sandbox.errors import GraphError
from sandbox.events import Event
from sandbox.graph.asks import Answer, Call
from sandbox.graph.events import editable, find
from sandbox.graph.shapes import extension_shape
from sandbox.wishes import extension


def index(call: Call) -> Answer:
    """GET …/extensions."""
    event = find(call)
    value = [extension_shape(*one) for one in event.extensions.items()]
    return Answer(200, {"@odata.context": _context(call), "value": value})


def create(call: Call) -> Answer:
    """POST …/extensions."""
    event = editable(call, find(call))
    name, held = extension(call.said)
    if name in event.extensions:
        raise GraphError(409, "ErrorItemExists", "An extension of that name exists already.")
    return _keep(call, event, name, held, 201)


def show(call: Call) -> Answer:
    """GET …/extensions/{name}."""
    event = find(call)
    return Answer(200, _one(call, event, _named(call, event)))


def change(call: Call) -> Answer:
    """PATCH …/extensions/{name}: a merge; null takes a value away."""
    event = editable(call, find(call))
    name = _named(call, event)
    _, said = extension({**call.said, "extensionName": name})
    merged = event.extensions[name] | said
    held = {key: value for key, value in merged.items() if value is not None}
    return _keep(call, event, name, held, 200)


def delete(call: Call) -> Answer:
    """DELETE …/extensions/{name}."""
    event = editable(call, find(call))
    del event.extensions[_named(call, event)]
    call.mailbox.touch(event, call.now)
    return Answer(204)


def _keep(call: Call, event: Event, name: str, held: dict[str, Any], status: int) -> Answer:
    event.extensions[name] = held
    call.mailbox.touch(event, call.now)
    return Answer(status, _one(call, event, name))


def _named(call: Call, event: Event) -> str:
    """The name in the path may carry the type in front."""
    wanted = call.args[1]
    for name in event.extensions:
        if wanted == name or wanted.lower().endswith(f"opentypeextension.{name}".lower()):
            return name
    raise ids.missing()


def _one(call: Call, event: Event, name: str) -> dict[str, Any]:
    return {
        "@odata.context": f"{_context(call)}/$entity",
        **extension_shape(name, event.extensions[name]),
    }


def _context(call: Call) -> str:
    return call.context(f"{call.me}/events('{call.args[0]}')/extensions")
