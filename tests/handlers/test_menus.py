"""The menu, the help, what is not understood, groups, and Telegram's own command menu."""

import re
from pathlib import Path

from bot.menu import COMMANDS, commands_for
from bot.texts import menu as words
from storage.people.people import Grant, Role
from storage.scopes import REGION, Scope, ScopeKind
from tests.kit.people import registered
from tests.kit.world import ADMIN, World

EYSK = Scope(ScopeKind.MUNICIPALITY, "Ейский район")


def test_every_command_has_words_that_fit_telegrams_menu() -> None:
    assert [command.name for command in COMMANDS] == list(words.COMMANDS)
    assert all(1 <= len(text) <= 256 for text in words.COMMANDS.values())
    assert all(command.place in words.PLACES for command in COMMANDS if command.place)
    assert len(words.DESCRIPTION) <= 512
    assert len(words.SHORT_DESCRIPTION) <= 120


def test_the_readme_names_every_command() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert [command.name for command in COMMANDS if f"/{command.name}" not in readme] == []


async def test_the_help_lists_every_command_one_may_use_and_no_other(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    oleg = await registered(world, "Олег", "Сомов", roles=[Grant(Role.COORDINATOR, EYSK)])
    boss = await registered(world, "Ирина", "Главная", admin=True)
    listed = {}
    for someone in (anna, oleg, boss):
        await someone.says("/help")
        listed[someone] = re.findall(r"^/(\w+) — ", someone.screen.text, re.MULTILINE)
    assert listed[anna] == [command.name for command in COMMANDS if command.action is None]
    assert listed[boss] == [command.name for command in COMMANDS]
    assert set(listed[anna]) < set(listed[oleg]) < set(listed[boss])


async def test_telegrams_menu_of_a_chat_follows_the_roles_of_its_person(world: World) -> None:
    def menu(person_id: int) -> list[str]:
        return [one["command"] for one in world.telegram.profile.commands_for(person_id, "ru")]

    anna = await registered(world, "Анна", "Щеглова")
    boss = await registered(world, "Ирина", "Главная", admin=True)
    await world.restart()
    await anna.says("/menu")
    general = [command.name for command in commands_for(None, ())]
    assert menu(anna.id) == general
    assert menu(ADMIN) == [command.name for command in COMMANDS]
    await boss.says("/invite")
    for label in ("Координатора", "Весь край", "7 дней", "1 человек"):
        await boss.taps(label)
    link = re.search(r"start=(\S+)", boss.screen.text)
    assert link
    await anna.says(f"/start {link[1]}")
    assert "people" in menu(anna.id)
    assert "networks" not in menu(anna.id)


async def test_unknown_input_is_never_met_with_silence(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова", "Петровна")
    await anna.says("что нового?")
    anna.sees("Не понял", "Мои опросы")
    await anna.says("/abracadabra")
    anna.sees("Такой команды нет", "/surveys")
    await anna.sends_file("план.docx", b"PK")
    anna.sees("Файл получен")
    await anna.taps_data("zz0:1:2")
    assert "больше не действует" in anna.toast
    anna.sees("Анна Петровна, чем займёмся?")


async def test_cancel_leaves_a_form_and_says_so(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/me")
    await anna.taps("Фамилия")
    await anna.says("/cancel")
    anna.sees("Прервали")
    await anna.says("Совина")
    anna.sees("Не понял")
    await anna.says("/cancel")
    anna.sees("Прерывать нечего")


async def test_a_link_nobody_knows_leads_to_the_menu(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова", roles=[Grant(Role.EXPERT, REGION)])
    await anna.says("/start zz_1")
    anna.sees("Эта ссылка боту незнакома", "О себе")


async def test_whoever_corrects_a_sent_message_is_told_that_it_is_not_read_again(
    world: World,
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("учитель физеки")
    sent = [one for one in world.telegram.history(anna.id) if not one.outgoing][-1]
    world.telegram.edit_own(anna.id, sent.message_id, "учитель физики")
    await world.settle()
    anna.sees("Исправленное сообщение бот не перечитывает")
