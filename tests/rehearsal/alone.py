"""A rehearsal in a process of its own, which begins and ends all that it needs."""

import os
import subprocess
import sys
from pathlib import Path

from tests.journeys.house import ROOT

PATIENCE = 1_200  # seconds


def alone(module: str, *words: str, data: Path) -> None:
    """Run it with a data folder that nobody else has; it must succeed."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("XINGYUN_", "DJANGO_"))}
    paths = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "XINGYUN_DATA": str(data)}
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env={**own, **paths},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
