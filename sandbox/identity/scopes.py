"""Reading what an application asks for. A scope without a resource is Graph's."""

from urllib.parse import urlsplit

from sandbox.identity.errors import Refused

OPENID = ("openid", "profile", "email", "offline_access")
GRAPH = {
    name.lower(): name
    for name in (
        "Calendars.Read",
        "Calendars.ReadBasic",
        "Calendars.ReadWrite",
        "Calendars.Read.Shared",
        "Calendars.ReadWrite.Shared",
        "MailboxSettings.Read",
        "MailboxSettings.ReadWrite",
        "User.Read",
        "User.ReadBasic.All",
        "Mail.Read",
        "Mail.ReadWrite",
        "Mail.Send",
        "Contacts.Read",
        "Contacts.ReadWrite",
    )
}
ALL_GRANTED = ".default"
_GRAPH_ID = "00000003-0000-0000-c000-000000000000"
_HOSTS = ("graph.microsoft.com", "127.0.0.1", "localhost")


def read(text: str) -> dict[str, str]:
    """Each scope asked for: its short name, and the form it was written in.

    Raises Refused for a scope nobody knows, for scopes of two resources, and for `.default`
    beside named ones.
    """
    wanted = dict(_one(word) for word in text.split())
    named = set(wanted) - set(OPENID)
    if ALL_GRANTED in named and len(named) > 1:
        raise Refused(
            70011, f"{ALL_GRANTED} scope can't be combined with resource-specific scopes."
        )
    return wanted


def _one(word: str) -> tuple[str, str]:
    if word.lower() in OPENID:
        return word.lower(), word.lower()
    resource, _, name = word.rpartition("/")
    if resource and not _graph(resource):
        raise Refused(700022, f"The scope '{word}' belongs to another resource.")
    if name == ALL_GRANTED:
        return ALL_GRANTED, word
    if name.lower() not in GRAPH:
        raise Refused(70011, f"The provided value for the input parameter 'scope' is not valid. "
                             f"The scope '{word}' does not exist.")  # fmt: skip
    short = GRAPH[name.lower()]
    return short, f"{resource}/{short}" if resource else short


def _graph(resource: str) -> bool:
    resource = resource.rstrip("/")
    return resource == _GRAPH_ID or urlsplit(resource).hostname in _HOSTS
