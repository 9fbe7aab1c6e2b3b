"""An answer that is a file: a photo, a document, a recording; and who may see it."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook, load_workbook

from bot.campaigns.reporting import Order, write_workbook
from sandbox.files import Upload as Sent
from storage.files.files import FOLDER
from storage.people.people import Grant, Role
from storage.questionnaires import campaigns, exports, publishing, repeats, trials
from storage.questionnaires.campaigns import Campaign
from storage.questionnaires.publishing import CannotPublishError
from storage.scopes import REGION, Scope, ScopeKind
from surveys.answers import is_file
from surveys.questionnaire import Anonymity, Questionnaire, Text, Upload
from tests.kit.forms import opened
from tests.kit.people import person_id, registered
from tests.kit.pictures import png
from tests.kit.world import Person, World

FORM = Questionnaire(
    id="lesson",
    version=1,
    title="Открытый урок",
    editable_after_submit=True,
    items=(
        Upload(type="image", name="photo", label="Фото занятия", required=True),
        Upload(type="file", name="plan", label="План урока"),
        Upload(type="audio", name="voice", label="Скажите своими словами"),
        Text(name="more", label="Что ещё?"),
    ),
)
PICTURE, OTHER_PICTURE = png(40, 30), png(50, 40)
VOICE = b"OggS\x00\x02" + bytes(64)


@pytest.fixture
async def campaign(world: World) -> Campaign:
    return await world.db.write(lambda conn: opened(conn, form=FORM))


@pytest.fixture
async def anna(world: World, campaign: Campaign) -> Person:
    someone = await registered(world, "Анна", "Щеглова", "Петровна")
    await world.settle()
    assert campaign.title == FORM.title
    for label in ("Подробнее и ответить", "Начать"):
        await someone.taps(label)
    return someone


def stored(world: World) -> list[bytes]:
    """What lies in the folder of files."""
    folder: Path = world.folder / FOLDER
    return sorted(path.read_bytes() for path in folder.glob("*/*"))


async def sent(world: World, campaign: Campaign) -> list[exports.ExportedResponse]:
    return await world.db.read(lambda conn: list(exports.responses(conn, campaign)))


async def says_aloud(world: World, someone: Person, content: bytes = VOICE) -> None:
    world.telegram.send_voice(someone.id, content)
    await world.settle()


async def answer_all(world: World, someone: Person) -> None:
    await someone.sends_photo(PICTURE)
    await someone.sends_file("План урока.txt", "Цель урока".encode())
    await says_aloud(world, someone)
    await someone.taps("Пропустить")


async def test_photo_document_and_voice_are_answers_shown_in_the_summary_and_changeable(
    world: World, anna: Person, campaign: Campaign
) -> None:
    anna.sees("Фото занятия", "Пришлите одну фотографию", "20 МБ")
    await anna.sends_photo(PICTURE)
    anna.sees("Записано: «фото.png»", "План урока", "Пропустить")
    await anna.sends_file("План урока.txt", "Цель урока".encode(), caption="вот он")
    anna.sees("Записано: «План урока.txt»", "Подпись к файлу в ответ не входит")
    await says_aloud(world, anna)
    anna.sees("запись.ogg")
    await anna.taps("Пропустить")
    anna.sees("Проверьте ответы", "фото.png", "План урока.txt", "запись.ogg")
    await anna.taps("2")
    anna.sees("Сейчас: План урока.txt", "Показать файл", "Оставить как есть")
    await anna.taps("Показать файл")
    assert anna.documents[-1].content == "Цель урока".encode()
    await anna.sends_file("план 2.txt", "Новый план".encode())
    anna.sees("Проверьте ответы", "план 2.txt")
    anna.sees_not("План урока.txt")
    await anna.taps("Отправить")
    (found,) = await sent(world, campaign)
    names = {name: answer["name"] for name, answer in found.answers.items() if is_file(answer)}
    assert names == {"photo": "фото.png", "plan": "план 2.txt", "voice": "запись.ogg"}
    await world.settle()
    assert stored(world) == sorted([PICTURE, "Новый план".encode(), VOICE])


async def test_what_is_sent_leaves_the_chat_as_typed_answers_do(world: World, anna: Person) -> None:
    before = len(world.telegram.history(anna.id))
    await answer_all(world, anna)
    assert len(world.telegram.history(anna.id)) == before


async def test_wrong_kinds_harm_and_size_are_refused_in_a_sentence(
    world: World, anna: Person
) -> None:
    for name, content, said in (
        ("план.txt", b"text", "Здесь нужна фотография"),
        ("игра.exe", b"MZ" + bytes(90), "Программы и сценарии"),
    ):
        await anna.sends_file(name, content)
        anna.sees(said, "Фото занятия")
    await anna.says("вот фото")
    anna.sees("не слова, а файл", "Фото занятия")
    await says_aloud(world, anna)
    anna.sees("Здесь нужна фотография")
    world.telegram.send_file(anna.id, "большое.png", bytes(20_000_001))
    await world.settle()
    anna.sees("слишком большой", "20 МБ", "Фото занятия")
    await anna.says("пропустить")
    anna.sees("Фото занятия")
    await anna.sends_file("снимок.png", PICTURE)
    anna.sees("Записано: «снимок.png»")
    await world.settle()
    assert stored(world)[-1] == PICTURE


async def test_staff_are_told_that_a_workbook_was_taken_as_an_answer_and_how_to_undo_it(
    world: World, campaign: Campaign
) -> None:
    vera = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.COORDINATOR, REGION)])
    anna = await registered(world, "Анна", "Щеглова")
    await world.settle()
    book = saved(Workbook())
    for someone, told in ((vera, True), (anna, False)):
        for label in ("Подробнее и ответить", "Начать"):
            await someone.taps(label)
        await someone.sends_photo(PICTURE)
        await someone.sends_file("карта.xlsx", book)
        someone.sees("Записано: «карта.xlsx»")
        assert ("это анкета или дорожная карта" in someone.screen.text) is told
    await vera.taps("‹ Назад")
    await vera.sends_file("план.txt", b"plan")
    vera.sees("Записано: «план.txt»")
    await vera.says("/forms")
    await vera.taps("Загрузить анкету")
    await vera.sends_file("анкета.xlsx", b"not a workbook")
    vera.sees("Это не книга Excel")  # taken as a questionnaire, not as an answer


async def test_of_an_album_the_first_file_is_the_answer(world: World, anna: Person) -> None:
    pair = [("photo", Sent("a.png", PICTURE)), ("photo", Sent("b.png", OTHER_PICTURE))]
    world.telegram.send_album(anna.id, pair)
    await world.settle()
    anna.sees("первый из присланных записан", "План урока")
    assert stored(world) == [PICTURE]


async def test_a_file_handled_again_after_a_crash_answers_one_question(
    world: World, anna: Person, campaign: Campaign
) -> None:
    photo = world.telegram.send_photo(anna.id, PICTURE).to_json()
    await world.settle()
    world.telegram.update("message", anna.id, photo)
    await world.settle()
    anna.sees("План урока")
    for _ in range(3):
        await anna.taps("Пропустить")
    await anna.taps("Отправить")
    (found,) = await sent(world, campaign)
    assert found.answers["plan"] is None
    assert stored(world) == [PICTURE]


async def test_what_was_sent_keeps_its_file_until_something_else_is_sent(
    world: World, anna: Person
) -> None:
    await answer_all(world, anna)
    await anna.taps("Отправить")
    await anna.taps("Изменить ответы")
    await anna.taps("1")
    await anna.sends_photo(OTHER_PICTURE)
    await world.settle()
    assert PICTURE in stored(world)
    await anna.taps("Не менять")
    await world.settle()
    assert PICTURE in stored(world)
    assert OTHER_PICTURE not in stored(world)
    await anna.says("/surveys")
    await anna.taps("Открытый урок")
    await anna.taps("Изменить ответы")
    await anna.taps("1")
    await anna.sends_photo(OTHER_PICTURE)
    await anna.taps("Отправить исправленное")
    await world.settle()
    assert PICTURE not in stored(world)
    assert OTHER_PICTURE in stored(world)


async def test_the_coordinator_gets_all_files_of_the_own_territory_as_an_archive(
    world: World, anna: Person, campaign: Campaign
) -> None:
    vera = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.COORDINATOR, REGION)])
    abinsk = Scope(ScopeKind.MUNICIPALITY, "Абинский район")
    rita = await registered(world, "Рита", "Белова", roles=[Grant(Role.COORDINATOR, abinsk)])
    await vera.says("/campaigns")
    await vera.taps("Открытый урок")
    await vera.taps("Файлы ответов")
    assert "Файлов пока нет" in vera.toast
    await answer_all(world, anna)
    await anna.taps("Отправить")
    await vera.taps("Файлы ответов")
    (archive,) = vera.documents
    with zipfile.ZipFile(io.BytesIO(archive.content)) as opened_:
        inside = {name: opened_.read(name) for name in opened_.namelist()}
    assert inside == {
        "Ейский район/Щеглова А. П/1. Фото занятия.png": PICTURE,
        "Ейский район/Щеглова А. П/2. План урока.txt": "Цель урока".encode(),
        "Ейский район/Щеглова А. П/3. Скажите своими словами.ogg": VOICE,
    }
    target = world.folder / "report.xlsx"
    await world.db.copy_to(copy := world.folder / "copy.sqlite3")
    order = Order(campaign.id, (REGION,), world.clock(), ZoneInfo("Europe/Moscow"))
    assert write_workbook(copy, order, target)  # what the report's own process runs
    answers = list(load_workbook(target)["Ответы"].values)
    assert {"фото.png", "План урока.txt", "запись.ogg"} <= set(answers[1])
    await rita.says("/campaigns")
    await rita.taps("Открытый урок")
    await rita.taps("Файлы ответов")
    assert rita.documents == []
    await anna.taps_data(vera.data_of("Файлы ответов"))
    assert len(anna.documents) == 0


async def test_nobody_looks_at_somebody_elses_file(world: World, anna: Person) -> None:
    await answer_all(world, anna)
    press = anna.data_of("Показать файлы")
    oleg = await registered(world, "Олег", "Сомов")
    await oleg.taps_data(press)
    oleg.sees("Этих ответов больше нет")
    assert oleg.documents == []
    await anna.taps_data(press)
    assert anna.documents[-1].content == "Цель урока".encode()


async def test_an_erased_person_leaves_no_file(world: World, anna: Person) -> None:
    await answer_all(world, anna)
    await anna.taps("Отправить")
    await anna.says("/privacy")
    anna.sees("Файлы, которые вы дали как ответы")
    await anna.taps("Отозвать согласие и удалить")
    await anna.taps("Да, удалить всё")
    await world.settle()
    assert stored(world) == []


async def test_a_file_is_asked_for_with_a_name_only(world: World) -> None:
    with pytest.raises(CannotPublishError) as refusal:
        await world.db.write(
            lambda conn: opened(conn, form=FORM, anonymity=Anonymity.ANONYMOUS, key="secret")
        )
    assert refusal.value.items == ("photo", "plan", "voice")
    vera = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.COORDINATOR, REGION)])
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    for row in (["type", "name", "label"], ["image", "photo", "Фото"], ["text", "why", "Почему?"]):
        sheet.append(row)
    settings = book.create_sheet("settings")
    settings.append(["form_title", "form_id", "anonymity"])
    settings.append(["Снимок", "shot", "anonymous"])
    await vera.sends_file("анкета.xlsx", saved(book))
    vera.sees("выдаёт автора")
    await vera.taps("Опубликовать")
    vera.sees("В анонимной анкете нельзя спрашивать файл («photo»)", "anonymity = named")
    await vera.taps("К анкете")
    await vera.taps("Пройти пробно")
    await vera.sends_photo(PICTURE)
    vera.sees("Почему?")
    await world.db.write(trials.discard, await person_id(world, vera))
    await world.settle()
    assert stored(world) == []
    settings["C2"] = "named"
    await vera.sends_file("анкета.xlsx", saved(book))
    await vera.taps("Опубликовать")
    for label in ("Провести опрос", "Без уточнения"):
        await vera.taps(label)
    vera.sees("только именной", "Именной")
    vera.sees_not("Анонимный")
    for label in ("Именной", "Дальше", "Сейчас", "7 дней", "Открыть опрос"):
        await vera.taps(label)
    assert vera.has_seen("Именной опрос")


async def test_an_anonymous_campaign_is_held_again_by_the_version_that_asks_no_file(
    world: World,
) -> None:
    plain = FORM.model_copy(update={"items": FORM.items[3:]})
    first = await world.db.write(
        lambda conn: opened(conn, form=plain, anonymity=Anonymity.ANONYMOUS, key="plain")
    )
    assert publishing.file_items(FORM) == ("photo", "plan", "voice")
    await world.db.write(repeats.repeat, first, 3, now=world.clock())
    newer = FORM.model_copy(update={"version": 2})
    await world.db.write(publishing.publish, newer, now=world.clock())
    due = first.opens_at + timedelta(days=93)
    assert await world.db.write(repeats.open_due, now=due) == 1
    again = (await world.db.read(campaigns.every))[-1]
    assert again.id != first.id
    assert (again.anonymous, again.questionnaire_version) == (True, 1)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
