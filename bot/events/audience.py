"""What a roadmap's words about the audience mean as a rule of people.

Cautious on purpose: a rule narrows the scope only where every group that is named is one the bot
knows. «Стажёры» are the trainees; «ТМС сети» or «педагогические работники» are everybody there.
"""

import re

from bot.search import folded
from storage.audiences import Audience
from storage.people.people import Role
from surveys.reference import communities

ROLE_STEMS = {
    Role.TRAINEE: ("стажер",),
    Role.ORGANISER: ("организатор",),
    Role.COORDINATOR: ("координатор",),
    Role.EXPERT: ("эксперт",),
}


def audience_of(text: str) -> Audience:
    """The rule for the words of the «целевая аудитория» column."""
    groups = [part.strip() for part in re.split(r"[,;\n]| и ", text) if part.strip()]
    roles: list[Role] = []
    for group in groups:
        word = folded(group)
        role = next((role for role, stems in ROLE_STEMS.items() if word.startswith(stems)), None)
        if role is None:
            return Audience(communities=_communities(text))
        roles.append(role)
    return Audience(roles=tuple(dict.fromkeys(roles)))


def _communities(text: str) -> tuple[str, ...]:
    words = folded(text)
    return tuple(name for name in communities() if folded(name) == words)
