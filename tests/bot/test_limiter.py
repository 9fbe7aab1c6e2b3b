"""The limiter: never faster than Telegram allows, replies first, one pause for all."""

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.limiter import Lane, Limiter, Limits


class Seconds:
    """A clock of seconds that the virtual loop below moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def simulate(limits: Limits, plan: list[tuple[int, Lane]]) -> list[tuple[float, int, Lane]]:
    """When each of `plan` gets its turn, asked for all at once; time passes without waiting."""
    seconds = Seconds()
    granted: list[tuple[float, int, Lane]] = []

    async def one(limiter: Limiter, chat: int, lane: Lane) -> None:
        await limiter.turn(chat, lane)
        granted.append((seconds.now, chat, lane))

    async def run() -> None:
        loop = asyncio.get_running_loop()
        timers: list[tuple[float, Callable[[], None]]] = []

        class Handle:
            def cancel(self) -> None:
                timers.clear()

        def call_later(delay: float, callback: Callable[[], None]) -> Handle:
            timers[:] = [(seconds.now + delay, callback)]
            return Handle()

        loop.call_later = call_later  # type: ignore[method-assign,assignment]  # virtual time
        limiter = Limiter(limits, seconds=seconds)
        tasks = [asyncio.ensure_future(one(limiter, chat, lane)) for chat, lane in plan]
        while not all(task.done() for task in tasks):
            for _ in range(3):
                await asyncio.sleep(0)
            if timers:
                at, callback = timers.pop()
                seconds.now = max(seconds.now, at) + 1e-9
                callback()
        await asyncio.gather(*tasks)

    asyncio.run(run())
    return granted


requests = st.lists(st.tuples(st.integers(1, 4), st.sampled_from(Lane)), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(requests)
def test_no_rate_is_ever_exceeded_and_everybody_gets_a_turn(plan: list[tuple[int, Lane]]) -> None:
    limits = Limits(overall=10, overall_burst=5, chat=1, chat_burst=3)
    granted = simulate(limits, plan)
    assert sorted((chat, lane) for _, chat, lane in granted) == sorted(plan)

    def conforms(times: list[float], rate: float, burst: int) -> bool:
        # In any stretch of time no more than its rate allows, and one burst.
        return all(
            index - first + 1 <= burst + (times[index] - times[first]) * rate + 1e-6
            for first in range(len(times))
            for index in range(first, len(times))
        )

    assert conforms([at for at, _, _ in granted], limits.overall, limits.overall_burst)
    for chat in {chat for chat, _ in plan}:
        assert conforms([at for at, c, _ in granted if c == chat], limits.chat, limits.chat_burst)


def test_replies_go_first_and_broadcasts_last() -> None:
    limits = Limits(overall=10, overall_burst=1, chat=1000, chat_burst=1000)
    plan = [(chat, lane) for lane in reversed(Lane) for chat in range(1, 6)]
    order = [lane for _, _, lane in simulate(limits, plan)][1:]  # the very first found no queue
    assert order == sorted(order)


def test_a_chat_that_must_wait_holds_nobody_up() -> None:
    limits = Limits(overall=1000, overall_burst=1000, chat=1, chat_burst=1)
    granted = simulate(limits, [(1, Lane.REPLY)] * 5 + [(2, Lane.BROADCAST)])
    assert next(at for at, chat, _ in granted if chat == 2) == pytest.approx(100, abs=0.01)
    assert granted[-1][0] == pytest.approx(104, abs=0.01)


async def test_a_pause_silences_every_lane_for_exactly_that_long() -> None:
    seconds = Seconds()
    limiter = Limiter(Limits(), seconds=seconds)
    limiter.pause(7)
    limiter.pause(3)
    waiting = [asyncio.ensure_future(limiter.turn(1, lane)) for lane in Lane]
    seconds.now += 6.9
    await asyncio.sleep(0)
    limiter._grant()
    assert limiter.waiting == 3
    assert limiter.paused == pytest.approx(0.1)
    seconds.now += 0.1
    limiter._grant()
    await asyncio.gather(*waiting)


async def test_somebody_who_gives_up_waiting_takes_no_turn() -> None:
    seconds = Seconds()
    limiter = Limiter(Limits(chat=1, chat_burst=1), seconds=seconds)
    await limiter.turn(1)
    given_up = asyncio.ensure_future(limiter.turn(1))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)
    assert limiter.waiting == 0
    seconds.now += 1
    await limiter.turn(1)


def test_a_process_that_begins_has_saved_nothing_up() -> None:
    # Telegram still counts what the process before it sent: a burst now would be one too many.
    granted = simulate(
        Limits(overall=25, overall_burst=25), [(chat, Lane.REPLY) for chat in range(26)]
    )
    assert granted[-1][0] == pytest.approx(101, abs=0.01)
