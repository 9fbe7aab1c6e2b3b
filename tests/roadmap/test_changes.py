"""A corrected file against the earlier import."""

from dataclasses import astuple

from hypothesis import given
from hypothesis import strategies as st

from roadmap.changes import compare
from roadmap.model import Event
from roadmap.periods import Period
from roadmap.terms import read_term


def event(number: str, title: str, term: str = "май", audience: str = "ТМС") -> Event:
    understood = read_term(term, Period.calendar(2026))
    return Event(
        number=number, section=4, title=title, audience=audience, responsible="КРЦ", term=term,
        windows=understood.windows, precision=understood.precision, ongoing=understood.ongoing,
        every_years=understood.every_years, times_per_year=understood.times_per_year,
        task=None, doubts=(),
    )  # fmt: skip


FORUM, WORKSHOP = event("4.1", "Форум"), event("4.2", "Семинар для наставников")


def test_the_same_file_again_changes_nothing() -> None:
    changes = compare([FORUM, WORKSHOP], [FORUM, WORKSHOP])
    assert len(changes.same) == 2
    assert not any((changes.added, changes.removed, changes.changed, changes.moved))


def test_added_and_removed() -> None:
    changes = compare([FORUM], [WORKSHOP])
    assert (changes.added, changes.removed) == ((WORKSHOP,), (FORUM,))


def test_another_time_is_a_move_and_other_words_a_change() -> None:
    later, for_others = event("4.1", "Форум", "июнь"), event("4.2", WORKSHOP.title, "май", "ШМО")
    changes = compare([FORUM, WORKSHOP], [later, for_others])
    assert [(p.before, p.after, p.fields) for p in changes.moved] == [(FORUM, later, ("when",))]
    assert [(p.after, p.fields) for p in changes.changed] == [(for_others, ("audience",))]


def test_the_same_time_in_other_words_is_no_move() -> None:
    changes = compare([FORUM], [event("4.1", "Форум", "в мае")])
    assert len(changes.same) == 1


def test_a_renumbered_event_is_found_by_its_title() -> None:
    changes = compare([FORUM, WORKSHOP], [event("4.1", WORKSHOP.title), event("4.2", "Форум")])
    assert [(p.before.title, p.after.number) for p in changes.changed] == [
        (WORKSHOP.title, "4.1"),
        ("Форум", "4.2"),
    ]


def test_a_reworded_title_keeps_its_number_but_another_event_does_not() -> None:
    reworded = event("4.2", "Семинар для наставников сети")
    assert [p.fields for p in compare([WORKSHOP], [reworded]).changed] == [("title",)]
    other = event("4.2", "Летняя школа")
    changes = compare([WORKSHOP], [other])
    assert (changes.added, changes.removed) == ((other,), (WORKSHOP,))


def test_events_of_one_title_are_told_apart_by_the_rest() -> None:
    spring, autumn = (
        event("", "Публикация статей", "май"),
        event("", "Публикация статей", "октябрь"),
    )
    changes = compare([spring, autumn], [autumn])
    assert (len(changes.same), changes.removed) == (1, (spring,))


def test_a_new_event_at_an_old_number_does_not_steal_the_old_one() -> None:
    old = event("4.1", "Форум педагогов 2026")
    new, moved_down = event("4.1", "Форум педагогов 2027"), event("4.2", old.title)
    changes = compare([old], [new, moved_down])
    assert changes.added == (new,)
    assert [(p.before, p.after) for p in changes.changed] == [(old, moved_down)]


EVENTS = st.lists(
    st.builds(
        event,
        st.sampled_from(["", "4.1", "4.2", "4.3"]),
        st.sampled_from(["Форум", "Форумы", "Семинар", "Семинар сети", ""]),
        st.sampled_from(["май", "июнь", "по графику"]),
    ),
    max_size=8,
)


@given(EVENTS, EVENTS)
def test_every_event_of_both_versions_is_accounted_for_once(
    before: list[Event], after: list[Event]
) -> None:
    changes = compare(before, after)
    pairs = [*changes.same, *changes.changed, *changes.moved]
    seen_before = [*changes.removed, *(pair.before for pair in pairs)]
    seen_after = [*changes.added, *(pair.after for pair in pairs)]
    assert sorted(map(repr, seen_before)) == sorted(map(repr, before))
    assert sorted(map(repr, seen_after)) == sorted(map(repr, after))


@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_to_an_unchanged_file(
    events: list[Event], random: object
) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    changes = compare(events, shuffled)
    assert (len(changes.same), *map(len, astuple(changes)[:2])) == (len(events), 0, 0)
