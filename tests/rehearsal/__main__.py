"""`python -m tests.rehearsal [--districts 16] [--applications 300]`: two rounds of a year by all its people.

On SQLite, or beside a cluster: `python tests/postgres.py run -- python -m tests.rehearsal`. With `--out FILE`
what came of it is written as JSON: two runs of the same size, on whatever database, come to the same.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xingyun.config.settings")
django.setup()

from tests.journeys.house import ROOT, House  # noqa: E402
from tests.rehearsal.figures import figures  # noqa: E402
from tests.rehearsal.play import AT_ONCE, BEGINS, Rehearsal  # noqa: E402
from tests.rehearsal.plot import plot  # noqa: E402

from xingyun.rulebook import load_folder  # noqa: E402


def main() -> int:
    """Play, look at every figure, write them down."""
    asked = argparse.ArgumentParser(prog="python -m tests.rehearsal", description=__doc__)
    asked.add_argument("--districts", type=int, default=16)
    asked.add_argument("--applications", type=int, default=300)
    asked.add_argument("--at-once", type=int, default=AT_ONCE, help="districts at work at the same time")
    asked.add_argument(
        "--quick", action="store_true", help="most have handed in before: offices are played, few enterprises"
    )
    asked.add_argument("--out", type=Path)
    given = asked.parse_args()
    begun = time.monotonic()

    def say(line: str) -> None:
        print(f"{time.monotonic() - begun:7.0f} s  {line}", flush=True)

    folder = ROOT / "rulebooks" / "jinan-2020"
    cases = plot(load_folder(folder), given.districts, given.applications, by_page=not given.quick)
    house = House(folder, cases.neighbours, at=BEGINS)
    # Hundreds of people sign in from one machine: each says an address of its own, as a proxy would.
    house.environment["XINGYUN_PROXIES"] = "1"
    with house:
        say(f"系统在 {house.url}")
        played = Rehearsal(house, cases, say, given.at_once)
        played.play()
        found = figures(played)
    told = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
    if given.out:
        given.out.write_text(told + "\n", "utf-8")
    say(f"{len(played.enterprises)} 家企业，两批，名额和各文书的数字一致，记录完整")
    return 0


if __name__ == "__main__":
    sys.exit(main())
