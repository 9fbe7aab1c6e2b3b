"""Scopes in buttons: '' for the region, a network's id, eight digits for a municipality."""

from storage.scopes import REGION, Scope, ScopeKind
from surveys.reference import by_key, key, municipalities


def ref_key(scope: Scope) -> str:
    """What stands in a button for a scope's ref."""
    return key(scope.ref) if scope.kind is ScopeKind.MUNICIPALITY else scope.ref


def scope_by_key(kind: ScopeKind, ref: str) -> Scope | None:
    """The scope of a button; None for a forged municipality."""
    if kind is ScopeKind.REGION:
        return REGION
    if kind is ScopeKind.NETWORK:
        return Scope(kind, ref)
    name = by_key(municipalities(), ref)
    return None if name is None else Scope(kind, name)
