"""`python -m tests.rehearsal.kills [--kills 200]`: what is acknowledged is there once, and all comes back.

It begins its own PostgreSQL, clamd, web server and worker, and ends them. With `--out FILE` what was seen is
written as JSON.
"""

import argparse
import contextlib
import json
import os
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import django
from tests.postgres import Cluster

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xingyun.config.settings")
# The machine does not die here, only processes: what they have written to the kernel stays.
SURVIVES_KILLS = {"synchronous_commit": "on", "full_page_writes": "on", "enable_seqscan": "on"}
A_WHILE = 900.0  # seconds that everything may take once nothing is killed any more


def main() -> int:
    """Kill, hold the laws, tell."""
    asked = argparse.ArgumentParser(prog="python -m tests.rehearsal.kills", description=__doc__)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--every", type=float, default=3.0, help="seconds between two kills, in the middle")
    asked.add_argument("--applicants", type=int, default=12)
    asked.add_argument("--seed", type=int, default=1127)
    asked.add_argument("--out", type=Path)
    given = asked.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with contextlib.ExitStack() as stack:
        cluster = stack.enter_context(Cluster(**SURVIVES_KILLS))
        os.environ["XINGYUN_DATABASE_URL"] = cluster.url
        django.setup()
        found = play(given, cluster, stack.enter_context(scanner()))
    told = json.dumps(found, ensure_ascii=False, indent=1)
    print(told)
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(told + "\n", "utf-8")
    return 0


@contextlib.contextmanager
def scanner() -> Iterator[Any]:
    """A clamd of our own."""
    from tests.clamd import Clamd, program

    if program() is None:
        raise SystemExit("clamd is not installed: apt-get install clamav-daemon")
    with tempfile.TemporaryDirectory(prefix="xyc-") as folder:
        daemon = Clamd(Path(folder))
        daemon.start()
        try:
            yield daemon
        finally:
            daemon.stop()


def play(given: argparse.Namespace, cluster: Cluster, clamd: Any) -> dict[str, Any]:
    """What was seen."""
    from tests.journeys.house import ROOT, House
    from tests.rehearsal.conservation import Conservation, settle
    from tests.rehearsal.enterprises import Enterprise, adopted
    from tests.rehearsal.journal import Journal
    from tests.rehearsal.kills.killer import Killer
    from tests.rehearsal.kills.people import Applicant, Desk, kept
    from tests.rehearsal.kills.units import Units
    from tests.rehearsal.offices import Office
    from tests.rehearsal.session import Fault

    from xingyun.rulebook import load_folder

    folder = ROOT / "rulebooks" / "jinan-2020"
    book, journal = load_folder(folder), Journal()
    home = next(a for a in book.authorities if a.parent is not None)
    level = book.levels[0].key
    house = House(folder, [f"{home.key}:{level}:filled"] * given.applicants, served=False)
    with house, Units(house, cluster, clamd) as units:
        laws = Conservation(house, journal, killed=True)
        killer = Killer(units, given.kills, given.every, given.seed)
        desk = Desk(Office(home.key, home.name.zh, units.url, journal))
        applicants = []
        for n, family in enumerate(house.families, 1):
            one = Enterprise(book, n, home.key, home.name.zh, level, units.url, journal)
            adopted(house, one, family)
            applicants.append(Applicant(one, desk, killer, n / (given.applicants + 1)))
        since = time.monotonic()
        killer.start()
        with ThreadPoolExecutor(given.applicants) as people:
            for done in [people.submit(one.live) for one in applicants]:
                done.result()
        killer.join()
        back = units.wait()
        settle(house, A_WHILE)
        taken_in(house)
        seconds = time.monotonic() - since
        held = laws.hold()
        wrong = [
            said
            for one in applicants
            for (answers,) in house.sql(
                "SELECT answers::text FROM applications_application"
                f" WHERE replace(uid::text, '-', '') = '{one.one.uid}'"
            )
            if (said := kept(one, answers))
        ]
        if wrong:
            raise Fault("\n".join(wrong))
        statuses = Counter(asked.status for asked in journal.asked)
        return {
            "kills": killer.killed.total(),
            "killed": dict(killer.killed),
            "begun_again": dict(units.begun_again),
            "seconds": round(seconds),
            "seconds_until_well": {
                name: {"times": len(s), "median": round(statistics.median(s), 1), "longest": round(max(s), 1)}
                for name, s in killer.back.items()
            },
            "well_again_at_the_end": round(back, 1),
            "requests": len(journal.asked),
            "no_answer": statuses[0],
            "answered_5xx": {str(s): n for s, n in sorted(statuses.items()) if s >= 500},
            "looked_whether_it_was_done": sum(one.looked for one in applicants),
            "found_done_late": sum(one.late for one in applicants),
            "conserved": held,
        }


def taken_in(house: Any) -> None:
    """Wait until every file that waited for the scanner is attached."""
    end = time.monotonic() + A_WHILE
    while house.sql("SELECT 1 FROM applications_awaited WHERE refusal = '' LIMIT 1"):
        if time.monotonic() > end:
            raise SystemExit("files still wait for the scanner")
        time.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
