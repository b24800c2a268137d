"""People who work on while the system is killed: without an answer they look, and do it again if need be."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.factories.mixed_papers import paper
from tests.rehearsal.enterprises import Enterprise
from tests.rehearsal.journal import Known
from tests.rehearsal.kills.killer import Killer
from tests.rehearsal.offices import GRANT, Office
from tests.rehearsal.session import Fault, Silence

AGAIN = 0.4  # seconds before somebody looks again
FAULTS = 12  # pages that are not as expected because a killed request was done after all
FIELD = "filing_number"
UNDER_WAY = ("正在逐页识别", "正在把盖章的页放进", "等待病毒扫描", "正在扫描")
INVOICES, FILES = 4, 3
BUSY = 3_600  # seconds for one enterprise


class Steady:
    """Somebody who gets it done."""

    def __init__(self) -> None:
        self.looked = 0
        self.late = 0

    def do(self, act: Callable[[], object], done: Callable[[], bool]) -> None:
        """Do it; where no answer comes, look whether it is done, and if not do it again."""
        faults = 0
        while True:
            try:
                act()
                return
            except Silence:
                self.looked += 1
            except Fault:
                # It was done by the request that got no answer, after we had looked.
                self.late += 1
                faults += 1
                if faults > FAULTS:
                    raise
            if self.sees(done):
                return

    def sees(self, done: Callable[[], bool]) -> bool:
        """Look as often as it takes to get a page."""
        while True:
            time.sleep(AGAIN)
            try:
                return done()
            except Silence:
                continue


@dataclass
class Desk:
    """An office whose people are asked by several at once, one after the other."""

    office: Office
    lock: threading.Lock = field(default_factory=threading.Lock)


class Applicant(Steady):
    """An enterprise that works at its draft as long as it likes, hands in, and is decided on."""

    def __init__(self, one: Enterprise, desk: Desk, killer: Killer, until: float) -> None:
        """It hands in when so large a share of the kills (0 to 1) is over."""
        super().__init__()
        self.one, self.desk, self.killer, self.until = one, desk, killer, until
        self.typed: list[tuple[str, Known]] = []

    def live(self) -> None:
        """All of it."""
        self.work_at_draft()
        self.make_book()
        self.do(self.one.submit, self._submitted)
        with self.desk.lock:
            self.be_decided()

    # ── the draft ─────────────────────────────────────────────────────────────────────────────
    def work_at_draft(self) -> None:
        """Rows, files, answers, until it is time."""
        n = 0
        while n < INVOICES or (self.killer.share < self.until and not self.killer.ended.is_set()):
            n += 1
            if n <= INVOICES:
                self._invoice(f"{self.one.n:04d}{n:04d}")
            if n <= FILES:
                self._file(n)
            self._answer(f"鲁ICP备{n:05d}号")

    def _invoice(self, number: str) -> None:
        page = f"{self.one.application}ledger/invoices/"
        given = {
            "code": "037002000111",
            "number": number,
            "issued_on": "2020-04-02",
            "net_fen": "1000.00",
            "tax_fen": "60.00",
            "gross_fen": "1060.00",
        }

        def enter() -> None:
            self.one.me.go(page)
            self.one.me.press("记入台账", given, does=self.one.intent("invoice", number))

        self.do(enter, lambda: number in self.one.me.go(f"{self.one.application}ledger/").text)

    def _file(self, n: int) -> None:
        slot = next(s.key for m in self.one.book.materials if not m.made_by_system for s in m.slots)
        name = f"beilv-{self.one.n}-{n}.pdf"
        page = f"{self.one.application}evidence/"
        # The same bytes each time: a person chooses the same file again.
        content = paper([f"KILLS-{self.one.uid}-{n}"], "a4", 0, 0)

        def send() -> None:
            self.one.me.go(page)
            self.one.attach(slot, name, content)

        self.do(send, lambda: name in self.one.me.go(page).text)

    def _answer(self, text: str) -> None:
        """An answer of the form, saved with its section; the journal knows it by the value."""
        section = self.one.book.form.field(FIELD).section
        does = self.one.intent("answer", text)

        def save() -> None:
            self.one.me.go(f"{self.one.application}form/{section}/")
            self.one.me.press("下一部分", {FIELD: text}, does=does)

        self.do(save, lambda: False)
        self.typed.append((text, self.one.journal.acts[does[0]]))

    # ── the book ──────────────────────────────────────────────────────────────────────────────
    def make_book(self) -> None:
        """Whatever the page asks for next, until it can be handed in; what failed is asked for again."""
        end = time.monotonic() + BUSY
        while time.monotonic() < end:
            try:
                if self._next_step():
                    return
            except Silence:
                self.looked += 1
            time.sleep(AGAIN)
        raise Fault(f"{self.one.name} has no book: {self.one.me.page.text[:900]}")

    def _next_step(self) -> bool:
        me, at = self.one.me, self.one.application
        page = me.go(f"{at}booklet/")
        if page.links(r"/submit/$") and "已放进申报书" in page.text:
            return True
        for button in ("采用这", "再做一次", "成册"):
            if page.has(button):
                me.press(button)
                return False
        if page.links(r"/booklet/print/") and not any(words in page.text for words in UNDER_WAY):
            sheets = me.go(f"{at}booklet/print/").body
            file = [("scan.pdf", self.one.scan(sheets, self.one.name))]
            page = me.go(f"{at}booklet/")
            if page.links(r"/booklet/print/") and page.has("上传选好的文件") and not page.has("采用这"):
                me.press("上传选好的文件", {"file": file}, at="/booklet/scan/")
        return False

    def _submitted(self) -> bool:
        page = self.one.me.go(f"{self.one.application}progress/")
        if "/receipt/" not in "".join(page.links("/receipt/")):
            return False
        self.one.read_receipt(self.one.me.go(f"{self.one.application}receipt/"))
        return True

    # ── the office ────────────────────────────────────────────────────────────────────────────
    def be_decided(self) -> None:
        """Accepted, looked up, decided by three people under minutes of its own."""
        office, one = self.desk.office, self.one
        for post in ("jb", "fh", "qf"):
            self.do(lambda post=post: office.as_(post), lambda: False)  # type: ignore[misc]
        self.do(lambda: office.accept(one), lambda: not office.open(one).has("受理"))
        self.do(office.look_up, lambda: False)
        number = f"{office.name}纪要〔2020〕{one.n}号"
        minutes = "/officials/minutes/"
        self.do(
            lambda: office.minute(number, "2020-10-12"),
            lambda: number in office.as_("jb").go(minutes).text,
        )
        (act,) = [act for act in one.book.path(one.level) if act.tier == one.book.tiers[0].key][:1]
        self.do(lambda: office.decide(one, act.level, act.kind, GRANT), self._prepared)
        self.do(lambda: office.review_and_sign(number), lambda: False)

    def _prepared(self) -> bool:
        page = self.desk.office.open(self.one, "decisions/")
        return not page.has("拟定")


def kept(applicant: Applicant, answers: str) -> str:
    """What is wrong with the answer that is stored: it must be the last acknowledged one or one after it."""
    stored = json.loads(answers).get(FIELD, "")
    done = [n for n, (_text, known) in enumerate(applicant.typed) if known.done]
    allowed = [text for text, _known in applicant.typed[done[-1] if done else 0 :]]
    return "" if stored in allowed else f"{applicant.one.name} typed {allowed[:3]}, stored is {stored!r}"
