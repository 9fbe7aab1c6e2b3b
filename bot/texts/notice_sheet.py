"""The words of the account as a spreadsheet."""

from bot.texts.notice_account import CHANGED, OUTCOMES, reason
from bot.texts.report import LABELS
from storage.notices.account import Recipient

TITLE = "Кому дошло уведомление"
SUMMARY, RECIPIENTS, CORRECTIONS, WITHDRAWALS = "Итог", "Получатели", "Исправление", "Отзыв"
RESULT, WHY, COUNT = "Результат", "Причина", "Человек"
TOTAL = "Всего получателей"
ERASED = "удалили свои данные"
COLUMNS = (
    "Фамилия",
    "Имя",
    "Отчество",
    "Муниципалитет",
    "Организация",
    "Результат",
    "Причина",
    "Когда",
)
WORDS = LABELS.words


def outcome(one: Recipient, *, change: bool) -> tuple[str, str]:
    """(result, reason) in words: of the notice itself, or of a change of it."""
    return (CHANGED if change else OUTCOMES)[one.state], reason(one.reason)
