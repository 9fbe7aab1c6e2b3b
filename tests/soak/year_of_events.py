"""`python -m tests.soak.year_of_events`: 500 people, 60 meetings, 500 outages and 500 kills.

The school year of tests/kit/year_of_events.py at its full size; CI passes a smaller one
(tests/scheduler/test_year_of_events.py). Ends with 1, and says why, if a reminder came twice
without being in doubt, came to somebody it was not for, was missed although there was time, or was
left out of the count.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.kit.year_of_events import Year
from tests.kit.year_reckoning import Scale


async def run(scale: Scale) -> int:
    """Pass the year and print its account; how many things are wrong."""
    began = time.process_time()
    with tempfile.TemporaryDirectory() as name:
        async with Year(Path(name), scale) as year:
            await year.pass_by()
            account = await year.reckon()
    print(f"beats {account.beats}, CPU {time.process_time() - began:.0f} s")
    print(f"outages {account.outages.total()}: {dict(account.outages)}")
    print(f"kills {account.kills.total()}: {dict(account.kills)}")
    print(f"reminders {account.fates.total()}, counted as too late {account.counted_late}")
    for fate, number in account.fates.most_common():
        print(f"  {fate}".ljust(34) + f"{number:8d}")
    for line in account.wrong[:50]:
        print("WRONG:", line)
    print(f"{len(account.wrong)} things are wrong" if account.wrong else "nothing is wrong")
    return len(account.wrong)


def main() -> int:
    """Run it; 1 if anything is wrong."""
    usual = Scale()
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=usual.people)
    parser.add_argument("--events", type=int, default=usual.events)
    parser.add_argument("--outages", type=int, default=usual.outages)
    parser.add_argument("--kills", type=int, default=usual.kills)
    parser.add_argument("--seed", type=int, default=usual.seed)
    chosen = vars(parser.parse_args())
    return bool(asyncio.run(run(Scale(**chosen))))


if __name__ == "__main__":
    sys.exit(main())
