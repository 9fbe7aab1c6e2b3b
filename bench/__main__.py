"""`python -m bench`: every benchmark, one after another; `python -m bench answers` runs one.

`notices` runs by name only: it takes a quarter of an hour of real time.
"""

import sys
from importlib import import_module

BENCHMARKS = (
    "answers",
    "planning",
    "digests",
    "region",
    "writer",
    "export",
    "roadmap",
    "works_zip",
)


def main(names: list[str]) -> None:
    """Run those named, or all."""
    for name in names or BENCHMARKS:
        module = import_module(f"bench.{name}")
        print(f"\n{name}: {(module.__doc__ or '').splitlines()[0]}\n", flush=True)
        module.main()


if __name__ == "__main__":
    main(sys.argv[1:])
