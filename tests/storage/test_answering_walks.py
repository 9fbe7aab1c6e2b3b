"""Random walks: whatever is pressed, nobody is stuck and the rows equal a plain model.

Every step may be handled twice, as after a crash between the commit and the reply.
"""

from collections.abc import Callable
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from storage.database import connect_file
from storage.migrating import migrate
from storage.questionnaires import answering, moving, responses, steps, submitting
from storage.questionnaires.steps import Verdict
from storage.questionnaires.submitting import Sent
from surveys import engine
from surveys.answers import Answer
from surveys.engine import Ask, Review
from tests.kit.forms import EVERYTHING, NOW, opened, register

VALUES: dict[str, tuple[Answer, ...]] = {
    "hello": (None,),
    "came": ("yes", "no", "maybe", None),
    "liked": (["talks"], ["none"], ["none", "talks"], None),
    "place": ("school", "nowhere", {"choice": "other", "other": "в парке"}),
    "score": (1, 5, 9),
    "order": (["a", "b", "c"], ["a"]),
    "years": (3, 99),
    "hours": (1.5, None),
    "when": ("2026-11-20", "вчера"),
    "words": ("Спасибо", None),
    "ok": ("OK",),
}
"""The first of each is always accepted; of the others some are not."""

name = st.sampled_from(tuple(VALUES))
times = st.integers(1, 2)


class Walk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.conn = connect_file(Path(":memory:"))
        migrate(self.conn)
        self.person = register(self.conn, 501)
        campaign = opened(self.conn).id
        entered = responses.start_or_continue(self.conn, campaign, self.person, now=NOW)
        assert entered.response is not None
        self.key = (entered.response.id, self.person)
        self.given: dict[str, Answer] = {}
        self.at: str | None = None
        self.sent: dict[str, Answer] | None = None
        self.editing = False
        self.typed = 1

    def teardown(self) -> None:
        """From anywhere, answering what is asked comes to an end."""
        for _ in range(len(VALUES) + 2):
            found = responses.find(self.conn, *self.key)
            assert found is not None
            if found.sent:
                break
            step = found.step(NOW)
            if isinstance(step, Ask):
                value = VALUES[step.item.name][0]
                outcome = answering.record_answer(
                    self.conn, *self.key, step.item.name, value, now=NOW
                )
                assert outcome.verdict is Verdict.RECORDED
            else:
                assert submitting.submit(self.conn, *self.key, now=NOW).sent is Sent.NAMED
        else:
            raise AssertionError("stuck")
        self.conn.close()

    @property
    def open(self) -> bool:
        return self.sent is None or self.editing

    @property
    def shown(self) -> str | None:
        step = (
            engine.step_at(EVERYTHING, self.given, self.at, now=NOW)
            if self.at
            else engine.next_step(EVERYTHING, self.given, now=NOW)
        )
        return step.item.name if isinstance(step, Ask) else None

    def repeat(self, times: int, step: Callable[[], object]) -> object:
        first = self.told_as_kept(step())
        for _ in range(times - 1):
            self.told_as_kept(step())
        return first

    def told_as_kept(self, outcome: object) -> object:
        """A step says how the response stands without reading it again: it must stand so."""
        if isinstance(outcome, steps.Outcome):
            assert outcome.response == responses.find(self.conn, *self.key)
        return outcome

    def answer(self, item: str, value: Answer, times: int) -> None:
        self.repeat(
            times,
            lambda: answering.record_answer(self.conn, *self.key, item, value, now=NOW),
        )
        if self.open and self.shown == item:
            taken = engine.check(EVERYTHING, item, value, self.given, now=NOW)
            if isinstance(taken, engine.Accepted):
                self.given[item], self.at = taken.answer, None

    @rule(choice=st.integers(0, 3), times=times)
    def answer_what_is_asked(self, choice: int, times: int) -> None:
        if (item := self.shown) is not None:
            self.answer(item, VALUES[item][choice % len(VALUES[item])], times)

    @rule(item=name, choice=st.integers(0, 3), times=times)
    def press_any_button_of_an_old_message(self, item: str, choice: int, times: int) -> None:
        self.answer(item, VALUES[item][choice % len(VALUES[item])], times)

    @rule(item=name, times=times)
    def go_back(self, item: str, times: int) -> None:
        self.repeat(times, lambda: moving.go_back(self.conn, *self.key, item, now=NOW))
        if self.open and self.shown == item:
            before = engine.back(EVERYTHING, self.given, item, now=NOW)
            assert isinstance(before, Ask)
            self.at = before.item.name

    @rule(item=name, times=times)
    def change(self, item: str, times: int) -> None:
        self.repeat(times, lambda: moving.go_to(self.conn, *self.key, item, now=NOW))
        if self.open and item in self.given:
            self.at = item

    @rule(item=name, choice=st.integers(0, 3), on=st.booleans(), times=times)
    def tick(self, item: str, choice: int, on: bool, times: int) -> None:
        if item in self.given:
            return  # the model knows no answer that becomes a draft again
        self.repeat(
            times,
            lambda: answering.tick_choice(self.conn, *self.key, item, choice, on=on, now=NOW),
        )

    @rule(item=name, times=times)
    def clear(self, item: str, times: int) -> None:
        self.repeat(times, lambda: answering.clear(self.conn, *self.key, item, now=NOW))

    @rule(raw=st.sampled_from(("2", "школа", "1, 2", "нет", "12")), times=times)
    def type_something(self, raw: str, times: int) -> None:
        self.repeat(
            times,
            lambda: answering.record_typed(
                self.conn, *self.key, raw, message_id=self.typed, now=NOW
            ),
        )
        self.typed += 1
        found = responses.find(self.conn, *self.key)
        assert found is not None
        if self.open:
            self.given, self.at = dict(found.answers), found.at_item

    @rule(times=times)
    def pause(self, times: int) -> None:
        self.repeat(times, lambda: responses.pause(self.conn, *self.key))

    @rule(times=times)
    def submit(self, times: int) -> None:
        first = self.repeat(times, lambda: submitting.submit(self.conn, *self.key, now=NOW))
        assert isinstance(first, submitting.Submitted)
        if not self.open:
            assert first.sent is Sent.ALREADY
            return
        self.at = None
        if isinstance(engine.next_step(EVERYTHING, self.given, now=NOW), Review):
            assert first.sent is Sent.NAMED
            self.sent = engine.effective(EVERYTHING, self.given, now=NOW)
            self.editing = False
        else:
            assert first.sent is Sent.INCOMPLETE

    @rule(times=times)
    def reopen(self, times: int) -> None:
        self.repeat(times, lambda: responses.reopen(self.conn, *self.key, now=NOW))
        if not self.open and self.sent is not None:
            self.given = {"hello": None} | self.sent
            self.editing, self.at = True, None

    @rule(times=times)
    def forget_changes(self, times: int) -> None:
        if self.editing:
            self.repeat(times, lambda: responses.discard(self.conn, *self.key))
            self.editing, self.at = False, None

    @invariant()
    def rows_equal_the_model(self) -> None:
        found = responses.find(self.conn, *self.key)
        assert found is not None
        assert found.sent is not self.open
        assert responses.submission(self.conn, self.key[0]) == (self.sent or {})
        if self.open:
            assert found.answers == self.given
            assert found.at_item == self.at


Walk.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestAnyWalk = Walk.TestCase
