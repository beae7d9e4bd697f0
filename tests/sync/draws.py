"""What may be drawn for a random history: times, settings, faults, quirks."""

from hypothesis import strategies as st

CLOCKS = ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00", "16:00"]
numbers, clocks = st.integers(0, 7), st.sampled_from(CLOCKS)
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
FAULTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["status", "html", "delay", "drop_before", "drop_after"]),
        "match": st.fixed_dictionaries(
            {"path": st.sampled_from(["/v1.0/*", "/v1.0/me/events*", "*/token"])},
            optional={"method": st.sampled_from(["GET", "POST", "PATCH", "DELETE"])},
        ),
        "status": st.sampled_from([400, 401, 403, 404, 409, 412, 413, 429, 500, 503, 504]),
        "skip": st.integers(0, 2),
        "times": st.integers(1, 4),
        "ms": st.just(20),
    },
    optional={"retry_after": st.sampled_from([1.5, 40]), "rate": st.just(0.5)},
)
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
