"""A school's full official name on little room: its words shorten, its number stays."""

import re
from collections.abc import Callable

_KINDS = (
    (r"муниципальн\w+ бюджетн\w+ дошкольн\w+ образовательн\w+ учреждени\w+", "МБДОУ"),
    (r"муниципальн\w+ автономн\w+ дошкольн\w+ образовательн\w+ учреждени\w+", "МАДОУ"),
    (r"муниципальн\w+ казенн\w+ дошкольн\w+ образовательн\w+ учреждени\w+", "МКДОУ"),
    (r"муниципальн\w+ бюджетн\w+ учреждени\w+ дополнительн\w+ образовани\w+", "МБУ ДО"),
    (r"муниципальн\w+ автономн\w+ учреждени\w+ дополнительн\w+ образовани\w+", "МАУ ДО"),
    (r"муниципальн\w+ бюджетн\w+ (?:обще)?образовательн\w+ учреждени\w+", "МБОУ"),
    (r"муниципальн\w+ автономн\w+ (?:обще)?образовательн\w+ учреждени\w+", "МАОУ"),
    (r"муниципальн\w+ казенн\w+ (?:обще)?образовательн\w+ учреждени\w+", "МКОУ"),
    (r"государственн\w+ бюджетн\w+ (?:обще)?образовательн\w+ учреждени\w+", "ГБОУ"),
    (r"средн\w+ (?:обще)?образовательн\w+ школ\w+", "СОШ"),
    (r"основн\w+ (?:обще)?образовательн\w+ школ\w+", "ООШ"),
    (r"начальн\w+ (?:обще)?образовательн\w+ школ\w+", "НОШ"),
)
_KINDS_OF = tuple(
    (re.compile(each.replace(" ", r"\s+"), re.IGNORECASE), short) for each, short in _KINDS
)
_NAMED = re.compile(r"[\s,«»\"]*\b(?:имени|им\.)\s.*$", re.IGNORECASE)
_PLACE = re.compile(
    r"[\s,«»\"]*\b(?:муниципальн\w+\s+образовани\w+|станиц\w+|поселк\w+|города)\s.*$", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:№|N)\s*(\d+\w?)")
MORE = "…"


def shortened(name: str) -> str:
    """«МБОУ СОШ № 17 имени …» of the words in full; what has no known words stays as it is."""
    text = name.replace("казённ", "казенн").replace("Казённ", "Казенн")
    for pattern, short in _KINDS_OF:
        text = pattern.sub(short, text)
    return " ".join(text.split())


def fitted(name: str, lines: Callable[[str], list[str]], most: int) -> list[str]:
    """The name on at most so many lines, as `lines` breaks them.

    In full, else with shorter words, else without whose name it bears and where it is, else cut
    before its number, which is what people know a school by.
    """
    short = shortened(name)
    bare = _PLACE.sub("", _NAMED.sub("", short))
    number = _NUMBER.search(name)
    if number is not None and _NUMBER.search(bare) is None:
        bare = f"{bare} № {number[1]}"
    for candidate in (name, short, bare):
        broken = lines(candidate)
        if len(broken) <= most:
            return broken
    end = MORE if number is None else f"{MORE} № {number[1]}"
    words = (bare if number is None else bare[: _NUMBER.search(bare).start()]).split()  # type: ignore[union-attr]  # put there above
    while words and len(lines(f"{' '.join(words)}{end}")) > most:
        words.pop()
    return lines(f"{' '.join(words)}{end}")[:most]
