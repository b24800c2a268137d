"""The process that looks at one scan: the request as JSON on its input, the answer as JSON on its output."""

import json
import sys
from dataclasses import astuple
from pathlib import Path

from xingyun.documents.evidence_reading.child import hold_to
from xingyun.documents.stamped.codes import PageCode
from xingyun.documents.stamped.looking import Place, looks


def main() -> None:
    """One request, one answer."""
    asked = json.load(sys.stdin)
    hold_to(asked["seconds"], asked["memory"])
    wanted = {PageCode(*code): [Place(*place) for place in places] for code, places in asked["wanted"]}
    found = looks(Path(asked["path"]), asked["pages"], wanted, Path(asked["folder"]))
    said = [
        [one.page, [list(astuple(code)) for code in one.codes], one.red, one.turned, one.image]
        for one in found
    ]
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
