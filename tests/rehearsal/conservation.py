"""What must hold after whatever has happened: the people's journal beside the database."""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.journeys.house import House
from tests.rehearsal.journal import Journal
from tests.rehearsal.session import Fault

from xingyun.applications.actions.transitions import BEGIN
from xingyun.applications.states import TRANSITIONS, State
from xingyun.jobs.registry import discover

APPLICATION = "replace(CAST(a.uid AS text), '-', '')"
REPORT = "replace(CAST(r.uid AS text), '-', '')"
OF_APPLICATION = "JOIN applications_application a ON a.id = %s.application_id"
MOVED = f"""SELECT {APPLICATION} FROM applications_statechange c {OF_APPLICATION % "c"} WHERE c.act = """
LEDGER = (
    f"SELECT {APPLICATION} || ' ' || l.number FROM %s l JOIN applications_application a USING (dossier_id)"
)
# Each act that people do once → what the database has of it, spelled as the journal spells it.
STORED = {
    "register": "SELECT uscc FROM registry_enterprise",
    "begin": "SELECT e.uscc FROM applications_application a"
    " JOIN registry_enterprise e ON e.id = a.enterprise_id",
    "contract": LEDGER % "evidence_contract",
    "invoice": LEDGER % "evidence_invoice",
    "attach": f"SELECT {APPLICATION} || ' ' || f.sha256 FROM applications_attachment t"
    f" {OF_APPLICATION % 't'} JOIN files_file f ON f.id = t.file_id",
    "claim": f"SELECT {APPLICATION} || ' ' || c.domain FROM applications_claim c {OF_APPLICATION % 'c'}",
    "prove": f"SELECT {APPLICATION} || ' ' || c.domain FROM applications_claimpage p"
    f" JOIN applications_claim c ON c.id = p.claim_id {OF_APPLICATION % 'c'}",
    "submit": f"SELECT {APPLICATION} || ' ' || s.version"
    f" FROM applications_submission s {OF_APPLICATION % 's'}",
    "withdraw": MOVED + "'withdraw'",
    "accept": MOVED + "'accept'",
    "refuse": MOVED + "'refuse'",
    "return": MOVED + "'return' AND c.source = 'submitted'",
    "minutes": "SELECT number FROM reviews_minutes",
    # Revoked ones, too: that there is one live one at most is the database's own law.
    "prepare": "SELECT DISTINCT application_id || ':' || level || ':' || kind FROM reviews_decision",
    "decide": f"SELECT DISTINCT {APPLICATION} || ' ' || d.level || ' ' || d.kind FROM reviews_decision d"
    f" {OF_APPLICATION % 'd'}",
    "review": "SELECT CAST(id AS text) FROM reviews_decision WHERE reviewed_at IS NOT NULL",
    "sign": "SELECT CAST(id AS text) FROM reviews_decision WHERE signed_at IS NOT NULL",
    "report": "SELECT a.key || ' ' || r.seq FROM reviews_report r"
    " JOIN registry_authority a ON a.id = r.authority_id",
    "countersign": f"SELECT {REPORT} FROM reviews_report r WHERE r.countersigned_at IS NOT NULL",
    "send": f"SELECT {REPORT} FROM reviews_report r WHERE r.sent_at IS NOT NULL",
    "receive": f"SELECT {REPORT} FROM reviews_report r WHERE r.received_at IS NOT NULL",
}
# Done one by one, so that nothing can be there which nobody pressed for.
WHOLE = frozenset(STORED) - {"prepare", "decide", "review", "sign", "countersign", "receive"}


@dataclass
class Told:
    """What was found: figures for the note, and every fault in words."""

    figures: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def none(self, what: str, rows: Iterable[object]) -> None:
        """These rows should not be there."""
        rows = list(rows)
        if rows:
            self.faults.append(f"{what}: {len(rows)}, as {rows[:5]}")


