"""A personal link of the register: its row is the person's, and what it says need not be typed."""

from bot.command_menu import set_personal_commands
from bot.keyboards import keyboard
from bot.menu import menu
from bot.screens import Screen
from bot.search import folded
from bot.situation import Situation
from bot.texts import register as words
from bot.texts.people import address
from handlers.deep_links import deep_link
from storage.people import people, places, register_joining
from storage.people.register_joining import Joining

PREFIX = "rg_"


@deep_link(PREFIX, early=True)
async def accept(code: str, situation: Situation) -> Screen:
    """Somebody followed their personal link, straight after the consent or long after.

    Of whoever is not registered yet only what the row does not say is asked next.
    """
    db, number = situation.db, situation.person.id
    outcome, given = await db.write(register_joining.join, code, number, now=situation.now)
    new = not situation.person.registered
    if new and outcome in {Joining.JOINED, Joining.ALREADY}:
        await db.write(register_joining.introduce, number, folded, now=situation.now)
    person = await db.read(people.by_id, number) or situation.person
    first = words.joined(outcome, given, await db.read(places.titles))
    if new and outcome is Joining.JOINED:
        first = words.known(address(person), first, through=person.registered)
    if not person.registered:
        return Screen(first, keyboard())
    if given is not None or new:
        await set_personal_commands(situation.bot, person, situation.admin_ids)
    return menu(person, situation.admin_ids, first=first)
