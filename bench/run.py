"""`make bench`: one table, on a rehearsal of its own. Trust the ratios, not the machine.

`python bench/run.py [--postgres] [SUBJECT…]`: only these, or on a PostgreSQL of its own.
"""

import argparse
import json
import os
import sys
import tempfile
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results"


def main() -> int:
    """Seed, measure, print, and keep a line of history; 1 where a subject failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own")
    parser.add_argument("subjects", nargs="*", help="what to measure; everything where none is named")
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from tests.postgres import Cluster

    # As an office runs it: nothing is switched off that a test does without.
    safe = dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes", "enable_seqscan"), "on")
    with (
        tempfile.TemporaryDirectory(prefix="xingyun-bench-") as folder,
        Cluster(**safe) if asked.postgres else nullcontext() as own,
    ):
        if own:
            os.environ["XINGYUN_DATABASE_URL"] = own.url
        os.environ.update(
            XINGYUN_DATA=folder,
            XINGYUN_REHEARSAL="1",
            XINGYUN_RULEBOOKS=str(ROOT / "rulebooks"),
            DJANGO_SETTINGS_MODULE="xingyun.config.settings",
        )
        import django

        django.setup()
        from bench import cases
        from bench.measure import table

        known = cases.SUBJECTS
        if unknown := set(asked.subjects) - set(known):
            parser.error(f"no such subject: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
        wanted = {name: known[name] for name in known if name in asked.subjects or not asked.subjects}
        cases.seed(ROOT)
        rows = list(cases.rows(wanted))
    text = table(rows)
    print(text)
    RESULTS.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).isoformat(timespec="seconds")  # noqa: TID251  # when the machine measured
    with (RESULTS / "history.jsonl").open("a") as history:
        kept = {"at": stamp, "on": "postgresql" if own else "sqlite", "rows": [vars(row) for row in rows]}
        history.write(json.dumps(kept, ensure_ascii=False) + "\n")
    return 1 if any(row.name.startswith(cases.FAILED) for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
