"""What there is to do, by right: one list behind the menu, /help and Telegram's own menu."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bot.callbacks import Go, Place
from bot.keyboards import button, keyboard, rows
from bot.rights import Action, scopes_for
from bot.screens import Screen
from bot.texts import menu as words
from storage.people.people import Person


@dataclass(frozen=True)
class Command:
    """A command without its slash; `action` is the right it takes, None is for everybody.

    `place` is the menu button that leads to the same screen.
    """

    name: str
    action: Action | None = None
    place: Place | None = None


COMMANDS: Final = (
    Command("start"),
    Command("menu"),
    Command("surveys", place=Place.SURVEYS),
    Command("events", place=Place.EVENTS),
    Command("screening", place=Place.SCREENING),
    Command("me", place=Place.ME),
    Command("roadmap", Action.IMPORT_ROADMAPS, Place.ROADMAP),
    Command("tasks", place=Place.TASKS),
    Command("journal", place=Place.JOURNAL),
    Command("review", Action.REVIEW, Place.REVIEW),
    Command("campaigns", Action.OPEN_CAMPAIGNS, Place.CAMPAIGNS),
    Command("forms", Action.MAKE_FORMS, Place.FORMS),
    Command("report", Action.REPORT, Place.REPORT),
    Command("digest", Action.DIGEST, Place.DIGEST),
    Command("broadcast", Action.BROADCAST, Place.BROADCAST),
    Command("people", Action.SEE_PEOPLE, Place.PEOPLE),
    Command("invite", Action.INVITE, Place.INVITE),
    Command("networks", Action.MANAGE_NETWORKS, Place.NETWORKS),
    Command("register", Action.LOAD_REGISTER, Place.REGISTER),
    Command("audit", Action.SEE_AUDIT, Place.AUDIT),
    Command("status", Action.SEE_STATUS, Place.STATUS),
    Command("settings", place=Place.SETTINGS),
    Command("help", place=Place.HELP),
    Command("privacy", place=Place.PRIVACY),
    Command("cancel"),
)


def commands_for(person: Person | None, admin_ids: Collection[int]) -> tuple[Command, ...]:
    """The commands this person may use."""
    return tuple(
        command
        for command in COMMANDS
        if command.action is None or scopes_for(person, command.action, admin_ids)
    )


def menu(person: Person, admin_ids: Collection[int], *, first: str | None = None) -> Screen:
    """The main menu; `first` stands above it instead of the usual greeting."""
    buttons = [
        button(words.PLACES[command.place], Go(to=command.place))
        for command in commands_for(person, admin_ids)
        if command.place is not None
    ]
    return Screen(first or words.greeting(person), keyboard(*rows(buttons, 2)))


def help_screen(person: Person | None, admin_ids: Collection[int]) -> Screen:
    """Every command the person may use, with what it does."""
    names = [command.name for command in commands_for(person, admin_ids)]
    return Screen(words.help_text(names), keyboard([button(words.TO_MENU, Go(to=Place.MENU))]))
