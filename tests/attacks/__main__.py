"""sqlmap over every question that a role can ask, and wapiti's crawl for each; no hole is expected.

Its own PostgreSQL, server and rehearsal; nothing but 127.0.0.1 is asked. The tools must first find the holes
of `weak`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.attacks import tools
from tests.attacks.walk import Question, walk
from tests.attacks.weak import weak
from tests.postgres import Cluster
from tests.rehearsal.session import Person
from tests.serving import COMMAND, Served

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "xingyun-yanlian-2020"  # printed by the rehearsal for everybody who likes to try
ROLES = ("", "qiye01", "shizhong-jb", "shizhong-cz", "city-jb", "city-sj")
STARTS = ("/", "/notices/", "/titles/", "/accounts/login/", "/enterprise/", "/officials/")


def main() -> int:
    """0 where no hole was found, in a system where the tools find those there are."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description=__doc__)
    parser.add_argument("roles", nargs="*", help="accounts of the rehearsal; all roles where none is named")
    parser.add_argument("--seconds", type=int, default=240, help="how long wapiti may look in one role")
    parser.add_argument("--out", type=Path, help="where the tools' own logs are kept")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="xingyun-attacks-") as scratch:
        out = asked.out or Path(scratch) / "logs"
        _are_sharp(_folder(out / "weak"))
        with Cluster(enable_seqscan="on") as cluster:
            environment = {
                **os.environ,
                "XINGYUN_DATABASE_URL": cluster.url,
                "XINGYUN_DATA": f"{scratch}/data",
                "XINGYUN_REHEARSAL": "1",
                "XINGYUN_URGENT_ONLY": "1",
                "XINGYUN_PROXIES": "1",
            }
            seed = ["demo", "seed", "--rulebook", str(ROOT / "rulebooks" / "jinan-2020")]
            subprocess.run([*COMMAND, *seed], env=environment, check=True, stdout=subprocess.DEVNULL)
            with Served(environment) as served:
                roles = asked.roles or ROLES
                found = [hole for role in roles for hole in _attack(served, role, out, asked.seconds)]
                still_well = served.health()
    print(*found, sep="\n")
    print(f"{len(found)} holes; afterwards {still_well}")
    return 1 if found or not all(still_well.values()) else 0


def _are_sharp(folder: Path) -> None:
    with weak() as url:
        asked = walk(Person(url, "nobody"), "/")
        assert tools.sqlmap(asked, "", folder), "sqlmap does not find what is there"
        assert tools.wapiti(f"{url}/", "", folder, seconds=60), "wapiti does not find what is there"


def _attack(served: Served, role: str, out: Path, seconds: int) -> list[str]:
    folder, begun = _folder(out / (role or "nobody")), time.monotonic()
    person = Person(served.url, role)
    if role:
        person.sign_in(PASSWORD)
    questions: list[Question] = walk(person, *STARTS)
    cookie = "; ".join(f"{one.name}={one.value}" for one in person.cookies)
    found = tools.sqlmap(questions, cookie, folder)
    found += tools.wapiti(f"{served.url}/", cookie, folder, seconds=seconds)
    took = time.monotonic() - begun
    print(
        f"{role or 'nobody'}: {len(questions)} questions, sqlmap tried {tools.tried(folder)} parameters, "
        f"wapiti {tools.crawled(folder)} pages, {len(found)} found, {took:.0f} s",
        flush=True,
    )
    return [f"{role or 'nobody'}: {one}" for one in found]


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


if __name__ == "__main__":
    sys.exit(main())
