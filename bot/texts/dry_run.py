"""The year in advance: what a coordinator should look at before it begins."""

from roadmap.dry_run import Caution, CautionCode

CAUTIONS: dict[CautionCode, str] = {
    CautionCode.HOLIDAY: "Мероприятие приходится на праздничный день: {name}.",
    CautionCode.WEEKEND: "Мероприятие приходится на выходной.",
    CautionCode.NO_DAY: "День ещё не назван: организатора спросят заранее.",
    CautionCode.NO_QUESTIONNAIRE: "После мероприятия не откроется опрос: анкета не выбрана.",
    CautionCode.TOO_MANY: "За неделю с {week} одному человеку придёт сообщений: {messages}.",
}


def caution(of: Caution) -> str:
    """Something to look at in the dry run of a year."""
    week = of.week.strftime("%d.%m.%Y") if of.week else ""
    return CAUTIONS[of.code].format(name=of.name, week=week, messages=of.messages)
