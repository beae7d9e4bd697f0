"""Many requests in one."""

import asyncio

from sandbox.graph.door import Answer, answer
from tests.sandbox.graph.bodies import event

JSON = {"Content-Type": "application/json"}


def part(own, method="GET", url="/me/events", **more):
    return {"id": own, "method": method, "url": url, **more}


def sent(anna, *parts):
    replies = anna.post("/$batch", {"requests": list(parts)})["responses"]
    return {one["id"]: one for one in replies}


def test_each_part_has_its_own_answer(anna):
    create = part("2", "POST", headers=JSON, body=event())
    zone = {"Prefer": 'outlook.timezone="UTC"'}
    replies = sent(anna, part("1", headers=zone), create, part("3", url="/me/events/abc"))
    assert [replies[own]["status"] for own in "123"] == [200, 201, 400]
    assert replies["1"]["headers"]["Preference-Applied"] == 'outlook.timezone="UTC"'
    assert replies["3"]["body"]["error"]["code"] == "ErrorInvalidIdMalformed"


def test_a_query_in_a_part_is_read(anna):
    anna.post("/me/events", event())
    (reply,) = sent(anna, part("1", url="/me/events?$select=subject&$top=1")).values()
    assert set(reply["body"]["value"][0]) == {"@odata.etag", "id", "subject"}


def test_what_depends_on_a_failure_fails_too(anna):
    replies = sent(
        anna,
        part("1", url="/me/events/abc"),
        part("2", dependsOn=["1"]),
        part("3", dependsOn=["2"]),
        part("4"),
    )
    assert [replies[own]["status"] for own in "1234"] == [400, 424, 424, 200]


def test_every_part_with_a_body_says_that_it_is_json(anna):
    """Microsoft's JavaScript client reads the body of a part only where the part says so."""
    replies = sent(anna, part("1"), part("2", url="/me/events/abc"), part("3", dependsOn=["2"]))
    kinds = [one["headers"]["Content-Type"].partition(";")[0] for one in replies.values()]
    assert kinds == ["application/json"] * 3


def test_a_batch_that_cannot_be_read_is_refused_whole(anna):
    bad = [
        [],
        [part(str(n)) for n in range(21)],
        [part("a"), part("A")],
        [part("1", "POST", body=event())],
        [part("1", dependsOn=["2"]), part("2")],
        [part("1", url="/$batch")],
        ["nonsense"],
    ]
    for requests in bad:
        assert anna.refused("POST", "/$batch", {"requests": requests}) == (400, "BadRequest")
    assert len(sent(anna, *(part(str(n)) for n in range(20)))) == 20


def test_four_parts_run_at_a_time_and_dependent_ones_alone(anna):
    def busiest(*parts):
        running, most = [], []

        async def slow(ask):
            running.append(1)
            most.append(len(running))
            await asyncio.sleep(0.01)
            running.pop()
            return Answer(200, {})

        ask = anna.ask("POST", "/$batch", {"requests": list(parts)})
        ask.through = slow
        asyncio.run(answer(ask))
        return max(most)

    assert busiest(*(part(str(n)) for n in range(9))) == 4
    assert busiest(part("0"), part("1", dependsOn=["0"]), part("2", dependsOn=["1"])) == 1
