"""The screening as a questionnaire: what a campaign publishes, so that it opens like any other.

Only campaigns, audiences and invitations treat it as one. Its answers never go the way of other
answers (see `storage.screening.taking`), because they are a health record.
"""

import tomllib
from functools import cache
from importlib.resources import files

from surveys.boyko_words import Wording
from surveys.questionnaire import Anonymity, Choice, Questionnaire, SelectOne

FORM = "boyko84"
"""The questionnaire's id: a campaign that asks it is a screening."""


def form(wording: Wording, version: int) -> Questionnaire:
    """The questionnaire that asks these statements; every wording is a version of its own."""
    words = _words()
    choices = (Choice(name="yes", label=words["yes"]), Choice(name="no", label=words["no"]))
    return Questionnaire(
        id=FORM,
        version=version,
        title=words["title"],
        about=words["about"],
        anonymity=Anonymity.ANONYMOUS,
        items=tuple(
            SelectOne(name=f"s{number}", label=statement, choices=choices, required=True)
            for number, statement in enumerate(wording.statements, 1)
        ),
    )


@cache
def _words() -> dict[str, str]:
    text = files("surveys").joinpath("data/boyko/form.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text))
