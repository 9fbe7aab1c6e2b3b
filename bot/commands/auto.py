"""`python -m bot auto`: what `make run` does: the bot if there is a token, else the sandbox."""

from importlib import import_module

from bot.commands.common import GivenUpError, give_up, settings_or_give_up


def run(argv: list[str]) -> int:
    """Run the one or the other; `argv` goes to it."""
    try:
        has_token = settings_or_give_up().bot_token is not None
    except GivenUpError as refusal:
        return give_up(refusal)
    name, more = ("run", []) if has_token else ("sandbox", ["--demo"])
    status: int = import_module(f"bot.commands.{name}").run([*more, *argv])
    return status
