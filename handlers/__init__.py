"""An update arrives: one module per situation of a person.

A handler parses, makes one storage call and shows one screen. No SQL, no arithmetic, no text.
"""

from aiogram import Router


def routers() -> tuple[Router, ...]:
    """Every router, in the order in which an update is offered to them.

    1. A group chat: the bot talks in private only, so nothing below ever sees a group.
    2. Whoever is not registered (or must agree to a new consent text): led on, whatever they send.
    3. Commands and buttons, each with its own filter: their order does not matter.
    4. Half-filled forms (FSM states), which take any text but no command.
    5. Unknown input, last: never silence.
    """
    return ()
