"""What customers are asked, and what counts as an answer."""

import pytest

from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.services import service_questions as questions
from panel.services.service_questions import Question
from tests.services.studio import OWNER

SIDE = Question("Which side?", "choice", ("Left", " Right ", ""), required=True)


@pytest.fixture
def ask(studio):
    return lambda *asked: [questions.add(studio.massage.id, one, by=OWNER).id for one in asked]


def labels(studio) -> list[str]:
    return [one.label for one in questions.of_service(studio.massage.id)]


def answers(studio, typed, **more):
    return questions.answers(studio.massage.id, typed, **more)


def test_they_are_asked_in_the_order_that_was_chosen(studio, ask):
    first, second = ask(Question("How are you?"), SIDE)
    questions.move(second, of=studio.massage.id, up=True, by=OWNER)
    assert labels(studio) == ["Which side?", "How are you?"]
    questions.remove(first, of=studio.massage.id, by=OWNER)
    assert labels(studio) == ["Which side?"]


def test_choices_are_lines_without_blanks(studio, ask):
    ask(SIDE)
    assert questions.of_service(studio.massage.id)[0].options == ["Left", "Right"]


@pytest.mark.parametrize(
    "question, field",
    [
        (Question(""), "label"),
        (Question("A", "riddle"), "kind"),
        (Question("A", "choice", ("Only one",)), "options"),
        (Question("A", "choice", ("Same", "Same ")), "options"),
    ],
)
def test_it_says_which_field_is_wrong(ask, question, field):
    with pytest.raises(RuleBroken) as refused:
        ask(question)
    assert refused.value.field == field


def test_twenty_are_enough(ask):
    ask(*[Question(f"Question {n}") for n in range(20)])
    with pytest.raises(RuleBroken, match="at most 20 questions"):
        ask(SIDE)


def test_a_question_is_changed(studio, ask):
    (asked,) = ask(SIDE)
    questions.edit(asked, Question("I agree", "tick"), of=studio.massage.id, by=OWNER)
    row = questions.one(asked, of=studio.massage.id)
    assert (row.label, row.kind, row.options, row.required) == ("I agree", "tick", [], False)


def test_a_question_of_another_service_is_not_there(studio, ask):
    (asked,) = ask(SIDE)
    with pytest.raises(NotThere, match="no such question"):
        questions.remove(asked, of=studio.massage.id + 1, by=OWNER)


def test_only_the_back_end_asks(studio):
    with pytest.raises(NotAllowed):
        questions.add(studio.massage.id, SIDE, by=studio.actor(studio.anna))


def test_answers_are_kept_with_what_was_asked(studio, ask):
    side, agree, note = ask(SIDE, Question("I agree", "tick"), Question("Anything else?"))
    assert answers(studio, {side: "Left", agree: "on", note: " "}) == (
        ("Which side?", "Left"), ("I agree", "Yes"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "question, typed, sentence",
    [
        (SIDE, "", "Choose one of these."),
        (SIDE, "Middle", "Choose one of these."),
        (Question("I agree", "tick", required=True), "", "Tick this to go on."),
        (Question("Why?", required=True), "  ", "Answer this question."),
        (Question("Why?"), "x" * 1001, "That is too long: at most 1000 characters fit here."),
    ],
)
def test_it_says_what_is_missing_beside_its_question(studio, ask, question, typed, sentence):
    (asked,) = ask(question)
    with pytest.raises(RuleBroken) as refused:
        answers(studio, {asked: typed})
    assert (str(refused.value), refused.value.field) == (sentence, f"question_{asked}")


def test_staff_may_leave_out_what_customers_must_say(studio, ask):
    ask(SIDE)
    assert answers(studio, {}, all_needed=False) == ()