@dataclass
class Conservation:
    """`before` is what was there when the people came. Where workers were `killed`, work may have failed.

    Whoever waited for it has asked again then.
    """

    house: House
    journal: Journal
    killed: bool = False

    def __post_init__(self) -> None:
        self.before = self._stored()

    def hold(self) -> dict[str, Any]:
        """Every law; the figures. Raises Fault with all that was broken."""
        told = Told()
        laws: tuple[Callable[[Told], None], ...] = (
            self._acts, self._record, self._states, self._receipts, self._quotas, self._numbers, self._work,
        )  # fmt: skip
        for law in laws:
            law(told)
        if told.faults:
            raise Fault("\n".join(told.faults))
        return told.figures

    def _stored(self) -> dict[str, Counter[str]]:
        return {name: Counter(str(row[0]) for row in self.house.sql(sql)) for name, sql in STORED.items()}

    # ── acts ──────────────────────────────────────────────────────────────────────────────────
    def _acts(self, told: Told) -> None:
        """What was acknowledged is there once; what got no answer is there once or not; nothing else is."""
        figures: dict[str, dict[str, int]] = defaultdict(Counter)
        stored = {name: rows - self.before[name] for name, rows in self._stored().items()}
        for intent, known in self.journal.acts.items():
            if intent.name not in stored:
                continue  # whoever played looks after it
            there = stored[intent.name][intent.about]
            row = figures[intent.name]
            row["intents"] += 1
            row["acknowledged"] += bool(known.done)
            row["without_answer"] += known.silent
            row["unanswered_but_done"] += bool(not known.done and there)
            row["stored"] += there
            if known.done and not there:
                told.faults.append(f"lost: {intent}")
            if there > 1:
                told.faults.append(f"{there} times: {intent}")
            if there and not known.done and not known.silent:
                told.faults.append(f"refused, yet there: {intent}")
        known_ = {(intent.name, intent.about) for intent in self.journal.acts}
        for name in WHOLE:
            told.none(f"nobody did: {name}", [a for a in stored[name] if (name, a) not in known_])
        told.figures["acts"] = {name: dict(row) for name, row in sorted(figures.items())}

    # ── the record ────────────────────────────────────────────────────────────────────────────
    def _record(self, told: Told) -> None:
        said = self.house.command("audit", "verify")
        if "记录完整" not in said:
            told.faults.append(f"the record: {said}")
        said = self.house.command("restore", "--check")
        if "查验无误" not in said:
            told.faults.append(f"the files: {said}")
        told.none(
            "steps without their entry",
            self.house.sql(
                "SELECT c.id, count(e.id) FROM applications_statechange c LEFT JOIN audit_entry e"
                " ON e.hash = c.entry_hash AND e.act = 'application.' || c.act"
                " GROUP BY c.id HAVING count(e.id) <> 1"
            ),
        )
        acts = {BEGIN, *(act for edges in TRANSITIONS.values() for act in edges.values())}
        listed = ", ".join(f"'application.{act}'" for act in sorted(acts))
        ((entries,),) = self.house.sql(f"SELECT count(*) FROM audit_entry WHERE act IN ({listed})")
        ((steps,),) = self.house.sql("SELECT count(*) FROM applications_statechange")
        if entries != steps:
            told.faults.append(f"{entries} entries for {steps} steps")
        ((all_,),) = self.house.sql("SELECT count(*) FROM audit_entry")
        told.figures["entries"], told.figures["steps"] = all_, steps

    def _states(self, told: Told) -> None:
        """Every application's steps follow each other and the table, and end where it is."""
        walked: dict[int, list[tuple[int, str, str, str]]] = defaultdict(list)
        for pk, *step in self.house.sql(
            "SELECT application_id, seq, source, target, act FROM applications_statechange"
            " ORDER BY application_id, seq"
        ):
            walked[pk].append(tuple(step))  # type: ignore[arg-type]  # four of them
        for pk, state in self.house.sql("SELECT id, state FROM applications_application"):
            here = ""
            for at, (seq, source, target, act) in enumerate(walked[pk], 1):
                way = {State.DRAFT: BEGIN} if at == 1 else TRANSITIONS[State(here)]
                if (seq, source) != (at, here) or way.get(State(target)) != act:
                    told.faults.append(f"application {pk}, step {at}: {source} → {target} by {act}")
                here = target
            if here != state:
                told.faults.append(f"application {pk} is {state}, its steps end at {here}")

    def _receipts(self, told: Told) -> None:
        """What a receipt says of the record is what the record says; each hand-in has one receipt."""
        entries = {
            about: (digest, step)
            for about, digest, step in self.house.sql(
                f"SELECT {APPLICATION} || ' ' || s.version, s.entry_hash, c.entry_hash"
                f" FROM applications_submission s {OF_APPLICATION % 's'}"
                " LEFT JOIN applications_statechange c ON c.application_id = a.id AND c.act = 'submit'"
                " AND c.entry_hash = s.entry_hash"
            )
        }
        for about, read in self.journal.receipts.items():
            if entries.get(about) != (read, read):
                told.faults.append(f"the receipt of {about} says {read}, the record {entries.get(about)}")
        told.none("submissions without a step", [a for a, pair in entries.items() if pair[0] != pair[1]])
        papers = Counter(
            n for (n,) in self.house.sql("SELECT number FROM papers_paper WHERE kind = 'receipt'")
        )
        wanted = Counter(
            f"{number}-R{version}"
            for number, version in self.house.sql(
                f"SELECT a.number, s.version FROM applications_submission s {OF_APPLICATION % 's'}"
            )
        )
        told.none("receipts lost", (wanted - papers).elements())
        told.none("receipts too many", (papers - wanted).elements())
        told.figures["receipts"] = len(self.journal.receipts)

    # ── numbers ───────────────────────────────────────────────────────────────────────────────
    def _quotas(self, told: Told) -> None:
        lines = self.house.sql(
            "SELECT q.id, q.used, q.cap, (SELECT count(*) FROM reviews_decision d"
            " WHERE d.quota_line_id = q.id AND d.revoked_at IS NULL AND d.outcome = 'granted')"
            " FROM rounds_quotaline q"
        )
        told.none("places", [line for line in lines if line[1] != line[3] or line[1] > (line[2] or line[1])])
        told.figures["places_used"] = sum(line[1] for line in lines)

    def _numbers(self, told: Told) -> None:
        """Applications and documents are numbered without gaps."""
        for first, key in (
            ("applications_application a", "number"),
            ("papers_documentnumber a", "text"),
        ):
            given: dict[str, list[int]] = defaultdict(list)
            for office, text in self.house.sql(f"SELECT a.authority_id, a.{key} FROM {first}"):
                found = re.search(r"(\d+)号?$", text)
                assert found, text
                given[f"{office} {text[: found.start(1)]}"].append(int(found[1]))
            gaps = [(at, sorted(ns)) for at, ns in given.items() if sorted(ns) != list(range(1, len(ns) + 1))]
            told.none(f"numbers with gaps in {first}", [(at, ns[:3], ns[-1]) for at, ns in gaps])
            told.figures[f"{key}s_given"] = sum(map(len, given.values()))

    def _work(self, told: Told) -> None:
        """No work is left, none has failed; each person was told once."""
        failed = self.house.sql("SELECT kind, key, error FROM jobs_job WHERE state = 'failed'")
        told.figures["failed_work"] = len(failed)
        if not self.killed:
            told.none("failed", failed)
        told.none("left", unfinished(self.house))
        told.none(
            "told twice",
            self.house.sql(
                "SELECT user_id, subject, body, count(*) FROM outbox_message"
                " WHERE dedupe_key LIKE 'submitted:%' GROUP BY 1, 2, 3 HAVING count(*) > 1"
            ),
        )


def unfinished(house: House) -> list[tuple[Any, ...]]:
    """Work that somebody waits for and that is not done."""
    patient = ", ".join(f"'{name}'" for name, kind in discover().items() if kind.patient or kind.every)
    return house.sql(
        f"SELECT kind, key, state, error FROM jobs_job WHERE state IN ('queued', 'running')"
        f" AND kind NOT IN ({patient})"
    )


def settle(house: House, seconds: float = 1_800) -> None:
    """Wait until the worker has done what people asked for; raises Fault."""
    until = time.monotonic() + seconds
    while left := unfinished(house):
        if time.monotonic() > until:
            raise Fault(f"still to be done: {left[:10]}")
        time.sleep(1)
