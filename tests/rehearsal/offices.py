"""An office at the pages: preparer, reviewer, signatory and finance, each with a session of their own."""

import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from tests.factories.mixed_papers import paper
from tests.rehearsal.enterprises import PATIENCE, Enterprise
from tests.rehearsal.journal import Intent, Journal
from tests.rehearsal.session import Fault, Page, Person, words

from xingyun.demo.offices import PASSWORD

APPLICATIONS = "/officials/applications/"
GRANT, NO_PLACE, DENY = "granted", "no_place", "declined"
AGAIN = 2  # seconds between two looks at work under way
TOGETHER = 500  # rows of one act


@dataclass
class Office:
    """`office.as_("jb")` is its preparer, signed in. A `numbered` one has its document numbers given here."""

    key: str
    name: str
    base: str
    journal: Journal = field(default_factory=Journal)
    numbered: bool = False
    people: dict[str, Person] = field(default_factory=dict)
    drafted: int = 0

    def as_(self, post: str) -> Person:
        """Who holds this post: jb, fh, qf, cz, at the top also cy and sj."""
        if post not in self.people:
            self.people[post] = Person(self.base, f"{self.key}-{post}", self.journal).sign_in(PASSWORD)
        return self.people[post]

    # ── whoever applies ───────────────────────────────────────────────────────────────────────
    def activate(self, enterprises: Iterable[Enterprise]) -> None:
        """Compare the papers and activate, one by one."""
        officer = self.as_("jb")
        for one in enterprises:
            officer.go("/officials/registrations/")
            officer.go(officer.page.link(one.name))
            officer.press("激活")

    def open(self, one: Enterprise, part: str = "", post: str = "jb") -> Page:
        """The desk of an application, found by its number, or a `part` of it such as decisions/."""
        officer = self.as_(post)
        uid = one.application.strip("/").rsplit("/", 1)[1]
        return officer.go(f"{APPLICATIONS}{uid}/{part}")

    def find(self, one: Enterprise) -> Page:
        """The list narrowed to one enterprise by two signs of its name; fails unless it is there."""
        officer = self.as_("jb")
        officer.go(APPLICATIONS)
        return officer.press("查找", {"q": one.name[:2]}).says(one.name)

    def accept(self, one: Enterprise) -> None:
        """Read and accept."""
        self.open(one)
        self.as_("jb").press("受理", at="/accept/", does=one.intent("accept"))

    def refuse(self, one: Enterprise, clause: str, reason: str) -> None:
        """Refuse for this year."""
        self.open(one, "refuse/")
        given = {"clause": clause, "reason": reason}
        self.as_("jb").press("不予受理", given, does=one.intent("refuse"))

    def send_back(self, one: Enterprise, defects: Sequence[tuple[str, str, str]]) -> None:
        """Return for correction with all defects (place, clause, what to do) at once."""
        self.open(one, "return/")
        places, clauses, texts = (list(column) for column in zip(*defects, strict=True))
        given = {"place": places, "clause": clauses, "text": texts}
        self.as_("jb").press("退回补正", given, does=one.intent("return"))

    def look_up(self) -> int:
        """Every outside check over the whole round by a table of answers; how many answers were entered."""
        officer, entered = self.as_("jb"), 0
        officer.go("/officials/outside-checks/")
        for check in officer.page.links(rf"/officials/outside-checks/{self.key}/[\w-]+/"):
            officer.go(check)
            while codes := re.findall(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])", officer.page.text):
                entered += self._answers(codes)
                officer.go(check)
        return entered

    def _answers(self, codes: Sequence[str]) -> int:
        officer = self.as_("jb")
        table = "统一社会信用代码,结果\n" + "".join(f"{code},没有记录\n" for code in codes)
        given = {
            "file": [("答复.csv", table.encode())],
            "source": "信用信息中心",
            "number": "信函〔2020〕3号",
        }
        officer.press("下一步", given, at="/answers/")
        officer.press("登记", at="/start/")
        page = self.until(officer, lambda page: "已登记" in page.heading)
        told = re.search(r"新登记 (\d+) 家", page.heading)
        if not told or int(told[1]) != len(set(codes)):
            raise Fault(f"{len(set(codes))} answers, but: {page.heading}")
        return int(told[1])

    def until(self, officer: Person, ready: Callable[[Page], bool]) -> Page:
        """Look at the page that lies open again until it is `ready`."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if ready(officer.go(officer.page.url)):
                return officer.page
            time.sleep(AGAIN)
        raise Fault(f"{officer.name} waited in vain at {officer.page.url}: {officer.page.text[:600]}")

    # ── deciding ──────────────────────────────────────────────────────────────────────────────
    def minute(self, number: str, held_on: str) -> None:
        """Enter the minutes of the meeting on which decisions stand."""
        officer = self.as_("jb")
        officer.go("/officials/minutes/")
        scan = [("minutes.pdf", paper([f"MINUTES-{self.key}-{number}"], "a4", 0, 0))]
        does = [Intent("minutes", number)]
        given = {"number": number, "held_on": held_on, "file": scan}
        officer.press("登记", given, does=does).says(number)

    def order(self, level: str, kind: str) -> list[str]:
        """The page of the order of one act; the rows still undecided, in their order."""
        page = self.as_("jb").go(f"{APPLICATIONS}order/{self.key}/{kind}/{level}/")
        return [str(one.get("value")) for one in page.tree.xpath("//input[@name='row'][@type='checkbox']")]

    def decide_together(self, level: str, kind: str, *, places_end: str) -> tuple[int, int]:
        """Grant as far as there are places, in order; the rest is qualified without one, for this reason.

        Returns how many were granted and how many were not. What goes and what not is told by the pages.
        """
        granted = self._all_together(level, kind, GRANT, "")
        return granted, self._all_together(level, kind, NO_PLACE, places_end)

    def _all_together(self, level: str, kind: str, outcome: str, reason: str) -> int:
        done = 0
        while part := self.prepare_together(self.order(level, kind)[:TOGETHER], outcome, reason):
            done += part
        return done

    def prepare_together(self, rows: Sequence[str], outcome: str, reason: str) -> int:
        """Check rows of the order that lies open and prepare those that would go; how many these were."""
        officer = self.as_("jb")
        if not rows:
            return 0
        page = officer.press("核对，准备成批拟定", {"row": rows})
        if outcome != GRANT:
            page = officer.press("重新核对", {"outcome": outcome, "reason": reason, "row": rows})
        ticked = page.tree.xpath("//input[@name='row'][@type='checkbox'][@checked]")
        if not ticked:
            return 0
        does = [Intent("prepare", str(one.get("value"))) for one in ticked]
        officer.press("拟定勾选的", {"outcome": outcome, "reason": reason}, does=does)
        self.until(officer, lambda page: "正在" not in page.heading)
        return len(ticked)

    def decide(self, one: Enterprise, level: str, kind: str, outcome: str, reason: str = "") -> None:
        """Prepare one decision on the application's own page."""
        self.open(one, "decisions/")
        given = {"outcome": outcome, "reason": reason}
        does = one.intent("decide", level, kind)
        self.as_("jb").press("拟定", given, where={"level": level, "kind": kind}, does=does)

    def review_and_sign(self, number: str) -> int:
        """The second and the third person, each on the list of what waits for them; how many were signed."""
        self._each("fh", "review", "复核", {})
        return self._each("qf", "sign", "签发", {"minutes": number})

    def _each(self, post: str, waiting: str, button: str, given: dict[str, str]) -> int:
        officer, done = self.as_(post), 0
        while True:
            page = officer.go(f"/officials/decisions/?waiting={waiting}")
            open_ = page.tree.xpath("//input[@name='decision'][not(@disabled)]")
            if not open_:
                return done
            chosen = {name: _option(page, name, text) for name, text in given.items()}
            picked = [str(one.get("value")) for one in open_]
            does = [Intent(waiting, one) for one in picked]
            officer.press(button, {"decision": picked, **chosen}, does=does)
            done += len(open_)

    def without_place(self, enterprises: Iterable[Enterprise]) -> list[Enterprise]:
        """Those that the signatory could take up again now."""
        return [one for one in enterprises if self.open(one, "decisions/", "qf").has("重新办理")]

    def take_up_again(self, one: Enterprise, reason: str) -> None:
        """A place is free: the signatory takes one up that had qualified without."""
        self.open(one, "decisions/", "qf")
        self.as_("qf").press("重新办理", {"reason": reason})

    # ── reporting ─────────────────────────────────────────────────────────────────────────────
    def draft(self) -> str:
        """Draft the report; its address."""
        officer = self.as_("jb")
        officer.go("/officials/reports/")
        self.drafted += 1
        return officer.press("起草", does=[Intent("report", f"{self.key} {self.drafted}")]).path

    def countersign(self, report: str) -> None:
        """Finance agrees online."""
        self.as_("cz").go(report)
        self.as_("cz").press("同意会签", does=[Intent("countersign", uid_in(report))])

    def countersign_on_paper(self, report: str, number: str, day: str) -> None:
        """What went round on paper is entered by the preparer; finance has never signed in."""
        officer = self.as_("jb")
        officer.go(report)
        scan = [("joint.pdf", paper([f"JOINT-{self.key}-{number}"], "a4", 0, 0))]
        given = {"number": number, "dated_on": day, "signatories": "甲、乙", "scan": scan}
        does = [Intent("countersign", uid_in(report))]
        officer.press("登记线下会签", given, does=does).says(number)

    def send(self, report: str) -> None:
        """The signatory sends it upward."""
        self.as_("qf").go(report)
        self.as_("qf").press("报送", at="/send/", does=[Intent("send", uid_in(report))])

    def return_rows(self, report: str, rows: dict[str, str]) -> None:
        """Give rows of a report back, each by its enterprise with the reason; all others stay as they are."""
        officer = self.as_("jb")
        page = officer.go(report)
        given = {}
        for name, reason in rows.items():
            row = next(one for one in page.tree.xpath("//tr[.//textarea]") if name in words(one))
            given[str(row.xpath(".//textarea")[0].get("name"))] = reason
        officer.press("退回", given, at="/return/")

    def revoke(self, one: Enterprise, reason: str) -> None:
        """The signatory revokes whatever was decided on an application, the last step first."""
        officer = self.as_("qf")
        while self.open(one, "decisions/", "qf").forms("撤销"):
            form, _button = officer.page.forms("撤销")[-1]
            officer.press("撤销", {"reason": reason}, at=form.get("action"))

    def receive(self, report: str) -> None:
        """The office above takes it."""
        self.as_("jb").go(report)
        self.as_("jb").press("接收", at="/receive/", does=[Intent("receive", uid_in(report))])


def uid_in(path: str) -> str:
    """The id at the end of a path, as databases of every kind can be made to spell it."""
    return path.strip("/").rsplit("/", 1)[-1].replace("-", "")


def _option(page: Page, name: str, text: str) -> str:
    """The value of the option that shows this text."""
    for one in page.tree.xpath("//select[@name=$name]/option", name=name):
        if text in words(one):
            return str(one.get("value"))
    raise Fault(f"{page.url} offers no “{text}” in {name}")
