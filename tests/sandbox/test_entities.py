"""Parse modes: text, entities in UTF-16 offsets, and Telegram's complaints word for word."""

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import finish_text, formatted_text
from sandbox.errors import ApiError
from sandbox.html_mode import Entity, parse_html
from sandbox.limits import Limits
from sandbox.markdown_mode import parse_markdown_v2
from sandbox.utf16 import utf16_len, utf16_slice

LIMITS = Limits()
AWKWARD = st.sampled_from("абвя xyz<>&\"'_*[]()~`>#+-=|{}.!\\\n\U0001f44d\U0001f3fd\u200dé")
WORDS = st.text(AWKWARD | st.characters(codec="utf-8", exclude_characters="\r"), max_size=30)
TAGS = {
    "b": "bold",
    "i": "italic",
    "u": "underline",
    "s": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


def parsed(text: str, mode: str = "HTML", entities: Any = None) -> tuple[str, list[Any]]:
    shown, found = formatted_text(text, mode, entities, LIMITS)
    return finish_text(shown, found, LIMITS)


def spans(text: str, mode: str = "HTML") -> list[tuple[str, str]]:
    shown, found = parsed(text, mode)
    return [(e["type"], utf16_slice(shown, e["offset"], e["length"])) for e in found]


@given(st.lists(st.tuples(WORDS, st.sampled_from(sorted(TAGS)), WORDS), max_size=5))
def test_every_tag_covers_exactly_its_words(pieces: list[tuple[str, str, str]]) -> None:
    source = "".join(f"{html.escape(a)}<{tag}>{html.escape(b)}</{tag}>" for a, tag, b in pieces)
    shown, found = parse_html(source)
    assert shown == "".join(a + b for a, _, b in pieces)
    expected = [(TAGS[tag], b) for _, tag, b in pieces if b]
    assert [(e["type"], utf16_slice(shown, e["offset"], e["length"])) for e in found] == expected


@given(st.lists(st.tuples(WORDS, st.sampled_from("*_~"), WORDS.filter(bool)), max_size=5))
def test_markdown_marks_cover_exactly_their_words(pieces: list[tuple[str, str, str]]) -> None:
    def escaped(text: str) -> str:
        return "".join("\\" + c if 0 < ord(c) <= 126 else c for c in text)

    # A space keeps two underscores apart, which would mean underlining.
    source = "".join(f"{escaped(a)}{mark}{escaped(b)}{mark} " for a, mark, b in pieces)
    shown, found = parse_markdown_v2(source)
    kinds = {"*": "bold", "_": "italic", "~": "strikethrough"}
    assert shown == "".join(f"{a}{b} " for a, _, b in pieces)
    expected = [(kinds[mark], b) for _, mark, b in pieces]
    assert [(e["type"], utf16_slice(shown, e["offset"], e["length"])) for e in found] == expected


@given(WORDS, st.sampled_from(["HTML", "MarkdownV2", "Markdown", ""]))
def test_any_text_is_either_parsed_or_refused_in_telegrams_words(text: str, mode: str) -> None:
    refused = None
    shown, found = "", list[Entity]()
    try:
        shown, found = parsed(text, mode)
    except ApiError as refusal:
        refused = refusal
    if refused is not None:
        assert refused.code == 400
        assert refused.description.startswith("Bad Request: can't parse entities: ")
    size = utf16_len(shown)
    for entity in found:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= size
    offsets = [entity["offset"] for entity in found]
    assert offsets == sorted(offsets)
    assert shown == shown.strip(" \n") or found


@given(WORDS)
def test_escaped_html_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == (text, [])


def test_offsets_count_an_emoji_twice() -> None:
    assert parsed("👍 <b>ясно</b>") == (
        "👍 ясно",
        [{"offset": 3, "length": 4, "type": "bold"}],
    )


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("я <q>x</q>", 'Unsupported start tag "q" at byte offset 3'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href=x", "Unclosed start tag at byte offset 0"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=a/b>y</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
def test_broken_html_is_refused(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("5.5", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("да!", "Character '!' is reserved and must be escaped with the preceding '\\'"),
        ("я *x", "Can't find end of Bold entity at byte offset 3"),
        ("[a](http://x.ru", "Can't find end of a URL at byte offset 4"),
        ("```py\nx", "Can't find end of PreCode entity at byte offset 0"),
    ],
)
def test_broken_markdown_is_refused(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_markdown_v2(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>1 <i>2</i></b>", [("bold", "1 2"), ("italic", "2")]),
        ("<b>a</b><b>b</b>", [("bold", "ab")]),
        ('<a href="https://ya.ru/?q=1&amp;b=2">x</a>', [("text_link", "x")]),
        ("<a>https://ya.ru</a>", [("text_link", "https://ya.ru")]),
        ("<a href='no link'>x</a>", []),
        ('<pre><code class="language-python">x</code></pre>', [("pre", "x")]),
        ("<code><b>x</b></code>", [("code", "x")]),
        ("<blockquote expandable>x</blockquote>", [("expandable_blockquote", "x")]),
        ('<span class="tg-spoiler">x</span>', [("spoiler", "x")]),
        ("<b> </b>x", [("bold", " ")]),
        ("<B>x</>", [("bold", "x")]),
        ("/start and @some_person", [("bot_command", "/start"), ("mention", "@some_person")]),
        ("пишите на a@b.ru #тема", [("email", "a@b.ru"), ("hashtag", "#тема")]),
        ("см. https://ya.ru/x.", [("url", "https://ya.ru/x")]),
        ("<code>/start</code>", [("code", "/start")]),
    ],
)
def test_html_nests_joins_and_finds_as_telegram_does(
    source: str, expected: list[tuple[str, str]]
) -> None:
    assert spans(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("*a _b_*", [("bold", "a b"), ("italic", "b")]),
        ("__a__ ||b||", [("underline", "a"), ("spoiler", "b")]),
        ("[a](https://ya.ru)", [("text_link", "a")]),
        ("```python\nx = 1```", [("pre", "x = 1")]),
        ("`a*b`", [("code", "a*b")]),
        (">a\n>b\nc", [("blockquote", "a\nb\n")]),
        (">a\n>b||", [("expandable_blockquote", "a\nb")]),
    ],
)
def test_markdown_v2_knows_every_mark(source: str, expected: list[tuple[str, str]]) -> None:
    assert spans(source, "MarkdownV2") == expected


def test_old_markdown_does_not_nest() -> None:
    assert spans("*a* _b_ `c` [d](https://ya.ru)", "Markdown") == [
        ("bold", "a"),
        ("italic", "b"),
        ("code", "c"),
        ("text_link", "d"),
    ]


def test_explicit_entities_are_taken_and_found_kinds_ignored() -> None:
    given_entities = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "mention", "offset": 0, "length": 2},
    ]
    assert parsed("да", "", given_entities)[1] == [{"offset": 0, "length": 2, "type": "bold"}]


@pytest.mark.parametrize(
    ("entity", "complaint"),
    [
        ("bold", "can't parse MessageEntity: expected an Object"),
        ({"type": "bold", "offset": 0}, "can't parse MessageEntity: Can't find field \"length\""),
        (
            {"type": "loud", "offset": 0, "length": 1},
            "can't parse MessageEntity: Unsupported type specified",
        ),
        (
            {"type": "bold", "offset": -1, "length": 1},
            "receive an entity with incorrect offset -1",
        ),
    ],
)
def test_wrong_explicit_entities_are_refused(entity: Any, complaint: str) -> None:
    with pytest.raises(ApiError) as refused:
        parsed("да", "", [entity])
    assert refused.value.description == f"Bad Request: {complaint}"


def test_text_is_trimmed_and_control_characters_become_spaces() -> None:
    assert parsed(" \n<b>a\tb</b> \n") == ("a b", [{"offset": 0, "length": 3, "type": "bold"}])


def test_only_the_first_hundred_entities_are_kept() -> None:
    assert len(parsed("<b>a</b> " * 120)[1]) == 100
