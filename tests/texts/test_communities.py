"""Short names of communities stand two in a row on a telephone and tell one from another."""

from bot.texts.communities import short
from surveys.reference import communities


def test_every_community_has_a_short_name_of_its_own() -> None:
    names = [short(name) for name in communities()]
    assert len(set(names)) == len(names)
    assert [name for name in names if len(name) > 26] == []
