"""From a term's text to the tokens of `terms.lark`: vocabulary, numbers, lookalikes, misprints."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple, Self

from lark import Token
from rapidfuzz.distance import OSA

from roadmap import vocabulary as v
from roadmap.text import fold


class Misprint(NamedTuple):
    """A word that was read as its only near neighbour of the vocabulary."""

    written: str
    read_as: str


class Day(NamedTuple):
    """A calendar day as written, perhaps without its year."""

    day: int
    month: int
    year: int | None


class YearPair(NamedTuple):
    """«2026-2027»; `school` when the text says so or leaves no other reading, None when unclear."""

    first: int
    last: int
    school: bool | None


def _vocabulary() -> dict[str, tuple[str, int | None]]:
    known: dict[str, tuple[str, int | None]] = {
        form: (kind, None) for kind, forms in v.WORDS.items() for form in forms
    }
    known |= {form: ("MONTH", n) for n, forms in v.MONTHS.items() for form in forms}
    known |= {form: ("INT", n) for form, n in v.NUMBERS.items()}
    known |= {form: ("ROMAN", n) for form, n in v.ORDINALS.items()}
    known |= {form: ("OFTEN", n) for form, n in v.OFTEN.items()}
    known |= {form: ("TWICE", n) for form, n in v.TIMES_ADVERBS.items()}
    known |= dict.fromkeys(v.PREPOSITIONS, ("PREPOSITION", None))
    known |= dict.fromkeys(v.PLACING, ("NOTHING", None))
    known |= dict.fromkeys((*v.AND, *v.EITHER), ("SEP", None))
    known |= {form: ("WEEKDAY", n) for n, forms in v.WEEKDAYS.items() for form in forms}
    return known


KNOWN = _vocabulary()
_MAY_BE_MISPRINTED = tuple(
    form
    for form, (kind, _) in KNOWN.items()
    if kind in {"MONTH", "YEARLY", "ALWAYS", "OFTEN", "QUARTER"}
)
_HIDDEN = {"SEP", "DASH", "FROM", "TO", "DURING", "ACCORDING"}  # `_NAME` in the grammar
_DATES = {"INT", "ROMAN", "MONTH", "DATE", "YEAR", "YEARS", "END", "PART", "WEEKDAY"}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}

_SCANNER = re.compile(
    "|".join(
        [
            *(
                rf"(?P<{kind}>(?<!\w)(?:{pattern}))"
                for kind, pattern in v.PHRASES.items()
                if pattern != "(?!)"
            ),
            r"(?P<iso>20\d\d-\d\d-\d\d(?!\d))",
            rf"(?P<dmy>\d{{1,2}}[./]\d{{1,2}}[./](?:20\d\d|\d\d)(?!\d)(?:\s*{v.YEAR_SINGULAR})?)",
            r"(?P<years>20\d\d\s?[-/]\s?(?:20\d\d|\d\d)(?![\d.])"
            rf"(?:\s*(?:(?P<school>{v.YEAR_SCHOOL})|(?P<plural>{v.YEAR_PLURAL})|{v.YEAR_SINGULAR}))?)",
            r"(?P<month_year>(?<![\d.])(?:0?[1-9]|1[0-2])[./]20\d\d(?!\d))",
            rf"(?P<year>20\d\d(?!\d)(?:\s*(?:{v.YEAR_PLURAL}|{v.YEAR_SINGULAR}))?)",
            r"(?P<time>\d{1,2}:\d\d(?:\s?-\s?\d{1,2}:\d\d)?)",
            r"(?P<dm>\d{1,2}\.\d\d?(?!\d)\.?)",
            rf"(?P<hours>(?<!\d){v.HOURS})",
            rf"(?P<short_year>(?<!\d){v.YEAR_OF_TWO_DIGITS})",
            rf"(?P<ordinal>\d{{1,2}}{v.ORDINAL_SUFFIX})",
            r"(?P<int>(?<!\d)\d{1,2}(?!\d))",
            r"(?P<dash>-+>?|\.{2,}|[…→])",
            r"(?P<compound>[^\W\d_]+(?:-[^\W\d_]+)+)",
            r"(?P<word>[^\W\d_]+)",
            r"(?P<dot>(?<=\d)\.)",
            r"(?P<nothing>[\s.\"'«»„“”]+)",
            r"(?P<sep>[,;:()\[\]/\\+&|]+)",
            r"(?P<other>\S)",
        ]
    )
)


@lru_cache(maxsize=4096)
def nearest(word: str) -> str | None:
    """The one vocabulary word a folded misprint can mean, or None if there is none or more.

    One slip (insertion, deletion, substitution, swap of neighbours; optimal string alignment
    distance) in a word of 4-7 letters, two in a longer one. The first letter must be right unless
    it was left out, so that «карта» is not taken for «марта».
    """
    if len(word) < v.MISPRINT_MIN_LENGTH:
        return None
    slips = 1 if len(word) < 8 else 2
    found: dict[tuple[str, int | None], tuple[int, str]] = {}
    for form in _MAY_BE_MISPRINTED:
        distance = OSA.distance(word, form, score_cutoff=slips)
        if distance <= slips:
            found[KNOWN[form]] = min(found.get(KNOWN[form], (99, "")), (distance, form))
    if not found:
        return None
    best = min(distance for distance, _ in found.values())
    nearest_forms = [form for distance, form in found.values() if distance == best]
    if len(nearest_forms) > 1:
        return None
    (only,) = nearest_forms
    # Short forms and other first letters stand for a doubt of their own, never for the answer.
    return only if len(only) >= v.MISPRINT_MIN_LENGTH and word[0] in only[:2] else None


class Lexer:
    """Reads one term; `tokens` for the grammar, `misprints` for the doubts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.misprints: list[Misprint] = []
        self.either = False
        """Whether the text leaves a choice («май или июнь»)."""
        scanned = list(self._scan())
        self.unclear = self._two_dates(scanned)
        """Two dates with nothing, or a stroke, between them: a range as likely as a list."""
        self.tokens = self._settled(scanned)

    def _scan(self) -> Iterator[Token]:
        for match in _SCANNER.finditer(self.folded):
            yield from self._tokens_of(match)

    def _tokens_of(self, match: re.Match[str]) -> Iterator[Token]:  # noqa: C901, PLR0912 - one case a kind
        kind, text, at = match.lastgroup or "", match.group(), match.start()
        if match["years"]:
            yield self._years(match)
        elif match["year"]:
            yield self._token("YEAR", match, int(text[:4]))
        elif kind == "month_year":
            month, year = map(int, re.findall(r"\d+", text))
            dot = at + len(text) - 5
            yield self._make("MONTH", self.text[at:dot], at, month)
            yield self._make("YEAR", self.text[dot + 1 : dot + 5], dot + 1, year)
        elif kind == "short_year":
            yield self._token("YEAR", match, 2000 + int(text[:2]))
        elif kind in v.PHRASES:
            yield self._token(kind, match)
        elif kind == "iso":
            year, month, day = map(int, text.split("-"))
            yield self._token("DATE", match, Day(day, month, year))
        elif kind == "dmy":
            day, month, year = (int(n) for n in re.findall(r"\d+", text))
            yield self._token("DATE", match, Day(day, month, year if year > 99 else 2000 + year))
        elif kind == "dm":
            day, month = (int(n) for n in re.findall(r"\d+", text))
            valid = 1 <= month <= 12 and day
            yield (
                self._token("DATE", match, Day(day, month, None))
                if valid
                else self._token("TIME", match)
            )
        elif kind in {"ordinal", "int"}:
            yield self._token("INT", match, int(re.findall(r"\d+", text)[0]))
        elif kind == "compound":
            yield from self._compound(text, at)
        elif kind == "word":
            yield from self._word(text, at)
        elif kind in {"sep", "dot"}:
            yield self._token("SEP", match)
        elif kind in {"time", "hours"}:
            yield self._token("TIME", match)
        elif kind == "dash":
            yield self._token("DASH", match)
        elif kind == "other":
            yield self._token("WORD", match)

    def _years(self, match: re.Match[str]) -> Token:
        first, last = (int(n) for n in re.findall(r"\d+", match["years"])[:2])
        last = last if last > 99 else first // 100 * 100 + last
        consecutive = last == first + 1
        school: bool | None = consecutive
        if match["plural"] and consecutive:
            school = None  # «2026-2027 гг.»: a school year or two calendar years
        if match["school"]:
            school = True
        kind = "YEARS" if last > first else "WORD"
        return self._token(kind, match, YearPair(first, last, school))

    def _compound(self, text: str, at: int) -> Iterator[Token]:
        """«сентябрь-май» is a range, «план-графику» one word."""
        halves = text.split("-")
        kinds = [KNOWN.get(self._meant(half, at), ("WORD", None))[0] for half in halves]
        if all(kind in {"WORD", "NODATENOUN"} for kind in kinds):
            yield self._make(kinds[-1], text, at, None)
            return
        for half in halves:
            yield from self._word(half, at)
            at += len(half)
            if at < len(self.text) and self.folded[at] == "-":
                yield self._make("DASH", "-", at, None)
                at += 1

    def _meant(self, word: str, at: int) -> str:
        """The vocabulary's form of a word: itself, with Cyrillic letters, or without a misprint."""
        if word in KNOWN:
            return word
        lookalike = fold(self.text[at : at + len(word)].translate(v.LATIN_LOOKALIKES))
        if lookalike in KNOWN:
            return lookalike
        return nearest(lookalike) or word

    def _word(self, word: str, at: int) -> Iterator[Token]:
        written = self.text[at : at + len(word)]
        roman = _ROMAN.get(written.translate(v.ROMAN_LOOKALIKES))
        if roman:
            yield self._make("ROMAN", written, at, roman)
            return
        form = self._meant(word, at)
        kind, value = KNOWN.get(form, ("WORD", None))
        if form != word and form != fold(written.translate(v.LATIN_LOOKALIKES)):
            self.misprints.append(Misprint(written, form))
        self.either = self.either or form in v.EITHER
        if kind == "TWICE":
            yield self._make("INT", written, at, value)
            yield self._make("TIMES", written, at, None)
        elif kind == "PREPOSITION":
            yield self._make(kind, written, at, form)
        elif kind != "NOTHING":
            yield self._make(kind, written, at, value)

    def _two_dates(self, tokens: list[Token]) -> str | None:
        """«01.09.2026 31.05.2027», «1 марта / 15 апреля»: the text from one to the other."""
        kinds = [
            "STROKE" if token.type == "SEP" and set(token) <= set("/\\") else token.type
            for token in tokens
        ]
        for i, kind in enumerate(kinds):
            after = kinds[i + 1 : i + 4]
            if after[:1] == ["STROKE"]:
                after = after[1:]
            begins = after[:1] == ["DATE"] or after[:2] == ["INT", "MONTH"]
            if begins and (kind == "DATE" or (kind in {"MONTH", "YEAR"} and self._a_day(kinds, i))):
                return self.text
        return None

    @staticmethod
    def _a_day(kinds: list[str], i: int) -> bool:
        """Whether the month (or the year behind it) at `i` ends a day: «15 марта 2027»."""
        month = i - 1 if kinds[i] == "YEAR" else i
        return month > 0 and kinds[month] == "MONTH" and kinds[month - 1] == "INT"

    def _settled(self, tokens: list[Token]) -> list[Token]:
        """Decide what hangs on the next token: prepositions; drop what adds nothing."""
        settled: list[Token] = []
        for token, after in zip_longest(tokens, tokens[1:]):
            kind = token.type
            if kind == "PREPOSITION":
                dated = after is not None and after.type in _DATES
                word = token.value.value
                kind = v.PREPOSITIONS[word] if dated else "WORD"
                kind = "ACCORDING" if word == v.PLAIN_BY and not dated else kind
            if kind == "DURING" and after is not None and after.type == "PREPOSITION":
                continue  # «в период с 1 по 15 марта»
            if kind == "MONTHWORD" and settled and settled[-1].type == "MONTH":
                continue  # «сентябрь месяц»
            if kind == "SEP" and settled and settled[-1].type == "_SEP":
                continue
            settled.append(token.update(type=f"_{kind}" if kind in _HIDDEN else kind))
        return settled

    def _token(self, kind: str, match: re.Match[str], value: object = None) -> Token:
        return self._make(kind, self.text[match.start() : match.end()], match.start(), value)

    @staticmethod
    def _make(kind: str, text: str, at: int, value: object) -> Token:
        return Token(
            kind, text if value is None else Valued(text, value), at, end_pos=at + len(text)
        )


class Valued(str):
    """A token's text together with what it means: a number, a `Day`, a `YearPair`."""

    __slots__ = ("value",)
    value: object

    def __new__(cls, text: str, value: object) -> Self:
        """Text as written; `value` is what the grammar's transformer takes."""
        made = super().__new__(cls, text)
        made.value = value
        return made
