"""Editions of the screening's statements: each is a version of the questionnaire «boyko84».

A campaign keeps the version it was opened with, so a wording loaded meanwhile changes nothing for
those who are answering.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from storage.audit import By, Deed, record
from storage.questionnaires import campaigns, publishing
from storage.questionnaires.campaigns import Campaign
from storage.times import stored
from surveys.boyko_form import FORM, form
from surveys.boyko_words import Wording, load_wording


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition by name; `own_words`: the project's, which is said wherever they are shown."""

    version: int
    name: str
    own_words: bool


def publish_own(conn: sqlite3.Connection, *, now: datetime) -> None:
    """At start: the shipped wording is there, and in use where no other was ever chosen."""
    wording = load_wording()
    known = conn.execute(
        "SELECT max(edition = ?) AS this, count(*) AS every FROM screening_wordings",
        (wording.edition,),
    ).fetchone()
    # Of a changed shipped wording, the one in use goes on: whoever chose it changes it.
    if not known["every"] or (not known["this"] and current(conn).own_words):
        activate(conn, wording, author=None, now=now)


def activate(
    conn: sqlite3.Connection, wording: Wording, *, author: int | None, now: datetime
) -> Edition:
    """Campaigns opened from now on ask these statements; the same ones again change nothing."""
    newest = publishing.published_version(conn, FORM)
    if newest is not None:
        edition = current(conn)
        same = form(wording, newest.version) == newest and edition.name == wording.edition
        if same and edition.own_words == wording.own_words:
            return edition
    version = 1 if newest is None else newest.version + 1
    publishing.publish(conn, form(wording, version), now=now)
    conn.execute(
        "INSERT INTO screening_wordings (version, edition, own_words, loaded_by, loaded_at)"
        " VALUES (?, ?, ?, ?, ?)",
        (version, wording.edition, wording.own_words, author, stored(now)),
    )
    record(
        conn,
        None if author is None else By(author, now),  # the shipped one is nobody's deed
        Deed.SCREENING_WORDING,
        before={} if newest is None else {"edition": edition.name},
        after={"edition": wording.edition},
    )
    return Edition(version, wording.edition, wording.own_words)


def current(conn: sqlite3.Connection) -> Edition:
    """The edition that a campaign opened now would ask."""
    row = conn.execute(
        "SELECT version, edition, own_words FROM screening_wordings ORDER BY version DESC LIMIT 1"
    ).fetchone()
    return Edition(row["version"], row["edition"], bool(row["own_words"]))


def edition_of(conn: sqlite3.Connection, campaign: Campaign) -> Edition:
    """The edition that this campaign asks."""
    row = conn.execute(
        "SELECT version, edition, own_words FROM screening_wordings WHERE version = ?",
        (campaign.questionnaire_version,),
    ).fetchone()
    return Edition(row["version"], row["edition"], bool(row["own_words"]))


def statement(conn: sqlite3.Connection, campaign: Campaign, item: int) -> str:
    """What item 1–84 says in this campaign."""
    return campaigns.questionnaire_of(conn, campaign).items[item - 1].label
