"""When something went wrong on our side: said once, without blame and without details."""

FAILED = (
    "Что-то пошло не так на нашей стороне. Ваши ответы сохранены; попробуйте ещё раз "
    "или откройте меню: /menu"
)
FAILED_SHORT = "Что-то пошло не так на нашей стороне. Попробуйте ещё раз."
