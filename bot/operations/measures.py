"""What /healthz and /metrics ask of the running bot."""

import time
from typing import TYPE_CHECKING

from bot.operations.health import Reading, Vitals, counter, gauge

if TYPE_CHECKING:
    from bot.app import App


def vitals(app: "App") -> Vitals:
    """For /healthz."""
    polls = app.settings.webhook_url is None
    return Vitals(
        poll=time.monotonic() - app.poller.last_answer if polls else None,
        inbox=app.conveyor.oldest,
        work=app.conveyor.longest_at_work,
        writer=app.heartbeat.age,
    )


def readings(app: "App") -> list[Reading]:
    """For /metrics."""
    ages = vitals(app)
    return [
        counter("updates_received", "Updates kept", app.intake.received),
        counter("updates_handled", "Updates seen through", app.conveyor.handled),
        counter("updates_aside", "Updates set aside", app.conveyor.aside),
        counter("updates_slowed", "Updates held back by the throttle", app.conveyor.slowed),
        gauge("updates_waiting", "Updates not yet seen through", app.conveyor.backlog),
        gauge("oldest_update_seconds", "Age of the oldest of them", ages.inbox),
        gauge("poll_seconds", "Since Telegram last answered a poll", ages.poll or 0),
        counter("poll_conflicts", "Polls refused with 409", app.poller.conflicts),
        counter("calls", "Calls to Telegram", app.outgoing.calls),
        counter("calls_repeated", "Of these, repetitions", app.outgoing.repeated),
        counter("calls_too_fast", "Answered with 429", app.outgoing.refused_for_speed),
        gauge("messages_waiting", "Messages waiting for their turn", app.limiter.waiting),
        gauge("paused_seconds", "Silence Telegram asked for", app.limiter.paused),
        gauge("writer_waiting", "Jobs waiting for the database", app.db.waiting),
        gauge("writer_seconds", "The writer owes an answer for", ages.writer),
        Reading("outbox", "Outbox rows seen to", "counter", app.sender.outcomes, "outcome"),
    ]
