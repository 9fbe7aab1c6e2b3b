"""The region's workbook at the region's size, with pandas and its writer doing the same sheets.

20 000 people, 60 events, 300 000 answers (`bench.region_store`). Each side reads the same database
in a process of its own, so that peak memory (`ru_maxrss`) is its own; the time is that of the work,
without imports. pandas makes the same tables with the same numbers of rows: no charts, no looks, no
formulas, no hiding of small groups, no definitions; it is a dependency of development only.
"""

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.region_store import MONDAY, fill
from reports.periods import PeriodKind, period_of
from storage.scopes import REGION
from surveys.loading import load_all
from surveys.questionnaire import Measure, SelectOne

ROOT = Path(__file__).parents[1]
ZONE = ZoneInfo("Europe/Moscow")
SINCE = period_of(PeriodKind.YEAR, MONDAY.date()).start.isoformat()


def ours(store: Path, target: Path) -> None:
    """The product's own way."""
    from bot.region.reporting import RegionOrder, write_region  # noqa: PLC0415 - each side its own

    period = period_of(PeriodKind.YEAR, MONDAY.date())
    write_region(store, RegionOrder((REGION,), period, MONDAY, ZONE), target)


def with_pandas(store: Path, target: Path) -> None:
    """The same sheets as frames."""
    import pandas as pd  # noqa: PLC0415 - each side its own

    with sqlite3.connect(store) as conn:
        people = pd.read_sql(
            "SELECT p.municipality, o.name AS organisation, p.community, p.registered_at,"
            " p.unreachable_since IS NOT NULL AS unreachable, p.id FROM people p"
            " LEFT JOIN organisations o ON o.id = p.organisation_id",
            conn,
        )
        meetings = pd.read_sql(
            "SELECT o.id, e.title, e.section, e.scope_ref, o.starts_at, o.campaign_id,"
            " (SELECT count(*) FROM signups s WHERE s.occurrence_id = o.id) AS said,"
            " (SELECT count(*) FROM attendances a WHERE a.occurrence_id = o.id) AS came"
            " FROM occurrences o JOIN events e ON e.id = o.event_id WHERE o.starts_at >= ?",
            conn,
            params=(SINCE,),
        )
        came = pd.read_sql("SELECT occurrence_id, person_id FROM attendances", conn)
        answers = pd.concat(
            [
                pd.read_sql(
                    "SELECT r.campaign_id, p.municipality, r.submission FROM responses r"
                    " JOIN people p ON p.id = r.person_id",
                    conn,
                ),
                pd.read_sql(
                    "SELECT campaign_id, json_extract(cells, '$.municipality') AS municipality,"
                    " answers AS submission FROM sealed_responses",
                    conn,
                ),
            ]
        )
    given = pd.DataFrame([json.loads(one) for one in answers.pop("submission")])
    scores = pd.DataFrame(
        {
            item.name: given[item.name].map({one.name: one.score for one in item.choices})
            for item in load_all()["event_satisfaction"].items
            if isinstance(item, SelectOne) and item.measure is Measure.SATISFACTION
        }
    )
    answers = answers.reset_index(drop=True).assign(
        high=(scores >= 4).mean(axis=1) > 0.5, mean=scores.mean(axis=1)
    )
    grouped = answers.groupby(["municipality", "campaign_id"])
    tidy = grouped.agg(n=("high", "size"), high=("high", "sum"), mean=("mean", "mean"))
    towns = answers.groupby("municipality").agg(
        n=("high", "size"),
        high=("high", "sum"),
        share=("high", "mean"),
        mean=("mean", "mean"),
        median=("mean", "median"),
    )
    towns["rank"] = towns["share"].rank(ascending=False, method="min")
    people["active"] = people["id"].isin(came["person_id"])
    sheets = {
        "Обзор": pd.DataFrame({"value": [len(people), len(meetings), len(answers)]}),
        "Мероприятия": meetings,
        "Удовлетворённость": towns.reset_index(),
        "Тепловая карта": answers.pivot_table("high", "municipality", "campaign_id").reset_index(),
        "Участники": people.groupby("municipality")
        .agg(people=("id", "size"), active=("active", "sum"), unreachable=("unreachable", "sum"))
        .reset_index(),
        "Организации": people.groupby(["municipality", "organisation"])
        .agg(people=("id", "size"), active=("active", "sum"))
        .reset_index(),
        "Сети": meetings.groupby(["scope_ref", "section"]).size().unstack().reset_index(),
        "Данные": pd.concat(
            [
                tidy.reset_index().melt(["municipality", "campaign_id"]),
                came.merge(people[["id", "municipality"]], left_on="person_id", right_on="id")
                .groupby(["occurrence_id", "municipality"])
                .size()
                .reset_index(name="value"),
                people.groupby(["municipality", "community"])
                .agg(people=("id", "size"), active=("active", "sum"))
                .reset_index()
                .melt(["municipality", "community"]),
            ]
        ),
    }
    with pd.ExcelWriter(target, engine="openpyxl") as writer:
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, index=False)


def measure(side: str, store: Path) -> dict[str, float]:
    """Run one side in its own process: seconds, megabytes at the peak, megabytes of the file."""
    run = subprocess.run(
        [sys.executable, "-m", "bench.region", side, str(store)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(run.stdout)
    return found


def alone(side: str, store: Path) -> None:
    """One side, measured; its imports come first."""
    if side == "ours":
        import bot.region.reporting  # noqa: F401, PLC0415 - counted in memory, not in time
    else:
        import pandas  # noqa: F401, ICN001, PLC0415 - the same
    work = {"ours": ours, "pandas": with_pandas}[side]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "region.xlsx"
        started, cpu = time.perf_counter(), time.process_time()
        work(store, path)
        seconds, spent = time.perf_counter() - started, time.process_time() - cpu
        size = path.stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu": spent, "peak": peak, "file": size / 2**20}))


def main() -> None:
    """Both, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "bot.sqlite3"
        fill(store)
        own, other = measure("ours", store), measure("pandas", store)
    print(f"{'':12}{'seconds':>10}{'CPU s':>10}{'peak MB':>10}{'file MB':>10}")
    for name, row in (("ours", own), ("pandas", other)):
        print(
            f"{name:12}{row['seconds']:10.1f}{row['cpu']:10.1f}{row['peak']:10.0f}{row['file']:10.2f}"
        )
    print(
        f"{'ratio':12}{own['seconds'] / other['seconds']:10.2f}{own['cpu'] / other['cpu']:10.2f}"
        f"{own['peak'] / other['peak']:10.2f}{own['file'] / other['file']:10.2f}"
    )


if __name__ == "__main__":
    if len(sys.argv) == 3:
        alone(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
