"""How events went, and what the year will send: what coordinators read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, tzinfo

from bot.texts.dry_run import caution
from bot.texts.events import short_when, title
from bot.texts.events import week as week_words
from bot.texts.grammar import counted
from bot.texts.people import esc
from roadmap.dry_run import Caution, CautionCode, Week
from roadmap.reminding import Kind
from storage.events.events import Meeting
from storage.events.figures import Figures

REPORT = "Мероприятия"
TABLE = "Таблица по мероприятиям"
HEAD = "<b>Как прошли мероприятия</b>"
EMPTY = "Прошедших мероприятий пока нет."
SHEET = "Мероприятия"
TOTALS = "По территориям"
COLUMNS = (
    *("Мероприятие", "Когда", "Чьё", "Приглашены", "Сказали, что придут", "Пришли"),
    *("Спросили", "Ответили", "Довольны", "Низ 95 %", "Верх 95 %"),
)
HIDDEN = "мало ответов или опрос ещё открыт"
TOTAL = "Всего"
DRY_RUN = "Что и когда уйдёт людям"
DRY_EMPTY = "До конца учебного года отправлять пока нечего."
DRY_HEAD = (
    "<b>Что и когда уйдёт людям</b>\n\nЕсли ничего не изменится. Получатели выбираются в момент "
    "отправки, поэтому числа — на сегодня."
)
SAMPLED = "Людей много: посчитано по каждому {step}-му и умножено."
TO_ROADMAP = "‹ К дорожной карте"
MOST_LINES = 8


def lines(figures: Figures) -> str:
    """«приглашены 40, придут 20, пришли 15, ответили 10 из 15, довольны 80 % (из 10)»."""
    parts = [
        f"приглашены: {figures.invited}",
        f"сказали «приду»: {figures.said}",
        f"пришли: {figures.came}",
    ]
    if figures.asked:
        answered = "—" if figures.answered is None else figures.answered
        parts.append(f"ответили: {answered} из {figures.asked}")
        share = figures.satisfied
        if share is None:
            parts.append(f"удовлетворены: — ({HIDDEN})")
        else:
            span = share.interval
            bounds = f", 95 %: {span.low:.0%}…{span.high:.0%}" if span else ""
            parts.append(f"удовлетворены: {share.value:.0%} (n = {share.n}{bounds})")
    return ", ".join(parts).replace("%", " %").replace("95  %", "95 %")


def report(
    shown: Sequence[tuple[Meeting, Figures]],
    totals: Mapping[str, Figures],
    zone: tzinfo,
) -> str:
    """A page of events, with the totals of networks above."""
    if not shown:
        return f"{HEAD}\n\n{EMPTY}"
    parts = [HEAD]
    if totals:
        parts.append("\n".join(f"<b>{name}</b>: {lines(total)}" for name, total in totals.items()))
    parts += [
        f"{short_when(meeting, zone)} · {esc(title(meeting)[:150])}\n{lines(figures)}"
        for meeting, figures in shown
    ]
    return "\n\n".join(parts)


def dry_run(
    weeks: Sequence[Week],
    cautions: Sequence[Caution],
    titles: Mapping[int, str],
    *,
    today: date,
    step: int,
    first: bool,
) -> str:
    """Some weeks of the year ahead; the warnings stand on the first page."""
    parts = [DRY_HEAD if weeks else f"{DRY_HEAD}\n\n{DRY_EMPTY}"]
    if step > 1:
        parts.append(SAMPLED.format(step=step))
    if first and cautions:
        parts.append(_warnings(cautions, titles))
    parts += [_week(week, titles, today, step) for week in weeks]
    return "\n\n".join(parts)[:4090]


def _week(week: Week, titles: Mapping[int, str], today: date, step: int) -> str:
    per_event = Counter((one.event, one.kind) for one in week.messages)
    per_person = week.per_person()
    most = max(per_person.values(), default=0)
    total = counted(len(week.messages) * step, "сообщение", "сообщения", "сообщений")
    people = counted(len(per_person) * step, "человеку", "людям", "людям")
    said = [f"<b>{week_words(week.monday, today)}</b>: {total} {people}, одному до {most}"]
    for (event, kind), number in per_event.most_common(MOST_LINES):
        what = "вопрос организатору" if kind is Kind.NAME_DAY else "напоминания"
        said.append(f"• {esc(titles[event])}: {what}, {number * step}")
    if len(per_event) > MOST_LINES:
        said.append(f"• и ещё {len(per_event) - MOST_LINES}")
    return "\n".join(said)


def _warnings(cautions: Sequence[Caution], titles: Mapping[int, str]) -> str:
    said = []
    many = [one for one in cautions if one.code is CautionCode.TOO_MANY]
    others = [one for one in cautions if one.code is not CautionCode.TOO_MANY]
    for one in others[:MOST_LINES]:
        name = titles.get(one.event or 0, "")
        said.append(f"⚠ {esc(name)}: {caution(one)}")
    if len(others) > MOST_LINES:
        left = counted(
            len(others) - MOST_LINES, "предупреждение", "предупреждения", "предупреждений"
        )
        said.append(f"⚠ и ещё {left}")
    if many:
        weeks = len({one.week for one in many})
        shown = counted(weeks, "неделю", "недели", "недель")
        said.append(f"⚠ Больше трёх сообщений в неделю одному человеку: {shown}.")
    return "\n".join(said)
