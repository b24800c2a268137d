"""sqlmap and wapiti, bounded, against 127.0.0.1 alone; what they found, in a line each."""

import csv
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from tests.attacks.walk import Question

# Each in a folder of its own, apart from the product's libraries: they would hold those back.
UV = [str(Path(sys.executable).parent / "uv"), "tool", "run", "--from"]
SQLMAP, WAPITI = [*UV, "sqlmap==1.10.10", "sqlmap"], [*UV, "wapiti3==3.2.3", "wapiti"]
RULE = "=" * 54
# Without the technique that sleeps: on a busy machine every page is slow now and then.
# Each question is from an address of its own, as behind a proxy: one address may sign in thirty times a
# minute, and sqlmap, once told 429, waits five seconds before whatever it asks.
# Pages are compared by their text: in their tags are tokens of each answer's own, and what was asked.
QUIETLY = (
    "--tamper=xforwardedfor",
    "--ignore-code=429",
    "--text-only",
    "--batch",
    "--ignore-stdin",
    "--technique=BE",
    "--threads=2",
    "--flush-session",
    "--disable-coloring",
)
# What sqlmap itself finds to be none when it tries to use it.
REFUTED = "false positive"
HOLES = ("sql", "xss", "permanentxss", "crlf", "redirect", "file", "exec", "xxe")


def sqlmap(questions: Sequence[Question], cookie: str, folder: Path, *, level: int = 1) -> list[str]:
    """The parameters that take SQL."""
    log, found = folder / "requests.txt", folder / "found.csv"
    log.write_text("".join(_logged(one, cookie) for one in questions))
    found.unlink(missing_ok=True)
    words = (f"--level={level}", "--param-exclude=csrfmiddlewaretoken", f"--output-dir={folder / 'sqlmap'}")
    with (folder / "sqlmap.log").open("w") as output:
        subprocess.run(
            [*SQLMAP, "-l", str(log), *QUIETLY, *words, f"--results-file={found}"],
            stdout=output,
            stderr=subprocess.STDOUT,
            check=True,
            timeout=3600,
        )
    told = list(csv.DictReader(found.read_text().splitlines())) if found.exists() else []
    return [
        f"SQL: {row['Target URL']} {row['Place']} {row['Parameter']}"
        for row in told
        if row["Technique(s)"] and REFUTED not in row["Note(s)"]
    ]


def tried(folder: Path) -> int:
    """How many parameters sqlmap came to."""
    return (folder / "sqlmap.log").read_text().count("testing if ")


def crawled(folder: Path) -> int:
    """How many pages wapiti saw."""
    return int(json.loads((folder / "wapiti.json").read_text())["infos"]["crawled_pages_nbr"])


def _logged(one: Question, cookie: str) -> str:
    at = urlsplit(one.url)
    place = f"{at.path}?{at.query}" if at.query else at.path
    head = [f"{one.method} {place} HTTP/1.1", f"Host: {at.netloc}", f"Cookie: {cookie}"]
    if one.method == "POST":
        head += [f"Referer: {one.url}", "Content-Type: application/x-www-form-urlencoded"]
    said = "\n".join([*head, "", one.body])
    return f"{RULE}\n10:00:00  {at.scheme}://{at.netloc}  [127.0.0.1]\n{RULE}\n{said}\n{RULE}\n\n\n\n"


def wapiti(base: str, cookie: str, folder: Path, *, seconds: int) -> list[str]:
    """What a crawl came upon, by module."""
    told = folder / "wapiti.json"
    words = ["-u", base, "-m", ",".join(HOLES), "-f", "json", "-o", str(told), "--flush-session"]
    words += ["--max-scan-time", str(seconds), "--max-attack-time", str(seconds // 2)]
    words += ["--no-bugreport", "--scope", "domain", "-d", "6", "-t", "20"]
    words += ["-x", f"{base}/accounts/logout/", "-v", "0", "--store-session", str(folder / "wapiti")]
    words += ["--header", f"Cookie: {cookie}"] if cookie else []
    with (folder / "wapiti.log").open("w") as output:
        subprocess.run(
            [*WAPITI, *words],
            stdout=output,
            stderr=subprocess.STDOUT,
            check=True,
            timeout=seconds * (1 + len(HOLES)) + 300,
        )
    report = json.loads(told.read_text())
    held = {**report["vulnerabilities"], **report["anomalies"]}
    return [
        f"{kind}: {one['method']} {one['path']} {one['info']}" for kind, all_ in held.items() for one in all_
    ]
