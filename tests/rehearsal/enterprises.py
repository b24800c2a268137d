"""Enterprises at the pages: they register, fill in, prove, bind, stamp, hand in; they correct, withdraw."""

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from tests.factories.mixed_papers import paper
from tests.journeys.house import Family, House
from tests.rehearsal.journal import Intent, Journal
from tests.rehearsal.scanning import scanned
from tests.rehearsal.session import Fault, Page, Person

from xingyun.demo.answers import answers
from xingyun.demo.names import Invented, applicant, provider
from xingyun.demo.offices import PASSWORD
from xingyun.rulebook import Rulebook

PATIENCE = 3600  # seconds for the worker, which may have hundreds of books before ours
LOOK_AGAIN = 2  # seconds between two looks at a book under way
CLAIMED = 2  # domains, of which each is proved by a page
NET, TAX = 120_000_00, 7_200_00  # fen of the n-th enterprise's one invoice, and n times 1,000 yuan more


@dataclass
class Enterprise:
    """One invented enterprise, whose person sits at the pages."""

    book: Rulebook
    n: int
    district: str
    place: str
    level: str
    base: str
    journal: Journal = field(default_factory=Journal)
    pause: Callable[[], None] = lambda: None
    look_again: float = LOOK_AGAIN
    scan: Callable[[bytes, str], bytes] = scanned

    def __post_init__(self) -> None:
        self.who: Invented = applicant(self.n, "", "370100")
        self.me = Person(self.base, f"qiye{self.n:03d}", self.journal, self.pause)
        # What it has spent in fen; no two alike, so that a ranking by spend has one order only.
        self.gross = NET + TAX + 106_000 * self.n
        self.application = ""
        self.number = ""
        self.version = 0  # submissions so far
        self.inside = False
        self.brought = False

    @property
    def uid(self) -> str:
        """The application's id as databases of every kind can be made to spell it."""
        return self.application.strip("/").rsplit("/", 1)[-1].replace("-", "")

    def intent(self, name: str, *about: str) -> list[Intent]:
        """Something to be done once with this application."""
        return [Intent(name, " ".join((self.uid, *about)))]

    @property
    def name(self) -> str:
        """As in its licence."""
        return self.who.name

    def adopt(self, who: Invented, gross: int, application: str, session: str) -> None:
        """Be one that has handed in before the rehearsal began; its person has a session."""
        self.who, self.gross, self.application = who, gross, application
        self.me.bring(session)
        self.inside = True

    # ── beginning ─────────────────────────────────────────────────────────────────────────────
    def register(self) -> None:
        """Hand in the registration."""
        me = self.me
        me.go("/enterprise/register/")
        given = {
            "uscc": self.who.uscc,
            "name": self.name,
            "authority": self.district,
            "address": f"{self.place}工业北路 {self.n} 号",
            "person": self.who.person,
            "phone": f"1380000{self.n:04d}",
            "email": f"qiye{self.n:03d}@example.com",
            "username": me.name,
            "password": PASSWORD,
            "licence": [("licence.pdf", self.paper("LICENCE"))],
            "authorisation": [("authorisation.pdf", self.paper("LETTER"))],
        }
        does = [Intent("register", self.who.uscc)]
        me.press("交给主管部门核对", given, does=does).says("注册")

    def paper(self, word: str) -> bytes:
        """A paper of one page that nobody else has."""
        return paper([f"{word}-{self.n}-{self.who.uscc}"], "a4", 0, 0)

    def enter(self) -> None:
        """Sign in, once."""
        if not self.inside:
            self.me.sign_in(PASSWORD)
            self.inside = True

    def begin(self) -> None:
        """A new application in the round that is open; its address is remembered."""
        me = self.me
        me.go("/enterprise/")
        page = me.press("新建", does=[Intent("begin", self.who.uscc)])
        found = re.match(r"/enterprise/applications/[0-9a-f-]+/", page.path)
        if not found:
            raise Fault(f"{self.name} could not begin: {page.url} {page.text[:400]}")
        self.application = found[0]

    # ── filling in ────────────────────────────────────────────────────────────────────────────
    def fill(self) -> None:
        """The form, section by section, as the pages lead on."""
        typed = self._typed()
        self.me.go(f"{self.application}form/")
        for section in self.book.form.sections:
            given: dict[str, Any] = {}
            for one in self.book.form.in_section(section.key):
                text = typed[one.key]
                given[one.key] = text.split("\n") if one.kind in ("multi_choice", "organisations") else text
            self.me.press("下一部分", given)

    def _typed(self) -> dict[str, str]:
        enterprise: Any = SimpleNamespace(
            name=self.name, address=f"{self.place}工业北路 {self.n} 号", uscc=self.who.uscc
        )
        clouds = tuple(one.key for one in self.book.deployments[:1])
        return answers(self.book, enterprise, self.who, level=self.level, deployments=clouds)

    def keep_ledger(self) -> None:
        """A contract, its invoice, and what the audit says of both."""
        me, seller = self.me, provider(self.n, "000000")
        me.go(f"{self.application}ledger/contracts/")
        contract = {
            "number": f"HT-{self.n:03d}",
            "title": "云服务采购合同",
            "seller": seller.name,
            "seller_uscc": seller.uscc,
            "signed_on": "2020-03-16",
            "amount_fen": yuan(self.gross),
            "deployment": self.book.deployments[0].key,
            "says_cloud": "yes",
        }
        me.press("记入台账", contract, does=self.intent("contract", contract["number"]))
        net = NET + 100_000 * self.n
        me.go(f"{self.application}ledger/invoices/")
        chosen = me.page.tree.xpath("//select[@name='contract']/option[@value!='']")[0].get("value")
        invoice = {
            "contract": chosen,
            "code": "037002000111",
            "number": f"{self.n:08d}",
            "issued_on": "2020-04-02",
            "net_fen": yuan(net),
            "tax_fen": yuan(self.gross - net),
            "gross_fen": yuan(self.gross),
            "seller": seller.name,
        }
        does = self.intent("invoice", invoice["number"])
        me.press("记入台账", invoice, does=does).says("计入的上云支出")

    def prove(self) -> None:
        """A file for each slot that must not be empty, 无 for what need not be there, domains and pages."""
        me = self.me
        me.go(f"{self.application}evidence/")
        for slot in self._slots():
            self.attach(slot, f"{slot}.pdf", self.paper(slot.upper()))
        while me.page.has("没有，选“无”"):
            me.press("没有，选“无”")
        for domain in self._domains():
            me.go(f"{self.application}checklist/")
            me.press("保存", {"on": "yes"}, where={"domain": domain}, does=self.intent("claim", domain))
            me.go(f"{self.application}checklist/{domain}/")
            file = me.page.tree.xpath("//select[@name='attachment']/option[@value!='']")[0].get("value")
            given = {"attachment": file, "first": "1"}
            me.press("加上这几页", given, does=self.intent("prove", domain))

    def attach(self, slot: str, name: str, content: bytes) -> None:
        """A file for a slot, on the page of the evidence, which lies open."""
        does = self.intent("attach", hashlib.sha256(content).hexdigest())
        self.me.press("上传选好的文件", {"material": slot, "file": [(name, content)]}, does=does)

    def _slots(self) -> list[str]:
        return [
            slot.key
            for material in self.book.materials
            if material.need == "required" and not material.made_by_system
            for slot in material.slots
        ]

    def _domains(self) -> list[str]:
        keys = [one.key for one in self.book.domains]
        return [keys[(self.n + 7 * step) % len(keys)] for step in range(CLAIMED)] if keys else []

    # ── handing in ────────────────────────────────────────────────────────────────────────────
    def bind(self) -> None:
        """Ask for the book; the worker makes it meanwhile."""
        self.me.go(f"{self.application}booklet/")
        self.me.press("成册")

    def stamp(self) -> None:
        """Print the pages that lack a stamp as soon as the book is there, seal them, bring the scan."""
        page = self.waiting(lambda page: page.links(r"/booklet/print/"))
        self.brought = not page.links(r"/submit/")
        if not self.brought:
            return  # every page that must be stamped was stamped before and is as it was
        sheets = self.me.go(f"{self.application}booklet/print/").body
        scan = [("scan.pdf", self.scan(sheets, self.name))]
        self.me.press("上传选好的文件", {"file": scan}, at="/booklet/scan/")

    def take(self) -> None:
        """Take what was read from the scan, and see it in the book."""
        if self.brought:
            self.waiting(lambda page: page.has("采用这"))
            self.me.press("采用这")
            self.waiting(lambda page: "已放进申报书" in page.text)

    def submit(self) -> str:
        """Hand in; the application's number. What the receipt says of the record is kept in the journal."""
        me = self.me
        me.go(f"{self.application}submit/")
        does = self.intent("submit", str(self.version + 1))
        return self.read_receipt(me.press("提交给", {"sure": "yes"}, does=does))

    def read_receipt(self, page: Page) -> str:
        """What the receipt of the next submission says; the application's number."""
        found = re.search(r"申报编号\s*(\S+)", page.says("已提交").text)
        if not found:
            raise Fault(f"no number on {page.url}: {page.text[:600]}")
        self.version, self.number = self.version + 1, found[1]
        said = page.tree.xpath("//dd[@class='hash']")[0].text
        self.journal.receipts[f"{self.uid} {self.version}"] = said
        return self.number

    def hand_in(self) -> str:
        """What was read is taken and handed in; the application's number."""
        self.take()
        return self.submit()

    # ── afterwards ────────────────────────────────────────────────────────────────────────────
    def withdraw(self, reason: str) -> None:
        """Take it back before it is accepted."""
        self.me.go(f"{self.application}withdraw/")
        self.me.press("撤回申请", {"reason": reason}, does=self.intent("withdraw"))

    def defects(self) -> list[tuple[str, str, str]]:
        """What an office could find wrong: the licence, place and clause as the rules call them."""
        material = next(one for one in self.book.materials if not one.made_by_system)
        slot = material.slots[0].key
        return [(f"material:{slot}", material.clause[0], "扫描件右下角看不清，请重新扫描。")]

    def correct(self) -> None:
        """Answer every point, send the paper again, bind again."""
        me = self.me
        me.go(f"{self.application}progress/").says("右下角看不清")
        me.press("答复", {"reply": "已重新扫描。"})
        slot = self._slots()[0]
        me.go(f"{self.application}evidence/")
        self.attach(slot, "again.pdf", paper([f"AGAIN-{self.n}"], "a4", 0, 0))
        self.bind()

    def waiting(self, ready: Any) -> Page:
        """Look at the page of the book until it is `ready`."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            page = self.me.go(f"{self.application}booklet/")
            if ready(page):
                return page
            time.sleep(self.look_again)
        raise Fault(f"{self.name} waited in vain at {self.me.page.url}: {self.me.page.text[:900]}")


def adopted(house: House, one: Enterprise, family: Family) -> None:
    """Let it be a neighbour of the house, whose person has a session."""
    uid = family.application.replace("-", "")
    ((code, fen),) = house.sql(
        "SELECT e.uscc, a.spend_fen FROM applications_application a"
        " JOIN registry_enterprise e ON e.id = a.enterprise_id"
        f" WHERE replace(CAST(a.uid AS text), '-', '') = '{uid}'"
    )
    who = replace(one.who, name=family.name, uscc=code)
    one.adopt(who, fen, f"/enterprise/applications/{family.application}/", family.session)


def yuan(fen: int) -> str:
    """A sum as a person types it."""
    return f"{fen // 100}.{fen % 100:02d}"
