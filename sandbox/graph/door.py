"""The one door to Graph: a request goes in, an answer comes out; HTTP stays outside."""

import inspect
import random

from sandbox.errors import GraphError
from sandbox.graph.asks import APPLICATION, Answer, Ask, Call
from sandbox.graph.batch import answer_batch
from sandbox.graph.refusals import conflict
from sandbox.graph.replies import dressed, refusal, refused
from sandbox.graph.routes import check_scopes, find

__all__ = ["APPLICATION", "Answer", "Ask", "answer", "refusal"]

_dice = random.Random(20260901)  # noqa: S311  # nosec B311


async def answer(ask: Ask) -> Answer:
    """Answer any Graph path, $batch too. Never raises for what a client does."""
    try:
        if ask.path.strip("/").lower() == "$batch" and ask.method == "POST":
            return dressed(await answer_batch(ask, answer), ask.headers)
        call = Call(ask)
        reply = await _handled(call)
    except GraphError as error:
        return refused(error, ask.headers)
    if call.prefer.applied:
        reply.headers["Preference-Applied"] = ", ".join(call.prefer.applied)
    return dressed(reply, ask.headers)


async def _handled(call: Call) -> Answer:
    route = find(call)
    check_scopes(route, call.ask.scopes)
    if route.needs_mailbox and call.mailbox.kind == "no_mailbox":
        raise GraphError(
            404,
            "MailboxNotEnabledForRESTAPI",
            "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
        )
    if route.needs_mailbox and _dice.random() < call.quirk("transient_412", 0):
        raise conflict()
    reply = route.handler(call)
    return await reply if inspect.isawaitable(reply) else reply
