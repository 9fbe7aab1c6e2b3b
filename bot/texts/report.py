"""The words of the summary spreadsheets."""

from reports.labels import Labels
from reports.report import Words

LABELS = Labels(
    words=Words(
        too_few="мало ответов",
        page_of="Страница {page} из {pages}",
        interval="95 % интервал",
        target="цель",
        author="Движение вверх",
    ),
    summary="Сводка",
    answers="Ответы",
    codes="Коды",
    items="Вопросы",
    method="Как считалось",
)
