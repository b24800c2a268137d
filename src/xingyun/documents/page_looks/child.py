"""The process that looks at one file: the request as JSON on its input, the answer as JSON on its output."""

import json
import sys
from pathlib import Path

from xingyun.documents.evidence_reading.child import hold_to
from xingyun.documents.page_looks.look import looks


def main() -> None:
    """One request, one answer."""
    asked = json.load(sys.stdin)
    hold_to(asked["seconds"], asked["memory"])
    json.dump(list(looks(Path(asked["path"]), asked["seconds"])), sys.stdout)


if __name__ == "__main__":
    main()
