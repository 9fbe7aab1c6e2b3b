"""When something went wrong on our side: said once, without blame and without details."""

FAILED = (
    "Что-то пошло не так на нашей стороне. Ваши ответы сохранены; попробуйте ещё раз "
    "или откройте меню: /menu"
)
FAILED_SHORT = "Что-то пошло не так на нашей стороне. Попробуйте ещё раз."


def failed(code: str) -> str:
    """With the id of the error: whoever asks an administrator can name it."""
    return f"{FAILED}\n\nКод ошибки, если будете писать администратору: {code}"


def failed_short(code: str) -> str:
    """The same in an alert, which has 200 characters."""
    return f"{FAILED_SHORT} Код ошибки: {code}"
