"""What somebody reads who has not the right to do something."""

NOT_YOURS = (
    "Это действие вам сейчас недоступно. Если оно нужно для работы, попросите ссылку-приглашение "
    "у координатора или администратора."
)
"""Also shown as an alert, so at most 200 characters."""
