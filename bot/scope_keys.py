"""Scopes in buttons: '' for the region, eight digits for a municipality, else an id."""

from storage.scopes import REGION, Scope, ScopeKind
from surveys.reference import by_key, key, municipalities


def ref_key(scope: Scope) -> str:
    """What stands in a button for a scope's ref."""
    return key(scope.ref) if scope.kind is ScopeKind.MUNICIPALITY else scope.ref


def scope_by_key(kind: ScopeKind, ref: str) -> Scope | None:
    """The scope of a button; None for a forged one."""
    if kind is ScopeKind.REGION:
        return REGION
    if kind in {ScopeKind.NETWORK, ScopeKind.ORGANISATION}:
        return Scope(kind, ref) if ref.isascii() and ref.isdigit() else None
    name = by_key(municipalities(), ref)
    return None if name is None else Scope(kind, name)
