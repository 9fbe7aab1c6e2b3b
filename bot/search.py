"""Finding what a person means by what they typed: municipalities, organisations, any short list.

Forgives case, ё, hyphens, endings («темрюк», «кущевская»), one or two wrong letters, and the many
ways in which one school is written («СОШ 5», «МБОУ СОШ № 5 им. …», «школа 5»).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

WHOLE = 100.0
SURE = 90.0
"""From here on a name is as good as typed right: its beginning, or all but an ending."""
LIKELY = 68.0
"""From here on a name is offered; below, a guess would only confuse."""
CLEAR = 4.5
"""By so much the best must surpass the second to be taken without asking."""
OFFERED = 8
LONGEST = 200
"""Letters of a query that are looked at: a pasted page must not cost anybody time."""


@dataclass(frozen=True)
class Found:
    """What a query may mean: `sure` if there is no doubt, else the likely ones, best first."""

    sure: str | None
    likely: tuple[str, ...] = ()


def folded(text: str) -> str:
    """Small letters, е for ё, only letters, digits and single spaces; the first 200 signs of it."""
    return " ".join(
        re.findall(
            r"[^\W_]+", unicodedata.normalize("NFC", text[:LONGEST]).casefold().replace("ё", "е")
        )
    )


_AREA = re.compile(
    r"\b(муниципальн\w+|образовани\w+|р+а+й+о+н\w*|р н|округ\w*|город\w*|гор|г|г к|курорт\w*|мо|к"
    r"|станиц\w+|ст|ст ца|ца|краснодарск\w+ кра\w+|тмс)\b"
)
_ENDING = re.compile(
    r"(?<=\w{3})([сц]к(ий|ая|ое|ой|ие|ого|ому|ом|их)?|ого|ому|ой|ий|ый|ая|ое|ие|ые|ых|их|ам|ки|и|а|е|ь|о|у|ы)$"
)
# The centre of a district where its name says nothing of the district's.
_CENTRES = {
    "Кавказский район": ("кропоткин",),
    "Красноармейский район": ("полтавская",),
    "Щербиновский район": ("старощербиновская",),
    "Белоглинский район": ("белая глина",),
    "Славянский район": ("славянск на кубани",),
    "Усть-Лабинский район": ("усть лаба",),
    "Приморско-Ахтарский район": ("ахтари",),
    "г. Горячий Ключ": ("горключ",),
}


@lru_cache(1024)
def _bare(name: str) -> str:
    return folded(_AREA.sub(" ", folded(name))) or folded(name)


@lru_cache(1024)
def _stem(name: str) -> str:
    return _ENDING.sub("", _bare(name))


def _score(query: str, name: str) -> float:
    if query == name:
        return WHOLE
    if name.startswith(query):
        return 91.0 + 3.0 * len(query) / len(name) if len(query) >= 3 else LIKELY
    if query.startswith(name) and len(name) >= 4:
        return SURE
    if Levenshtein.distance(query, name, score_cutoff=1) <= 1 and len(query) >= 3:
        return max(LIKELY, min(fuzz.ratio(query, name), SURE - 1))  # short names: one error is much
    return min(fuzz.ratio(query, name), SURE - 1)


def municipality(query: str, names: Iterable[str]) -> Found:
    """Which municipality a typed name means; its district's centre is understood too."""
    if not _stem(query):
        return Found(None)
    return _decide(
        {
            name: max(_likeness(query, own) for own in (name, *_CENTRES.get(name, ())))
            for name in names
        }
    )


def _likeness(query: str, name: str) -> float:
    """By the stems; or, where those are too short to err in («дин»), by the whole words."""
    whole = min(fuzz.ratio(_bare(query), _bare(name)), SURE - 1)
    return max(_score(_stem(query), _stem(name)), whole)


# What people call a community beside its official name: beginnings of words.
_CALLED = {
    "физкультур": "физической культуры",
    "физр": "физической культуры",
    "спорт": "физической культуры",
    "английск": "иностранного языка",
    "немецк": "иностранного языка",
    "французск": "иностранного языка",
    "логопед": "дефектологи",
    "воспитател": "дошкольных",
    "детск": "дошкольных",
    "директор": "руководители",
    "завуч": "руководители",
    "заведующ": "руководители",
    "труд": "технологии",
    "обзр": "обж",
    "началк": "начальных классов",
    "кубановед": "истории обществознания",
    "алгебр": "математики",
    "геометр": "математики",
}


def any_of(query: str, names: Iterable[str]) -> Found:
    """Which of a short list a typed text means: by all its words, in any order and ending."""
    wanted = folded(query)
    for called, official in _CALLED.items():
        wanted = re.sub(rf"\b{called}\w*", official, wanted)
    words = wanted.split()
    if not words:
        return Found(None)
    scores = {}
    for name in names:
        own = folded(name).split()
        by_words = sum(max(_word_score(word, other) for other in own) for word in words)
        scores[name] = WHOLE if words == own else min(by_words / len(words), 99.0)
    return _decide(scores)


def _word_score(query: str, word: str) -> float:
    return 99.0 if query == word else min(_score(_stem(query), _stem(word)), 94.0)


