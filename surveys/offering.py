"""Which choices of a closed item are offered, and in which order."""

import random

from surveys.expressions import Expression, parse
from surveys.questionnaire import Choice, Closed, Item
from surveys.xpath import Scope


def offered(item: Item, scope: Scope, seed: int = 0) -> tuple[Choice, ...]:
    """The choices to show, filtered and shuffled as the item says («other» is not among them).

    `seed` is the response's own number, so that one person always sees one order.
    """
    if not isinstance(item, Closed):
        return ()
    choices = list(item.choices)
    if item.choice_filter and isinstance(
        found := parse(item.choice_filter, columns=True), Expression
    ):
        choices = [
            choice
            for choice in choices
            if found.holds(
                Scope(
                    scope.values,
                    scope.now,
                    label=scope.label,
                    columns={**choice.columns, "name": choice.name, "label": choice.label},
                )
            )
            is not False
        ]
    if item.randomize:
        key = f"{item.name}:{seed if item.seed is None else item.seed}"
        random.Random(key).shuffle(choices)  # noqa: S311 - an order of buttons, no secret
        choices.sort(key=lambda choice: choice.alone)  # «ничего из этого» stays last
    return tuple(choices)
