"""`make bench`: one table, on a rehearsal of its own. Trust the ratios, not the machine."""

import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results"


def main() -> int:
    """Seed, measure, print, and keep a line of history."""
    with tempfile.TemporaryDirectory(prefix="xingyun-bench-") as folder:
        os.environ.update(
            XINGYUN_DATA=folder,
            XINGYUN_REHEARSAL="1",
            XINGYUN_RULEBOOKS=str(ROOT / "rulebooks"),
            DJANGO_SETTINGS_MODULE="xingyun.config.settings",
        )
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        from bench import cases
        from bench.measure import table

        rows = cases.all_rows(ROOT)
    text = table(rows)
    print(text)
    RESULTS.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).isoformat(timespec="seconds")  # noqa: TID251  # when the machine measured
    with (RESULTS / "history.jsonl").open("a") as history:
        history.write(
            json.dumps({"at": stamp, "rows": [vars(row) for row in rows]}, ensure_ascii=False) + "\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
