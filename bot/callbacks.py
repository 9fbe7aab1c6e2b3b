"""The data of every button: a public API that never expires.

Each class has a short prefix that ends in its version; a change of meaning takes a new prefix, and
a button of an old one is answered by `handlers/unknown.py`. Data names the state to reach
(«показать страницу 2»), never a toggle. Handlers trust nothing here: it can be forged.
"""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from storage import scopes
from storage.audit import Kind
from storage.people import people
from storage.people.networks import NetworkKind


class Place(StrEnum):
    """A screen that the menu leads to; `bot/menu.py` says who sees which."""

    MENU = "menu"
    SURVEYS = "surveys"
    EVENTS = "events"
    SETTINGS = "settings"
    ROADMAP = "roadmap"
    ME = "me"
    HELP = "help"
    PRIVACY = "privacy"
    REPORT = "report"
    BROADCAST = "broadcast"
    CAMPAIGNS = "campaigns"
    FORMS = "forms"
    PEOPLE = "people"
    INVITE = "invite"
    NETWORKS = "networks"
    DIGEST = "digest"
    REGISTER = "register"
    AUDIT = "audit"
    STATUS = "status"
    TASKS = "tasks"
    REVIEW = "review"
    JOURNAL = "journal"
    SCREENING = "screening"


class Go(CallbackData, prefix="go1"):
    """Show a place of the menu."""

    to: Place


_KEY = Annotated[str, Field(max_length=10, pattern=r"^[0-9a-z-]*$")]
"""A key of surveys.reference, a row's id, or a word of ours."""


class Begin(CallbackData, prefix="bg1"):
    """Arrive (again), with the deep link that was being followed."""

    payload: Annotated[str, Field(max_length=60, pattern=r"^[A-Za-z0-9_-]*$")] = ""


class ConsentAct(StrEnum):
    """What somebody does with the consent text."""

    READ = "read"
    YES = "yes"
    NO = "no"


class Consent(CallbackData, prefix="cn1"):
    """Read, give or decline the consent of this version."""

    version: Annotated[str, Field(max_length=12, pattern=r"^[a-z0-9-]+$")]
    act: ConsentAct


class Pick(CallbackData, prefix="pk1"):
    """Say this about oneself: the field becomes the value of the key."""

    field: people.Field
    value: _KEY


class Browse(CallbackData, prefix="br1"):
    """Show a page of what a field may be."""

    field: people.Field
    page: Annotated[int, Field(ge=0, le=9999)] = 0


class Again(CallbackData, prefix="ag1"):
    """While registering: take this field back and ask for it again."""

    field: people.Field


class AddOrganisation(CallbackData, prefix="ao1"):
    """Add the organisation typed before; `name` is the key of what was typed."""

    name: _KEY


class Edit(CallbackData, prefix="ed1"):
    """From /me: ask for a field; the old value stays until there is a new one."""

    field: people.Field


class EraseAct(StrEnum):
    """How far somebody is on the way to erasing themselves."""

    ASK = "ask"
    YES = "yes"


class Erase(CallbackData, prefix="er1"):
    """Withdraw the consent and erase everything."""

    act: EraseAct


SEARCH_LETTERS = 20
"""Letters of a search that a button carries on to the next page (two bytes each)."""

_ID = Annotated[int, Field(ge=0, le=2**53)]
"""A row's id; beyond this SQLite itself would refuse a forged one."""
_PAGE = Annotated[int, Field(ge=0, le=9999)]
_SCOPE_KEY = Annotated[str, Field(max_length=8, pattern=r"^[0-9a-f]*$")]
"""'' for the region, the key of a municipality, or the id of a network or an organisation."""


class PeoplePage(CallbackData, prefix="pp1"):
    """A page of people found by a search ('' is everybody in scope)."""

    page: _PAGE = 0
    search: Annotated[str, Field(max_length=SEARCH_LETTERS)] = ""


class PersonCard(CallbackData, prefix="pc1"):
    """Somebody's card; `page` is where the way back leads."""

    person: _ID
    page: _PAGE = 0


class RemoveRole(CallbackData, prefix="rr1"):
    """Take a role away; asked once more unless `sure`."""

    person: _ID
    role: people.Role
    kind: scopes.ScopeKind
    ref: _SCOPE_KEY
    sure: bool


