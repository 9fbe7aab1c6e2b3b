import sqlite3
from datetime import timedelta

import pytest

from storage import audiences
from storage.audiences import Audience, Reach
from storage.people.people import Role, set_unreachable
from storage.questionnaires import (
    exports,
    overseeing,
    publishing,
    responses,
    submitting,
    turnout,
)
from storage.questionnaires.campaigns import Phase
from storage.questionnaires.publishing import CannotPublishError
from storage.questionnaires.turnout import Turnout
from storage.scopes import REGION, Scope, ScopeKind
from surveys.questionnaire import Anonymity, Questionnaire, Text, Upload
from tests.kit.forms import EVERYTHING, NOW, opened, register

KRYMSK, ABINSK = "Крымский район", "Абинский район"
IN_KRYMSK, IN_ABINSK = Scope(ScopeKind.MUNICIPALITY, KRYMSK), Scope(ScopeKind.MUNICIPALITY, ABINSK)
SHORT = Questionnaire(
    id="short", version=1, title="Коротко", items=(Text(name="words", label="Что скажете?"),)
)


def grant(conn: sqlite3.Connection, person: int, role: Role) -> None:
    conn.execute(
        "INSERT INTO grants (person_id, role, scope_kind, granted_at) VALUES (?, ?, 'region', '')",
        (person, role.value),
    )


def invite(conn: sqlite3.Connection, campaign: int, people: list[int]) -> None:
    conn.executemany(
        "INSERT INTO invitees (campaign_id, person_id, invited_at) VALUES (?, ?, '')",
        [(campaign, person) for person in people],
    )


def send(conn: sqlite3.Connection, campaign: int, person: int) -> None:
    entered = responses.start_or_continue(conn, campaign, person, now=NOW)
    assert entered.response is not None
    conn.execute(
        "INSERT INTO answers (response_id, item, value) VALUES (?, 'words', 'null')",
        (entered.response.id,),
    )
    submitting.submit(conn, entered.response.id, person, now=NOW)


def test_an_audience_takes_any_within_a_kind_and_all_kinds_together(
    conn: sqlite3.Connection,
) -> None:
    here, there = register(conn, 1, KRYMSK), register(conn, 2, ABINSK)
    trainee_there = register(conn, 3, ABINSK)
    grant(conn, trainee_there, Role.TRAINEE)
    conn.execute(
        "INSERT INTO networks (id, title, kind, leader) VALUES (4, 'Сеть', 'krc', ?)", (ABINSK,)
    )
    conn.execute("INSERT INTO network_members VALUES (4, ?)", (ABINSK,))

    def of(audience: Audience, scope: Scope = REGION) -> list[int]:
        return audiences.members(conn, audience, scope)

    assert of(Audience()) == [here, there, trainee_there]
    assert of(Audience(municipalities=(KRYMSK, ABINSK))) == [here, there, trainee_there]
    assert of(Audience(roles=(Role.TRAINEE, Role.EXPERT))) == [trainee_there]
    assert of(Audience(roles=(Role.TEACHER,))) == [here, there, trainee_there]
    assert of(Audience(networks=(4,))) == [there, trainee_there]
    assert of(Audience(networks=(4,), municipalities=(KRYMSK,))) == []
    assert of(Audience(communities=("физика",), people=(here,))) == [here]
    assert of(Audience(communities=("химия",))) == []
    assert of(Audience(), IN_KRYMSK) == [here]
    assert of(Audience(people=(there,)), IN_KRYMSK) == [], "a list reaches nobody out of scope"


def test_the_count_before_opening_says_who_cannot_be_reached(conn: sqlite3.Connection) -> None:
    register(conn, 1)
    set_unreachable(conn, register(conn, 2), "blocked", now=NOW)
    assert audiences.reach(conn, Audience(), IN_KRYMSK) == Reach(people=2, unreachable=1)


def test_a_confirmation_handled_twice_opens_one_campaign(conn: sqlite3.Connection) -> None:
    assert opened(conn, key="a").id == opened(conn, key="a").id
    assert opened(conn, key="b").id != opened(conn, key="a").id


def test_a_published_version_never_changes(conn: sqlite3.Connection) -> None:
    publishing.publish(conn, EVERYTHING, now=NOW)
    publishing.publish(conn, EVERYTHING, now=NOW)
    with pytest.raises(CannotPublishError) as refusal:
        publishing.publish(conn, EVERYTHING.model_copy(update={"title": "Иначе"}), now=NOW)
    assert refusal.value.changed


