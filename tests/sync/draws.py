"""What may be drawn for a random history: times, settings, faults, quirks."""

from hypothesis import strategies as st

CLOCKS = ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00", "16:00"]
numbers, clocks = st.integers(0, 7), st.sampled_from(CLOCKS)
# What the sync does after a deed, and at which instant something happens to it.
THEN = st.sampled_from(["nothing", "sync", "sync", "cut", "cut", "late"])
INSTANTS = st.integers(1, 50)
IN_OUTLOOK = [
    *["move"] * 5, *["delete"] * 3, "stretch", "rename", "put_elsewhere", "copy",
    "add_own", "move_own", "delete_own", "forget_places",
]  # fmt: skip
SETTINGS = {
    "on_move": ["move", "ask", "back"],
    "on_delete": ["ask", "cancel", "back"],
    "include_buffers": [True, False],
    "customer_in_body": [True, False],
    "appointment_title": ["%service_name%", "%service_name% with %customer_full_name%"],
}
# A lost answer is the worst of all.
KINDS = ["drop_after", "drop_after", "drop_before", "status", "status", "html", "delay"]
WHERE = st.one_of(
    st.fixed_dictionaries(
        {"method": st.sampled_from(["POST", "PATCH", "DELETE"]), "path": st.just("/v1.0/*")}
    ),
    st.fixed_dictionaries({"path": st.sampled_from(["/v1.0/*", "/v1.0/me/*events*", "*/token"])}),
)
FAULTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "match": WHERE,
        "status": st.sampled_from([400, 401, 403, 404, 409, 412, 413, 429, 500, 503, 504]),
        "skip": st.sampled_from([0, 0, 0, 1, 2]),
        "times": st.integers(1, 4),
        "ms": st.just(20),
        "seed": st.integers(0, 9),
    },
    optional={"retry_after": st.sampled_from([1.5, 40]), "rate": st.just(0.5)},
)
# What strikes while the sync is at work after one deed; mostly nothing.
TROUBLE = st.one_of(st.just([]), st.just([]), st.lists(FAULTS, min_size=1, max_size=2))
QUIRKS = st.fixed_dictionaries(
    {},
    optional={
        "search_lag_ms": st.sampled_from([5_000, 20_000]),
        "delta_lag_ms": st.sampled_from([5_000, 20_000]),
        "delta_replay": st.sampled_from([0.5, 1]),
        "if_match": st.just("ignored"),
        "transaction_repeat": st.sampled_from(["409", "new"]),
        "deleted_get": st.just(200),
        "deleted_delete": st.just(403),
        "immutable_moves": st.just("lost"),
        "events_scope": st.just("default"),
        "transient_412": st.just(0.1),
    },
)