def _decide(scores: dict[str, float]) -> Found:
    ranked = sorted(scores, key=lambda name: (-scores[name], name))
    best = scores[ranked[0]] if ranked else 0.0
    # A whole name is meant, however like it another is; «физики» is not «физической культуры».
    margin = 1.0 if best == WHOLE else CLEAR
    if best >= SURE and all(best - scores[name] >= margin for name in ranked[1:2]):
        return Found(ranked[0])
    floor = min(SURE, best - CLEAR) if best >= SURE else LIKELY
    return Found(None, tuple(name for name in ranked if scores[name] >= floor)[:OFFERED])


_LEGAL = re.compile(
    r"\b(м[абк]?д?оу|мобу|мдобу|гбп?оу|гап?оу|гку|чд?оу|ано|нд?оу|(м[абк]у|гбу)( до)?"
    r"|муниципальн\w+|государственн\w+|частн\w+|автономн\w+|бюджетн\w+|казенн\w+"
    r"|обще ?образовательн\w+|образовательн\w+|дошкольн\w+|учреждени\w+|организаци\w+"
    r"|профессиональн\w+|комбинированного вида|общеразвивающего вида)\b"
)
_PRESCHOOL = re.compile(r"\b(м[абк]?доу|мдобу|чдоу|ндоу|дошкольн\w+)\b")
_KINDS = (
    (re.compile(r"\b(детск\w+ сад\w*|дет ?сад\w*|садик\w*|сад|д с|дс|црр)\b"), "детский сад"),
    (re.compile(r"\bгимнази\w+\b"), "гимназия"),
    (re.compile(r"\bлице\w+\b"), "лицей"),
    (re.compile(r"\bтехникум\w*\b"), "техникум"),
    (re.compile(r"\bколледж\w*\b"), "колледж"),
    (
        re.compile(
            r"\b((средн\w+|основн\w+|начальн\w+) )?((обще ?образовательн\w+) )?школ\w+|\b[сон]?ош\b"
            r"|\bсш\b"
        ),
        "школа",
    ),
)
_NUMBER = re.compile(r"\b(?:номер |n )?(\d{1,4})\b")
_KIND_OF_OWN = re.compile(
    r"\b(интернат\w*|вечерн\w+|спортивн\w+|музыкальн\w+|художественн\w+"
    r"|искусств\w*|дюсш|дши|коррекционн\w+|кадетск\w+)\b"
)


_NUMBER_SIGN = re.compile(r"\s*(№|#|\bN(?=\s*\d))\s*")


def sound(organisation: str) -> str:
    """The form that all ways of writing one organisation share: «школа 5», «детский сад 12».

    Within a municipality schools of one kind are told apart by their number, so legal form, the
    name in somebody's honour and the village are left out where kind and number are known.
    Without a number the words stay, less the legal form: «центр детского творчества радуга».
    """
    text = folded(_NUMBER_SIGN.sub(" ", organisation))
    kind = next((name for pattern, name in _KINDS if pattern.search(text)), None)
    if kind is None and _PRESCHOOL.search(text):
        kind = "детский сад"
    number = _NUMBER.search(text)
    if kind and number and not _KIND_OF_OWN.search(text):
        return f"{kind} {int(number[1])}"
    for pattern, name in _KINDS:
        text = pattern.sub(f" {name} ", text)
    return folded(_LEGAL.sub(" ", text)) or folded(organisation)


def organisation(query: str, known: Iterable[tuple[int, str]]) -> tuple[int | None, list[int]]:
    """The id of the organisation meant, if there is no doubt, and the ids of likely ones.

    Args:
        query: what the person typed.
        known: id and name of the organisations of their municipality.
    """
    wanted = sound(query)
    scores: dict[int, float] = {}
    for number, name in known:
        own = sound(name)
        if own == wanted:
            return number, [number]
        digits = re.findall(r"\d+", wanted)
        if digits and digits != re.findall(r"\d+", own):
            continue  # «школа 5» is no misspelt «школа 15»
        scores[number] = max(
            fuzz.token_sort_ratio(wanted, own), 0.9 * fuzz.partial_ratio(wanted, own)
        )
    likely = sorted(
        (number for number in scores if scores[number] >= LIKELY), key=lambda n: -scores[n]
    )
    return None, likely[:OFFERED]


_ABBREVIATION = re.compile(
    r"\b([сон]?ош|сш|м[абк]?д?оу|мобу|мдобу|гбп?оу|гап?оу|г[бк]у|м[абк]у|чд?оу|нд?оу|ано|тмс|иро"
    r"|дши|дюсш|сюн|сют|ц[дв]т|црр|цдо|цдт|ддт|дс)\b",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(
    r"(?i)\b(ош|сш|сош|оош|нош|школа|гимназия|лицей|сад|интернат|дши|дюсш|дс)\s+(\d{1,4})\b"
)


def presentable(organisation: str) -> str:
    """A name as it may stand in a list and a report: «сош 5» → «СОШ № 5», «лицей 3» → «Лицей № 3».

    Spaces are put in order, abbreviations of the field written in capitals, a number after a kind
    gets its №; nothing else is changed, least of all letters somebody wrote in capitals.
    """
    name = _NUMBER_SIGN.sub(" № ", organisation)
    name = " ".join(name.split())
    name = _BARE_NUMBER.sub(r"\1 № \2", name)
    name = _ABBREVIATION.sub(lambda found: found[0].upper(), name)
    return name[:1].upper() + name[1:]
