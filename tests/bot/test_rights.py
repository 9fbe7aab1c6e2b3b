from dataclasses import replace

from bot.rights import Action, invitable, roles_of, scopes_for
from storage.people.people import Grant, Person, Role
from storage.scopes import REGION, Scope, ScopeKind

EYSK = Scope(ScopeKind.MUNICIPALITY, "Ейский район")
TEACHER = Person(
    id=1,
    telegram_id=501,
    surname="Щеглова",
    first_name="Анна",
    patronymic="",
    municipality="Ейский район",
    organisation_id=1,
    organisation="СОШ № 5",
    position="учитель",
    community="учителя физики",
    registered=True,
    consented="ru-1",
)


def with_role(role: Role, scope: Scope) -> Person:
    return replace(TEACHER, grants=(Grant(role, scope),))


def test_a_teacher_may_do_nothing_to_others() -> None:
    assert all(scopes_for(TEACHER, action, ()) == () for action in Action)


def test_a_coordinator_acts_in_the_granted_scope_only() -> None:
    person = with_role(Role.COORDINATOR, EYSK)
    assert scopes_for(person, Action.SEE_PEOPLE, ()) == (EYSK,)
    assert scopes_for(person, Action.MANAGE_NETWORKS, ()) == ()
    assert invitable(person, ()) == (Role.ORGANISER, Role.EXPERT, Role.TRAINEE)


def test_an_admin_may_do_everything_in_the_region() -> None:
    assert all(scopes_for(TEACHER, action, {501}) == (REGION,) for action in Action)
    assert Role.COORDINATOR in invitable(TEACHER, {501})
    assert Role.ADMIN in roles_of(TEACHER, {501})


def test_the_region_makes_narrower_scopes_superfluous() -> None:
    person = replace(
        TEACHER, grants=(Grant(Role.COORDINATOR, EYSK), Grant(Role.COORDINATOR, REGION))
    )
    assert scopes_for(person, Action.REPORT, ()) == (REGION,)


def test_whoever_is_not_registered_may_nothing_even_as_admin() -> None:
    arriving = replace(with_role(Role.COORDINATOR, EYSK), registered=False)
    assert all(scopes_for(arriving, action, {501}) == () for action in Action)
    assert all(scopes_for(None, action, {501}) == () for action in Action)