def test_files_are_asked_for_with_a_name_only(conn: sqlite3.Connection) -> None:
    form = SHORT.model_copy(update={"items": (Upload(name="photo", label="Фото", type="image"),)})
    with pytest.raises(CannotPublishError) as refusal:
        opened(conn, form=form, anonymity=Anonymity.ANONYMOUS)
    assert refusal.value.items == ("photo",)
    assert opened(conn, form=form).anonymity is Anonymity.NAMED


def test_a_campaign_is_planned_then_open_then_closed(conn: sqlite3.Connection) -> None:
    campaign = opened(conn, days=1)
    assert campaign.phase(campaign.opens_at - timedelta(seconds=1)) is Phase.PLANNED
    assert campaign.phase(campaign.opens_at) is Phase.OPEN
    assert campaign.phase(campaign.closes_at) is Phase.CLOSED


def test_staff_see_what_touches_their_scope_and_manage_what_lies_within(
    conn: sqlite3.Connection,
) -> None:
    region = opened(conn, key="region")
    krymsk = opened(conn, key="krymsk", scope=IN_KRYMSK)

    def seen(scope: Scope) -> dict[int, bool]:
        return {one.campaign.id: one.manages for one in overseeing.list_for_staff(conn, (scope,))}

    assert seen(REGION) == {region.id: True, krymsk.id: True}
    assert seen(IN_KRYMSK) == {region.id: False, krymsk.id: True}
    assert seen(IN_ABINSK) == {region.id: False}
    assert overseeing.list_for_staff(conn, ()) == []
    assert overseeing.find_for_staff(conn, krymsk.id, (IN_ABINSK,)) is None
    assert exports.describe(conn, krymsk.id, (IN_ABINSK,)) is None


def test_two_coordinators_see_their_own_people_only(conn: sqlite3.Connection) -> None:
    here, there = register(conn, 1, KRYMSK), register(conn, 2, ABINSK)
    campaign = opened(conn, form=SHORT)
    invite(conn, campaign.id, [here, there])
    send(conn, campaign.id, here)
    assert turnout.turnout(conn, campaign, (IN_KRYMSK,)) == Turnout(1, 1, 0)
    assert turnout.turnout(conn, campaign, (IN_ABINSK,)) == Turnout(1, 0, 0)
    assert turnout.turnout(conn, campaign, (REGION,)) == Turnout(2, 1, 0)
    assert turnout.awaited(conn, campaign, (IN_KRYMSK,)) == []
    assert [one.person_id for one in turnout.awaited(conn, campaign, (IN_ABINSK,))] == [there]
    exported = exports.describe(conn, campaign.id, (IN_ABINSK,))
    assert exported is not None
    assert exported.municipalities == frozenset({ABINSK})
    assert exported.invited == {KRYMSK: 1, ABINSK: 1}


def test_an_anonymous_campaign_names_nobody_and_shows_no_small_municipality(
    conn: sqlite3.Connection,
) -> None:
    campaign = opened(conn, form=SHORT, anonymity=Anonymity.ANONYMOUS)
    sizes = {KRYMSK: 9, ABINSK: 6, "Анапа": 2}
    people = {
        place: [register(conn, 100 * order + index, place) for index in range(size)]
        for order, (place, size) in enumerate(sizes.items(), 1)
    }
    for group in people.values():
        invite(conn, campaign.id, group)
    for person in (*people[KRYMSK][:3], *people["Анапа"]):
        send(conn, campaign.id, person)
    with pytest.raises(PermissionError):
        turnout.awaited(conn, campaign, (REGION,))
    assert turnout.by_municipality(conn, campaign, (REGION,)) == {
        KRYMSK: Turnout(9, 3, 0),
        None: Turnout(8, 2, 0),
    }, "the two of Anapa cannot be found by subtraction"
    assert turnout.turnout(conn, campaign, (REGION,)) == Turnout(17, 5, 0)
    assert turnout.turnout(conn, campaign, (Scope(ScopeKind.MUNICIPALITY, "Анапа"),)) is None


def test_named_exports_come_whole_and_in_order(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "CHUNK", 3)
    campaign = opened(conn, form=SHORT)
    for index in range(8):
        send(conn, campaign.id, register(conn, 10 + index, (KRYMSK, ABINSK)[index % 2]))
    found = list(exports.responses(conn, campaign))
    assert len(found) == 8
    assert [one.municipality for one in found] == [ABINSK] * 4 + [KRYMSK] * 4
    assert all(one.answers == {"words": None} and one.submitted_at for one in found)
