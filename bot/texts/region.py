"""The words of the region's workbook and of its pictures."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from babel.dates import format_date

from bot.region.asks import Ask
from bot.texts.answering import clipped, esc
from bot.texts.grammar import RUSSIAN, counted
from bot.texts.report import LABELS, TOO_FEW
from bot.texts.tasks import LEVELS
from reports.indicator_sheet import CellFault, Fault
from reports.periods import Period, PeriodKind, period_of
from reports.region_labels import Measures, RegionLabels, RegionSheets
from reports.report import Report
from storage.scopes import Scope, ScopeKind
from surveys.indicators import Indicator

KINDS = {"krc": "КРЦ", "lsv": "ЛСВ", "mrc": "МРЦ"}


def period(of: Period) -> str:
    """«ноябрь 2026 года», «2026–2027 учебный год»; a part of one: «…, по 23 ноября»."""
    if of.whole:
        return _whole(of)
    last = format_date(of.last, "d MMMM", locale=RUSSIAN)
    return f"{_whole(period_of(of.kind, of.start))}, по {last}"


def _whole(of: Period) -> str:
    match of.kind:
        case PeriodKind.WEEK:
            return days(of.start, of.last, year=True)
        case PeriodKind.MONTH:
            return format_date(of.start, "LLLL y 'года'", locale=RUSSIAN)
        case PeriodKind.QUARTER:
            return format_date(of.start, "Q-'й' 'квартал' y 'года'", locale=RUSSIAN)
        case PeriodKind.YEAR:
            return f"{of.start.year}–{of.last.year} учебный год"
        case PeriodKind.ALL:
            return f"всё время по {format_date(of.last, 'd MMMM y', locale=RUSSIAN)} года"


def days(first: date, last: date, *, year: bool = False) -> str:
    """«23–29 ноября», «30 ноября – 6 декабря»."""
    end = format_date(last, "d MMMM y 'года'" if year else "d MMMM", locale=RUSSIAN)
    if first.month == last.month:
        return f"{first.day}–{end}"
    return f"{format_date(first, 'd MMMM', locale=RUSSIAN)} – {end}"


def about(scopes: Sequence[Scope], networks: Mapping[str, str], community: str | None) -> str:
    """Whom a summary covers: «Весь край», «сеть «Наставничество», Ейский район»."""
    named = []
    for scope in scopes:
        match scope.kind:
            case ScopeKind.REGION:
                named.append("Весь край")
            case ScopeKind.NETWORK:
                named.append(f"сеть «{networks.get(scope.ref, scope.ref)}»")
            case ScopeKind.MUNICIPALITY:
                named.append(scope.ref)
            case ScopeKind.ORGANISATION:
                named.append(networks.get(f"{scope.kind}:{scope.ref}") or "организация")
    whole = ", ".join(named)
    if community is not None:
        whole += f" · сообщество: {community}"
    return whole[:1].upper() + whole[1:]


LABELS_OF_REGION = RegionLabels(
    words=LABELS.words,
    sheets=RegionSheets(
        overview="Обзор",
        meetings="Мероприятия",
        satisfaction="Удовлетворённость",
        heat="Тепловая карта",
        tasks="Задания",
        people="Участники",
        networks="Сети",
        data="Данные",
        method="Как считалось",
    ),
    measures=Measures(
        people="Педагоги в боте",
        new="Новые за период",
        unreachable="Не получают сообщений",
        active="Активные",
        activity="Активность",
        organisations="Организации",
        headcount="Педагогов всего",
        coverage="Охват",
        planned="Мероприятия по плану",
        held="Проведено",
        without_day="Без даты",
        said="Собирались прийти",
        came="Пришли",
        questionnaires="Опросы",
        invited="Приглашены",
        responded="Ответили",
        rate="Доля ответивших",
        asked="Ответили об удовлетворённости",
        content="Удовлетворены, чел.",
        satisfied="Удовлетворены",
        low="Не меньше",
        high="Не больше",
        mean="Средняя",
        median="Медиана",
        rank="Место",
        given="Выдано",
        submitted="Сдано",
        accepted="Принято",
        at_first="Принято с первой попытки",
        at_second="Принято со второй",
        later="Принято с третьей и позже",
        late="Сдано с опозданием",
        waiting="Ждут проверки",
        translating="Транслируют опыт",
    ),
    title="Сводка региона",
    period=period,
    whole="Весь край",
    communities="сообщество: {community}",
    subtitle="{view} · {period} · составлена {made}",
    figure="Показатель",
    now="За период",
    before="Прошлый период: {period}",
    change="Изменение",
    earlier="{measure} в прошлом периоде",
    change_of="Изменение: {measure}",
    deviation="Отклонение от плана",
    points="Изменение, п. п.",
    target="Цель",
    remark="Пояснение",
    total="Всего",
    municipality="Муниципалитет",
    organisation="Организация",
    community="Профессиональное сообщество",
    network="Сеть",
    network_kind="Вид",
    network_kinds=KINDS,
    leader="Лидер",
    members="Участники сети",
    unknown="не указано",
    number="№",
    meeting="Мероприятие",
    date="Дата",
    section="Раздел дорожной карты",
    sections={
        1: "1. Организационные мероприятия",
        2: "2. Нормативно-правовое обеспечение",
        3: "3. Аналитика, экспертиза, диагностика",
        4: "4. Методическая деятельность",
        5: "5. Распространение опыта",
    },
    no_section="Вне разделов",
    whose="Чьё",
    state="Состояние",
    states={"held": "проведено", "planned": "впереди", "no-day": "дата не названа"},
    questionnaire="Опрос",
    questionnaires="Опросы",
    plan="План",
    fact="Факт",
    unit="Единица",
    source="Откуда",
    computed="посчитано ботом",
    entered="введено вручную",
    not_entered="ещё не введено",
    indicators="Целевые показатели",
    indicators_note="План со знаком «+» — на сколько показатель должен вырасти за год. "
    "Посчитанное ботом берётся за период сводки; введённое вручную — за учебный год.",
    key_figures="Главное",
    course="По месяцам",
    month="Месяц",
    zones="Цвет доли удовлетворённых: красный — до 33 %, оранжевый — от 33 до 50 %, жёлтый — от 50 "
    "до 75 %, зелёный — от 75 %. «Не меньше» и «не больше» — границы 95 % интервала.",
    ranking="Доля удовлетворённых по муниципалитетам",
    funnel="Путь задания",
    part="Доля от выданного",
    accepted_share="Доля принятых",
    by_municipality="По муниципалитетам",
    level="Уровень",
    levels={level.value: name for level, name in LEVELS.items()},
    by_level="По уровням",
    stage="Этап",
    people_by_community="По профессиональным сообществам",
    by_organisation="По организациям",
    by_section="По разделам дорожной карты",
    no_meetings="Мероприятий за этот период нет.",
    no_questionnaires="Опросов, открытых за этот период, нет.",
    no_tasks="Заданий пока нет.",
    no_networks="Сетевых сообществ пока нет.",
    hidden=f"Слова «{TOO_FEW}» стоят там, где на анонимный опрос ответили меньше пяти человек "
    "или где такую группу можно было бы узнать вычитанием. В суммы они не входят.",
    open_anonymous="Итоги анонимных опросов появятся здесь после закрытия.",
    left_out="Выбрано одно сообщество, поэтому анонимные опросы ({count}) не вошли: у их ответов "
    "сообщества нет.",
    measure="Что",
    value="Значение",
    of="Из скольких",
    object="О чём",
    opened="Открыт",
    closes="Закрывается",
    kinds={
        "people": "участники",
        "meeting": "мероприятие",
        "questionnaire": "опрос",
        "tasks": "задания",
    },
    term="Показатель",
    definition="Определение",
    definitions=(
        (
            "Период и прошлый период",
            "Мероприятие относится к периоду по названному дню, а если он не назван — по концу "
            "срока из дорожной карты; опрос — по дню открытия. Прошлый период — такой же по длине, "
            "непосредственно перед этим; незавершённый сравнивается с тем же числом дней прошлого. "
            "Учебный год — с 1 сентября по 31 августа.",
        ),
        (
            "Педагоги в боте",
            "Сколько человек зарегистрировались до конца периода. Удалившие свои данные не "
            "считаются и за прошлое.",
        ),
        (
            "Охват",
            "Педагоги в боте, делённые на общее число педагогов муниципалитета, если оно введено.",
        ),
        (
            "Активность",
            "Доля педагогов, которые за период хотя бы раз пришли на мероприятие или отправили "
            "ответы именного опроса. Участие в анонимных не учитывается: бот никому не показывает, "
            "кто в них участвовал.",
        ),
        (
            "Мероприятия по плану, проведено",
            "По плану — неотменённые мероприятия периода. Проведено — те, чей названный день "
            "наступил. Раздел — номер раздела дорожной карты.",
        ),
        (
            "Собирались прийти, пришли",
            "Ответившие «приду» или «онлайн» и отмеченные на состоявшихся мероприятиях, каждый раз "
            "заново: человек, побывавший на двух, считается дважды.",
        ),
        ("Приглашены, ответили", "Сколько приглашений получено и сколько раз отправлены ответы."),
        ("Доля ответивших", "Ответившие, делённые на приглашённых."),
        (
            "Удовлетворены",
            "Доля людей, выбравших одну из двух высших оценок из пяти. Если вопросов об "
            "удовлетворённости несколько, человек удовлетворён, когда высших оценок у него больше "
            "половины. Интервал — Уилсона, 95 %. Цель — 75 %.",
        ),
        (
            "Средняя, медиана",
            "По всем оценкам вопросов об удовлетворённости: сумма баллов, делённая на число "
            "оценок, и оценка, выше и ниже которой оценок поровну.",
        ),
        (
            "Место",
            "По доле удовлетворённых, от наибольшей; при равных долях место одно и то же.",
        ),
        (
            "Задания",
            "Задания, срок сдачи которых (если его нет — день открытия) попал в период, какими они "
            "стоят сегодня. Выдано — по одному на каждого, кому задание открыто. Доля принятых — "
            "принятые с любой попытки, делённые на выданные. С опозданием — по первой сданной "
            "работе.",
        ),
        (
            "Отклонение от плана",
            "Факт минус план. У показателей со знаком «+» и план, и факт — это прирост за год.",
        ),
        (
            "Транслируют опыт",
            "Состоявшиеся мероприятия раздела 5 дорожных карт сетей. Показатель плана — на сколько "
            "их в среднем на сеть больше, чем за прошлый период.",
        ),
        (
            "Участники сетевых сообществ",
            "Организации из муниципалитетов сети, в которых есть хотя бы один педагог в боте: "
            "на сколько их в среднем на сеть больше, чем к началу периода.",
        ),
        (
            "Участие ТМС в сетевых сообществах",
            "Доля муниципалитетов, входящих хотя бы в одну сеть.",
        ),
        (
            "Доля участвующих организаций",
            "Организации, где за период был хотя бы один активный педагог, среди всех организаций, "
            "известных боту.",
        ),
        (
            "Удовлетворённость услугами КРЦ и ЛСВ",
            "По опросам об услугах центра; если за период их не было — по всем опросам.",
        ),
        (
            f"«{TOO_FEW.capitalize()}»",
            "Группы меньше пяти человек в анонимных опросах не показаны ни на одном листе. Что "
            "скрыто, решается один раз по всему опросу, одинаково для всех читателей и отборов; "
            "суммы по строкам и столбцам складываются только из показанного.",
        ),
        (
            "Формулы",
            "Суммы, доли и изменения — формулы, их можно проверить. Сумма под таблицей с отбором "
            "считается по строкам, которые оставлены на экране.",
        ),
        (
            "Защита ячеек",
            "Слова людей записаны как текст: знаки = + - @ в начале не превращаются в формулу.",
        ),
    ),
    no_headcount="Общее число педагогов не введено, поэтому охват не посчитан.",
)


REGION_REPORT = "Сводка региона"
MAKE = "Сделать таблицу"
ASKS = {Ask.PERIOD: "Период", Ask.PLACE: "Территория", Ask.COMMUNITY: "Сообщество"}
INDICATORS = "Целевые показатели"
CHOOSE_PERIOD = "За какой период?"
CHOOSE_PLACE = "По какой сети или по какому муниципалитету?"
CHOOSE_COMMUNITY = "По какому профессиональному сообществу?"
EVERYTHING = "Всё, что мне видно"
ALL_COMMUNITIES = "Все сообщества"
BACK = "‹ Назад"
FAILED = "Таблицу сделать не получилось. Попробуйте ещё раз чуть позже."
DONE = "Готово: таблица в сообщении выше."
REGION_ONLY = "Целевые показатели вводит координатор края."
FIGURE_FAULT = (
    "Не получилось прочитать число. Напишите факт, например «3» или «42,5»; чтобы указать и план, "
    "напишите через черту: «3 / 5»."
)

BY_SHEET = "Загрузить таблицей"
ASK_SHEET = (
    "Выше — таблица показателей с тем, что уже известно. Заполните столбцы «План» и «Факт» и "
    "пришлите файл сюда. Пустая ячейка ничего не меняет; факты, которые считает бот, он возьмёт "
    "сам. Можно прислать и саму сводку региона с исправленным листом «Обзор»."
)
_SHEET_FAULTS = {
    Fault.UNREADABLE: "это не таблица .xlsx или она больше 2 МБ. Сохраните её в Excel заново.",
    Fault.NO_TABLE: "нет строки с заголовками «Показатель», «План» и «Факт». Возьмите таблицу, "
    "которую прислал бот.",
    Fault.UNKNOWN: "показателя «{value}» нет. Названия менять нельзя.",
    Fault.TWICE: "«{value}» уже есть выше. Оставьте одну строку.",
    Fault.NUMBER: "«{value}» — не число. Напишите, например, 42,5.",
    Fault.TOO_LARGE: "«{value}» — слишком большое число. Проверьте его.",
    Fault.NOTHING: "не заполнен ни один план и ни один факт. Впишите хотя бы одно число.",
}
_FAULTS_SHOWN = 30


def indicator_file(year: str) -> str:
    """The name of the spreadsheet to fill in."""
    return f"Целевые показатели {year}.xlsx"


def indicator_form(year: str, made: datetime) -> Report:
    """Its titles; the table comes with `reports.indicator_sheet`."""
    title = f"{INDICATORS}, {year.replace('-', '–')} учебный год"
    subject = (
        "Заполните «План» и «Факт» и пришлите таблицу боту. Пустая ячейка ничего не меняет. План "
        "показателя, который должен вырасти, — на сколько он вырастет за год."
    )
    return Report(title, subject, made, (), LABELS.words)


def sheet_refused(faults: Sequence[CellFault]) -> str:
    """Every fault at once, by cell; nothing of the sheet was taken."""
    lines = [
        (f"• {esc(one.sheet)}, {one.place}: " if one.place else "• ")
        + _SHEET_FAULTS[one.fault].format(value=esc(clipped(one.value, 60)))
        for one in faults[:_FAULTS_SHOWN]
    ]
    if len(faults) > _FAULTS_SHOWN:
        lines.append(f"… и ещё {len(faults) - _FAULTS_SHOWN}.")
    return (
        "Таблица не загружена, ничего не изменилось:\n"
        + "\n".join(lines)
        + "\n\nИсправьте и пришлите ещё раз."
    )


def sheet_taken(count: int) -> str:
    """Above the list."""
    return f"Загружено: {counted(count, 'показатель', 'показателя', 'показателей')}.\n\n"


def form(when: str, whom: str) -> str:
    """What the workbook will cover."""
    return (
        f"<b>{REGION_REPORT}</b>\n\n{esc(whom)}\nПериод: {when}\n\nВ таблице: обзор с изменением к "
        "прошлому периоду, целевые показатели, мероприятия, удовлетворённость с тепловой картой, "
        "задания, участники, сети и данные для сводных таблиц."
    )


def making(when: str, whom: str) -> str:
    """While it is being made."""
    return f"Собираю сводку: {esc(whom)}, {when}. Это займёт до минуты."


def caption(when: str, whom: str) -> str:
    """Under the file."""
    return f"{REGION_REPORT}: {esc(whom)}, {when}."


def file_name(of: Period, whom: str) -> str:
    """«Сводка – Весь край – 2026–2027 учебный год.xlsx»."""
    clean = re.sub(r'[\\/:*?"<>|\x00-\x1f]', " ", f"Сводка – {whom} – {period(of)}")
    return f"{' '.join(clean.split())[:80].strip('. ')}.xlsx"


def numbered(number: int, name: str) -> str:
    """A button."""
    return f"{number}. {name}"


def indicator(each: Indicator, plan: float | None, fact: float | None) -> str:
    """A line of the list."""
    planned = each.target if plan is None else plan
    sign = "+" if each.relative else ""
    if each.code.computed:
        tail = "считает бот"
    else:
        tail = "факт не введён" if fact is None else f"факт {shown(fact)}"
    return f"{esc(each.name)}: план {sign}{shown(planned)} {each.unit}, {tail}"


def indicators_head(year: str, lines: Sequence[str]) -> str:
    """The list."""
    listed = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    return f"<b>Целевые показатели, {year.replace('-', '–')}</b>\n\n{listed}\n\nКакой ввести?"


def ask_figure(name: str, unit: str, *, computed: bool) -> str:
    """Before a figure is typed."""
    note = "\n\nФакт этого показателя считает бот; пригодится только план." if computed else ""
    return (
        f"<b>{esc(name)}</b> ({unit})\n\nНапишите факт за учебный год, например «3» или «42,5». "
        f"Чтобы изменить и план, напишите через черту: «3 / 5».{note}"
    )


def shown(number: float) -> str:
    """A number as people write it."""
    return f"{number:g}".replace(".", ",")


_NUMBER = r"\s*([+-]?\d{1,6}(?:[.,]\d{1,4})?)\s*%?\s*"
_FIGURE = re.compile(f"{_NUMBER}(?:/{_NUMBER})?")


def read_figure(text: str) -> tuple[float, float | None] | None:
    """Fact and plan of «3 / 5»; None for what is no figure."""
    found = _FIGURE.fullmatch(text)
    if found is None:
        return None
    fact, plan = (
        None if part is None else float(part.replace(",", ".")) for part in found.groups()
    )
    assert fact is not None  # noqa: S101 - the pattern asks for it
    return fact, plan
