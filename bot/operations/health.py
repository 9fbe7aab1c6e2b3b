"""Is the bot alive? /healthz for whoever restarts it, /metrics for whoever watches it.

No label and no value here concerns a person.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

STALE_POLL = 90.0
"""Seconds since Telegram last answered a poll; a poll without news lasts 30."""

STALE_WORK = 120.0
"""Seconds one update may be at work. What waits for its person's throttle or for Telegram to come
back is old without anything being wrong here."""

STALE_WRITER = 30.0
"""Seconds the writer may owe an answer."""


@dataclass(frozen=True)
class Vitals:
    """Ages in seconds.

    Attributes:
        poll: since Telegram last answered a poll; None where there are none (webhook).
        inbox: of the oldest update not yet seen through, whatever it waits for.
        work: since the longest of the updates that are ready or at work came to its turn.
        writer: since the writer owes an answer.
    """

    poll: float | None
    inbox: float
    work: float
    writer: float

    @property
    def ailing(self) -> list[str]:
        """What is stale."""
        return [
            name
            for name, age, limit in (
                ("poll", self.poll, STALE_POLL),
                ("work", self.work, STALE_WORK),
                ("writer", self.writer, STALE_WRITER),
            )
            if age is not None and age > limit
        ]


@dataclass(frozen=True)
class Reading:
    """One value for /metrics.

    `kind` is "counter" or "gauge"; `labels` has one more dimension of fixed words at most.
    """

    name: str
    meaning: str
    kind: str
    values: Mapping[str, float]
    label: str = ""


def counter(name: str, meaning: str, value: float) -> Reading:
    """A number that only grows."""
    return Reading(name, meaning, "counter", {"": value})


def gauge(name: str, meaning: str, value: float) -> Reading:
    """A number that comes and goes."""
    return Reading(name, meaning, "gauge", {"": value})


class Readings(Collector):
    """Asks the running bot for its numbers when Prometheus comes by; nothing is counted twice."""

    def __init__(self, read: Callable[[], list[Reading]]) -> None:
        self._read = read

    def collect(self) -> list[Metric]:
        """As Prometheus' client wants them."""
        found: list[Metric] = []
        for reading in self._read():
            family = CounterMetricFamily if reading.kind == "counter" else GaugeMetricFamily
            labels = [reading.label] if reading.label else []
            metric = family(f"bot_{reading.name}", reading.meaning, labels=labels)
            for word, value in reading.values.items():
                metric.add_metric([word] if labels else [], value)
            found.append(metric)
        return found


class Health:
    """Serves both addresses.

    Args:
        vitals: measures the ages now.
        readings: the numbers now.
    """

    def __init__(
        self,
        vitals: Callable[[], Vitals],
        readings: Callable[[], list[Reading]],
    ) -> None:
        self._vitals = vitals
        self._registry = CollectorRegistry()
        self._registry.register(Readings(readings))

    def routes(self) -> list[web.RouteDef]:
        """/healthz and /metrics."""
        return [web.get("/healthz", self.healthz), web.get("/metrics", self.metrics)]

    async def healthz(self, _: web.Request) -> web.Response:
        """200 while everything moves, 503 with what does not."""
        vitals = self._vitals()
        body = {
            "ok": not vitals.ailing,
            "stale": vitals.ailing,
            "seconds": {
                "since_poll": _rounded(vitals.poll),
                "oldest_in_inbox": _rounded(vitals.inbox),
                "longest_at_work": _rounded(vitals.work),
                "since_writer": _rounded(vitals.writer),
            },
        }
        return web.json_response(body, status=503 if vitals.ailing else 200)

    async def metrics(self, _: web.Request) -> web.Response:
        """In Prometheus' text format."""
        return web.Response(
            body=generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )


def _rounded(age: float | None) -> float | None:
    return None if age is None else round(age, 1)


class Heartbeat:
    """How long the writer has owed an answer: it is asked at every beat.

    `ask` notes the question, `answered` the answer; between the two the age grows.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._asked: float | None = None

    def ask(self) -> None:
        """A question went out; one that is still open stays the older one."""
        if self._asked is None:
            self._asked = self._seconds()

    def answered(self) -> None:
        """It was answered."""
        self._asked = None

    @property
    def age(self) -> float:
        """Seconds the oldest open question has waited; 0 without one."""
        return 0.0 if self._asked is None else self._seconds() - self._asked
