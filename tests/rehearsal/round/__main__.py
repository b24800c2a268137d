"""`python -m tests.rehearsal.round [--size small]`: a round by its crowd, and what must hold afterwards.

It begins its own PostgreSQL (or uses SQLite), web server and worker, and ends them. `--out FOLDER` gets
`round.json`, `round.svg` and `round.txt`. What takes longer than `--minutes` fails.
"""

import argparse
import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import django
from tests.postgres import Cluster
from tests.rehearsal.round.timetable import SIZES, Size, compressed

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xingyun.config.settings")
# As an office runs it: what is acknowledged is on the disk.
REAL = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "enable_seqscan": "on",
    "max_connections": "100",
}
OFFICES = 60.0  # minutes that everything behind the last minute may take for 3,000 applications
SPARE = 3.0  # a machine that others use, or that has two cores only, may take so many times longer


def main() -> int:
    """Play, hold the laws, write down what was seen."""
    given = arguments()
    size = sized(given)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    limit = given.minutes or 15 + SPARE * (size.minutes + OFFICES * size.applications / 3_000)
    with contextlib.ExitStack() as stack:
        postmaster = None
        if not given.sqlite:
            cluster = stack.enter_context(Cluster(**REAL))
            os.environ["XINGYUN_DATABASE_URL"] = cluster.url
            postmaster = cluster.postmaster
        else:
            os.environ.pop("XINGYUN_DATABASE_URL", None)
        django.setup()
        with bounded(limit * 60):
            found, text, drawn = play(given, size, postmaster)
    print(text)
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
        told = json.dumps(found, ensure_ascii=False, indent=1)
        for name, content in (("round.json", told + "\n"), ("round.txt", text + "\n"), ("round.svg", drawn)):
            (given.out / name).write_text(content, "utf-8")
    return 0


def arguments() -> argparse.Namespace:
    """The knobs."""
    asked = argparse.ArgumentParser(prog="python -m tests.rehearsal.round", description=__doc__)
    asked.add_argument("--size", choices=SIZES, default="full")
    for name, kind in Size.__annotations__.items():
        asked.add_argument(f"--{name.replace('_', '-')}", type=kind, help=f"instead of the size's {name}")
    asked.add_argument("--sqlite", action="store_true", help="without PostgreSQL")
    asked.add_argument("--patient", action="store_true", help="evidence is read and checked meanwhile, too")
    asked.add_argument("--threads", type=int, default=4, help="of the web server")
    asked.add_argument("--workers", type=int, default=2, help="jobs done at the same time")
    asked.add_argument("--at-once", type=int, default=4, help="districts that decide at the same time")
    asked.add_argument("--minutes", type=float, help="after which it fails")
    asked.add_argument("--out", type=Path)
    return asked.parse_args()


def sized(given: argparse.Namespace) -> Size:
    """The size that was asked for, with its single figures."""
    own = {name: getattr(given, name) for name in Size.__annotations__ if getattr(given, name) is not None}
    return replace(SIZES[given.size], **own)


@contextlib.contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Raise Fault after so many seconds."""
    from tests.rehearsal.session import Fault

    def over(*_: object) -> None:
        raise Fault(f"not done after {seconds / 60:.0f} minutes")

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def play(given: argparse.Namespace, size: Size, postmaster: int | None) -> tuple[dict[str, Any], str, str]:
    """What was found, as data, as text, as a picture."""
    from tests.journeys.house import ROOT
    from tests.rehearsal.conservation import Conservation, settle
    from tests.rehearsal.figures import figures
    from tests.rehearsal.plot import plot
    from tests.rehearsal.round import measured
    from tests.rehearsal.round.books import follow
    from tests.rehearsal.round.picture import picture
    from tests.rehearsal.round.played import Grounds, Round

    from xingyun.rulebook import load_folder

    begun = time.monotonic()

    def say(line: str) -> None:
        print(f"{time.monotonic() - begun:7.0f} s  {line}", flush=True)

    folder = ROOT / "rulebooks" / "jinan-2020"
    book = load_folder(folder)
    cases = plot(book, size.districts, size.applications, rounds=1)
    environment = {
        "XINGYUN_WEB_THREADS": str(given.threads),
        "XINGYUN_WORKER_THREADS": str(given.workers),
    }
    say(f"{size.districts} 个单位，名录 {size.roster} 家，{size.applications} 家申报")
    with Grounds(folder, cases, size.roster, patient=given.patient, environment=environment) as house:
        say(f"系统在 {house.url}")
        played = Round(house, cases, say, given.at_once, size=size)
        kept = Conservation(house, played.journal)
        since = time.monotonic()
        with measured.Watch(lambda: house.served.process.pid, postmaster) as watch:  # type: ignore[union-attr]
            played.play()
            seconds = time.monotonic() - since
            settle(house)
        held = kept.hold()
        numbers = figures(played)
        followed = follow(house, book, list(played.enterprises.values()))
        officials = house.sql(
            "SELECT count(DISTINCT u.id) FROM accounts_user u"
            " JOIN registry_membership m ON m.user_id = u.id WHERE u.last_login IS NOT NULL"
        )[0][0]
        found: dict[str, Any] = {
            "size": asdict(size),
            "database": "sqlite" if given.sqlite else "postgresql",
            "seconds": round(seconds),
            "days_compressed": round(compressed(size, played.crowd.lengths[1:])),
            "most_people": played.crowd.most,
            "officials": officials,
            "too_late": len(played.crowd.late),
            "latencies": measured.latencies(played.journal),
            "minutes": measured.minutes(played.journal),
            "memory_mb": watch.peaks,
            "processor_seconds": watch.seconds,
            "disk_mb": measured.disk(house),
            "conserved": held,
            "checklist_pages_followed": followed,
            "states": numbers["states"],
        }
    return found, told(found), picture(found["minutes"], headline(found))


def headline(found: dict[str, Any]) -> str:
    """What it was, in a line."""
    size = found["size"]
    return (
        f"{size['applications']} 家申报，{found['most_people']} 人同时在场，"
        f"{found['officials']} 名工作人员，{found['seconds'] / 60:.0f} 分钟（{found['database']}）"
    )


def told(found: dict[str, Any]) -> str:
    """The table."""
    from tests.rehearsal.round import measured

    handed = max((row["submissions"] for row in found["minutes"]), default=0)
    return "\n".join(
        [
            headline(found),
            f"the last three days {found['days_compressed']} times faster than days are;"
            f" at most {handed} handed in in one minute; {found['too_late']} were told that it was over",
            "",
            "milliseconds",
            measured.table(found["latencies"]),
            "",
            f"memory at its peak, MB: {found['memory_mb']}",
            f"processor, seconds: {found['processor_seconds']}",
            f"disk, MB: {found['disk_mb']}",
            f"states: {found['states']}",
            f"conserved: {json.dumps(found['conserved'], ensure_ascii=False)}",
            f"checklist pages followed: {found['checklist_pages_followed']}",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