class Invite(CallbackData, prefix="iv1"):
    """An invitation as far as it is chosen; what is still open is asked next.

    `nonce` comes with the last button: two taps on it make one invitation.
    """

    role: people.Role
    kind: scopes.ScopeKind | None = None
    ref: _SCOPE_KEY = ""
    days: Annotated[int, Field(ge=0, le=90)] = 0
    uses: Annotated[int, Field(ge=0, le=100)] = 0
    nonce: Annotated[str, Field(max_length=8, pattern=r"^[0-9a-f]*$")] = ""


class InviteRefs(CallbackData, prefix="ir1"):
    """A page of networks or municipalities that an invitation may be for."""

    role: people.Role
    kind: scopes.ScopeKind
    page: _PAGE = 0


class InviteSchools(CallbackData, prefix="iw1"):
    """Organisations that an invitation may be for; without `town` its municipality is chosen."""

    role: people.Role
    town: _SCOPE_KEY = ""
    page: _PAGE = 0


class Invitations(CallbackData, prefix="il1"):
    """A page of the invitations within one's scope."""

    page: _PAGE = 0


class InvitationCard(CallbackData, prefix="ic1"):
    """One invitation; `revoke` ends it."""

    invitation: _ID
    revoke: bool = False


class NetworkCard(CallbackData, prefix="nc1"):
    """One network."""

    network: _ID


class NetworkList(CallbackData, prefix="nwl1"):
    """A page of all networks."""

    page: _PAGE = 0


class RenameNetwork(CallbackData, prefix="nwr1"):
    """Type another topic of a network."""

    network: _ID


class NetworkPeriod(CallbackData, prefix="nwp1"):
    """Its first and last day are typed next."""

    network: _ID


class NetworkTable(CallbackData, prefix="nwt1"):
    """All networks as a table."""


class UploadNetworks(CallbackData, prefix="nwu1"):
    """Wait for such a table."""


class ConfirmNetworks(CallbackData, prefix="nwk1"):
    """Carry out the table that was read, or forget it; `key` is of that very table."""

    key: Annotated[str, Field(max_length=8, pattern=r"^[0-9a-f]*$")]
    load: bool


class NewNetwork(CallbackData, prefix="nn1"):
    """Begin a new network: its title is typed next."""

    kind: NetworkKind


class NetworkMembers(CallbackData, prefix="nm1"):
    """A page of municipalities to take in or out."""

    network: _ID
    page: _PAGE = 0


class SetMember(CallbackData, prefix="ns1"):
    """Make a municipality a member, or no member any more."""

    network: _ID
    ref: _SCOPE_KEY
    member: bool
    page: _PAGE = 0


class NetworkLeaders(CallbackData, prefix="nl1"):
    """A page of municipalities that may lead."""

    network: _ID
    page: _PAGE = 0


class SetLeader(CallbackData, prefix="nd1"):
    """Make a municipality the leader."""

    network: _ID
    ref: _SCOPE_KEY


class RemoveNetwork(CallbackData, prefix="nr1"):
    """Dissolve a network; asked once more unless `sure`."""

    network: _ID
    sure: bool


class AuditPage(CallbackData, prefix="au1"):
    """A page of the whole audit log: a button of an earlier release."""

    page: _PAGE = 0


class AuditRows(CallbackData, prefix="au2"):
    """A page of the audit log, the newest first: rows of a kind, of one person (0: of all)."""

    page: _PAGE = 0
    kind: Kind = Kind.ALL
    person: int = 0


class StoredFile(CallbackData, prefix="sf1"):
    """Send me everything stored about me, as a file."""


class Zones(CallbackData, prefix="zn1"):
    """In which zone I see times: what there is to choose."""


class SetZone(CallbackData, prefix="zs1"):
    """See times in this zone (its name of the tz database)."""

    zone: Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9_+/-]+$")]


class DigestSettings(CallbackData, prefix="ds1"):
    """When the weekly digest comes; `days` or `hours` shows what there is to choose."""

    days: bool = False
    hours: bool = False


class SetDigest(CallbackData, prefix="dw1"):
    """The digest comes on this weekday (0 is Monday) at this hour, or (`off`) not at all."""

    weekday: Annotated[int, Field(ge=0, le=6)]
    hour: Annotated[int, Field(ge=0, le=23)]
    off: bool


class DigestNow(CallbackData, prefix="dp1"):
    """Make the digest now, to look at."""
