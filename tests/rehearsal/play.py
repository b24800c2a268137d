"""The rehearsal itself: two rounds of one year, from the first registration to the second announcement."""

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.journeys.house import House
from tests.rehearsal.enterprises import Enterprise, adopted
from tests.rehearsal.journal import Journal
from tests.rehearsal.offices import DENY, GRANT, NO_PLACE, Office
from tests.rehearsal.plot import Case, Fate, Plot
from tests.rehearsal.session import Fault, Page, Person

from xingyun.rulebook import Act, Rulebook

AT_ONCE = 3  # districts at work at the same time
PLACES_END = "按公布的排序办法，名额已满。"
DAYS = {
    1: {"opens": "", "closes": "", "meets": "2020-08-18", "city": "2020-08-20", "ends": "2020-09-01"},
    2: {
        "opens": "2020-09-02",
        "closes": "2020-09-12",
        "meets": "2020-09-14",
        "city": "2020-09-16",
        "ends": "2020-10-09",
    },
}
BEGINS = "2020-08-10 09:00"


@dataclass
class Rehearsal:
    """A house with its people and what they have done so far."""

    house: House
    plot: Plot
    say: Callable[[str], None]
    at_once: int = AT_ONCE
    journal: Journal = field(default_factory=Journal)
    offices: dict[str, Office] = field(default_factory=dict)
    enterprises: dict[int, Enterprise] = field(default_factory=dict)
    reports: dict[int, dict[str, str]] = field(default_factory=dict)
    struck: str = ""
    returned: tuple[str, str, str] = ("", "", "")

    def __post_init__(self) -> None:
        base, book = self.house.url, self.plot.book
        for authority in book.authorities:
            self.offices[authority.key] = Office(authority.key, authority.name.zh, base, self.journal)
        for case in self.plot.cases:
            office = self.offices[case.district]
            self.enterprises[case.n] = Enterprise(
                book, case.n, case.district, office.name, case.level, base, self.journal
            )
        self._adopt()

    def _adopt(self) -> None:
        """Those that have handed in before become persons of this rehearsal, by their sessions."""
        before = [self.enterprises[case.n] for case in self.plot.before]
        for one, family in zip(before, self.house.families, strict=True):
            adopted(self.house, one, family)

    @property
    def book(self) -> Rulebook:
        """The rules."""
        return self.plot.book

    @property
    def city(self) -> Office:
        """The office to which all report."""
        (top,) = [a.key for a in self.book.authorities if a.parent is None]
        return self.offices[top]

    def acts(self, tier: str) -> list[Act]:
        """What this tier decides for any of the levels applied for, the lowest first."""
        known: dict[Act, None] = {}
        for level in self.book.levels[:2]:
            known |= dict.fromkeys(act for act in self.book.path(level.key) if act.tier == tier)
        return list(known)

    def each(self, act: Callable[[str], object]) -> None:
        """Every district does this, some at the same time; the first fault of any ends the rehearsal."""
        with ThreadPoolExecutor(self.at_once) as pool:
            for _done in pool.map(act, self.plot.districts):
                pass

    def of(self, district: str, round_: int, *fates: Fate) -> list[Enterprise]:
        """The enterprises of a district in one round, of these fates or of all."""
        cases: Iterable[Case] = self.plot.of(district, round_)
        return [self.enterprises[case.n] for case in cases if not fates or case.fate in fates]

    # ── one round ─────────────────────────────────────────────────────────────────────────────
    def play(self) -> None:
        """Both rounds."""
        self.round_one()
        self.round_two()

    def round_one(self) -> None:
        """Everything that can happen to an application, a report and a name on the list."""
        self.apply(1)
        self.decide(1)
        self.report(1)
        self.give_a_report_back()
        self.evaluate(1)
        self.publish(1)
        self.strike_a_name()
        self.fill_the_freed_place()
        self.announce(1)

    def round_two(self) -> None:
        """The year's second round takes what the first has left of the places."""
        self.open_second()
        self.apply(2)
        self.decide(2)
        self.report(2)
        self.evaluate(2)
        self.publish(2)
        self.announce(2)

    def apply(self, round_: int) -> None:
        """Registered, activated, filled in, bound, stamped, handed in; accepted, returned, refused."""
        self.say(f"第 {round_} 批：注册、填报")
        self.each(lambda district: self._apply(district, round_))
        self.say(f"第 {round_} 批：受理")
        self.each(lambda district: self._accept(district, round_))

    def _apply(self, district: str, round_: int) -> None:
        office = self.offices[district]
        all_ = [self.enterprises[case.n] for case in self.plot.of(district, round_) if case.by_page]
        for one in all_:
            one.register()
        office.activate(all_)
        drafts = self.of(district, round_, Fate.DRAFT)
        for one in all_:
            one.enter()
            one.begin()
            one.fill()
            if one not in drafts:
                one.keep_ledger()
                one.prove()
                one.bind()
        handed_in = [one for one in all_ if one not in drafts]
        for one in handed_in:
            one.stamp()
        for one in handed_in:
            one.hand_in()
        self.say(f"  {office.name}：{len(handed_in)} 份已提交")

    def _accept(self, district: str, round_: int) -> None:
        office = self.offices[district]
        for one in self.of(district, round_, Fate.WITHDRAWN):
            one.withdraw("合同补签后再报。")
        for one in self.of(district, round_, Fate.REFUSED):
            office.refuse(one, self.book.clauses[0].ref, "营业执照载明的登记机关不在本市。")
        returned = self.of(district, round_, Fate.RETURNED)
        for one in returned:
            office.send_back(one, one.defects())
            one.correct()
        for one in returned:
            one.stamp()
            one.hand_in()
        for one in self.of(district, round_, Fate.PLAIN, Fate.RETURNED):
            office.accept(one)
        office.look_up()
        self.say(f"  {office.name}：已受理")

    def decide(self, round_: int) -> None:
        """Minutes, grants as far as there are places, the rest qualified without one; three people each."""
        self.house.clock(f"{DAYS[round_]['meets']} 09:00")
        self.say(f"第 {round_} 批：评定和推荐")
        self.each(lambda district: self._decide(district, round_))

    def _decide(self, district: str, round_: int) -> None:
        office, number = self.offices[district], f"{self.offices[district].name}纪要〔2020〕{round_}号"
        office.minute(number, DAYS[round_]["meets"])
        tier = self.book.tiers[0].key
        acts = self.acts(tier)
        if round_ == 1 and self.plot.denies(district):
            office.decide(
                self.of(district, 1, Fate.PLAIN)[0], acts[0].level, acts[0].kind, DENY, "证明不足。"
            )
        told = []
        for act in acts:
            waiting = len(office.order(act.level, act.kind))
            used, cap = self.quotas()[district, act.quota] if act.quota else (0, waiting)
            granted, without = office.decide_together(act.level, act.kind, places_end=PLACES_END)
            if (granted, without) != (wanted := min(waiting, cap - used), waiting - wanted):
                raise Fault(
                    f"{office.name} {act}: {granted} and {without} of {waiting}, {used} of {cap} used"
                )
            told.append(f"{granted}＋{without}（用 {used + granted}，共 {cap}）")
        signed = office.review_and_sign(number)
        self.say(f"  {office.name}：{'，'.join(told)}，签发 {signed} 项")

    def report(self, round_: int) -> None:
        """Each district's report, countersigned in its way, sent and received."""
        self.say(f"第 {round_} 批：上报")
        self.reports[round_] = {}
        self.each(lambda district: self._report(district, round_))

    def _report(self, district: str, round_: int) -> None:
        office = self.offices[district]
        made = office.draft()
        if self.plot.on_paper(district):
            office.countersign_on_paper(made, f"{office.name}〔2020〕{round_}号", DAYS[round_]["meets"])
        else:
            office.countersign(made)
        office.send(made)
        self.reports[round_][district] = made

    def _receive_all(self, round_: int) -> None:
        for district in self.plot.districts:
            self.city.receive(self.reports[round_][district])

    def give_a_report_back(self) -> None:
        """All are received; one row of one report is given back, decided again, reported again."""
        self._receive_all(1)
        district = self.plot.returned_report
        office, old = self.offices[district], self.reports[1][district]
        one = self.of(district, 1, Fate.PLAIN)[-1]
        reason = "合同日期与台账不符，请核对。"
        self.city.return_rows(old, {one.name: reason})
        self.city.as_("jb").go(old).says("退回 1 份", reason)
        office.revoke(one, "按市里退回的意见重新核对。")
        number = f"{office.name}纪要〔2020〕1号"
        tier = self.book.tiers[0].key
        for act in self.book.path(one.level):
            if act.tier == tier:
                office.decide(one, act.level, act.kind, GRANT)
        office.review_and_sign(number)
        new = office.draft()
        office.countersign(new)
        office.send(new)
        self.city.receive(new)
        self.reports[1][district] = new
        self.returned = (old, new, one.name)

    def evaluate(self, round_: int) -> None:
        """The city decides on what was recommended: all but the last one."""
        self.say(f"第 {round_} 批：市级评定")
        self.house.clock(f"{DAYS[round_]['city']} 09:00")
        if round_ == 2:
            self._receive_all(2)
        number = f"市纪要〔2020〕{round_}号"
        self.city.minute(number, DAYS[round_]["city"])
        for act in self.acts(self.book.tiers[-1].key):
            rows = self.city.order(act.level, act.kind)
            if rows and round_ == 1 and len(rows) > 1:
                self.city.prepare_together(rows[-1:], DENY, "现场核查时数据未接入云平台。")
                self.city.order(act.level, act.kind)
            self.city.decide_together(act.level, act.kind, places_end=PLACES_END)
        self.city.review_and_sign(number)

    def publish(self, round_: int) -> None:
        """The proposed list, for everybody to read."""
        self.say(f"第 {round_} 批：公示")
        signatory = self.city.as_("qf")
        signatory.go("/officials/notices/")
        signatory.press("发布公示")

    def strike_a_name(self) -> None:
        """A visitor objects, the city finds it true, a name is struck, its place is free; nobody moves up."""
        district = self.plot.struck
        office, visitor = self.offices[district], Person(self.house.url, "visitor")
        listed = self._standing(self._proposed(visitor), district)
        one, objection = listed[-1]
        visitor.go(objection)
        given = {
            "text": "系统没有部署在云上，请核实。",
            "name": "一位市民",
            "contact": "objector@example.com",
        }
        visitor.press("提出异议", given).says("异议已收到")
        before = self.quotas()
        officer = self.city.as_("jb")
        officer.go("/officials/notices/")
        officer.go(officer.page.links(r"/officials/notices/[0-9a-f]{8}")[0])
        officer.press("作出处理", {"upheld": "yes", "outcome": "现场核实，情况属实。"})
        self.struck = one.name
        freed = {key: used - self.quotas()[key][0] for key, (used, _cap) in before.items()}
        if sum(freed.values()) != 1 or freed[district, self.acts(self.book.tiers[0].key)[0].quota] != 1:
            raise Fault(f"striking {one.name} has freed {freed}")
        pages = self._proposed(visitor)
        left = [other.name for other, _objection in self._standing(pages, district)]
        if left != [other.name for other, _objection in listed if other is not one]:
            raise Fault(f"after {one.name} was struck the list has {left}")
        said = f"{one.name}{office.name} {self.book.levels[0].name.zh}已从名单中去除"
        if not any(said in page.text for page in pages):
            raise Fault(f"the list does not say “{said}”")
        self.say(f"  {one.name}（{office.name}）已移出，空出一个名额，没有自动递补")

    def _proposed(self, visitor: Person) -> list[Page]:
        """The public list that lies open, all its pages."""
        visitor.go("/results/")
        pages = [visitor.go(visitor.page.link("看名单"))]
        while onward := pages[-1].links(r"[?&]after="):
            pages.append(visitor.go(onward[0]))
        return pages

    def _standing(self, pages: Iterable[Page], district: str) -> list[tuple[Enterprise, str]]:
        """Who of a district stands on it, each with the address at which to object."""
        return [
            (one, page.link(f"提出异议 {one.name}"))
            for one in self.of(district, 1)
            for page in pages
            if f"提出异议 {one.name}" in page.text
        ]

    def fill_the_freed_place(self) -> None:
        """Only a person fills it: the signatory takes the next one up again, in a report of its own."""
        district = self.plot.struck
        office, acts = self.offices[district], self.acts(self.book.tiers[0].key)
        waiting = office.without_place(self.of(district, 1, Fate.PLAIN, Fate.RETURNED))
        if not waiting:
            return
        one = max(waiting, key=lambda one: one.gross)
        office.take_up_again(one, "公示中移出一家，名额空出，按排序办理下一家。")
        office.decide(one, acts[0].level, acts[0].kind, GRANT)
        for act in self.book.path(one.level)[1:]:
            if act.tier == acts[0].tier:
                office.decide(one, act.level, act.kind, NO_PLACE, PLACES_END)
        office.review_and_sign(f"{office.name}纪要〔2020〕1号")
        made = office.draft()
        if self.plot.on_paper(district):
            office.countersign_on_paper(made, f"{office.name}〔2020〕补1号", DAYS[1]["city"])
        else:
            office.countersign(made)
        office.send(made)
        self.city.receive(made)
        self.reports[1][f"{district}+"] = made
        self.publish(1)
        self.say(f"  {one.name}：补报")

    def announce(self, round_: int) -> None:
        """What stands of the lists is announced when their days are over."""
        self.say(f"第 {round_} 批：公布")
        self.house.clock(f"{DAYS[round_]['ends']} 09:00")
        signatory = self.city.as_("qf")
        signatory.go("/officials/notices/")
        for at, notice in enumerate(signatory.page.links(r"/officials/notices/[0-9a-f]{8}")):
            signatory.go(notice)
            if signatory.page.has("公布结果"):
                number = {} if self.city.numbered else {"number": f"济工信〔2020〕{round_}{at}号"}
                signatory.press("公布结果", number, at="/announce/")

    def open_second(self) -> None:
        """The city ends the first round and opens the second; every district sets its window."""
        self.say("第 2 批：开启")
        city = self.city.as_("jb")
        city.go("/officials/rounds/")
        city.go(city.page.links(r"/officials/rounds/[0-9a-f]{8}")[0])
        city.press("结束批次")
        city.go("/officials/rounds/")
        planned = city.press("建批次", {"year": str(self.book.year)}).path
        dates = {"opens_on": DAYS[2]["opens"], "closes_on": DAYS[2]["closes"]}
        stage = self.book.windows[0].key
        for district in self.plot.districts:
            officer = self.offices[district].as_("jb")
            officer.go(f"{planned}windows/{stage}/{district}/")
            officer.press("设定", dates)
        city.go(planned)
        city.press("开启批次")
        self.house.clock(f"{DAYS[2]['opens']} 09:00")

    # ── what the pages and the database say ───────────────────────────────────────────────────
    def quotas(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Used and cap of every line of places, from the database."""
        rows = self.house.sql(
            'SELECT a.key, q."group", q.used, q.cap FROM rounds_quotaline q'
            " JOIN registry_authority a ON a.id = q.authority_id WHERE q.cap IS NOT NULL"
        )
        return {(key, group): (used, cap) for key, group, used, cap in rows}

    def free_on_page(self, district: str) -> list[tuple[int, int]]:
        """Free places and caps as the district's own page shows them."""
        office, act = self.offices[district], self.acts(self.book.tiers[0].key)[0]
        office.order(act.level, act.kind)
        found = re.findall(r"剩 ([\d,]+) 个，共 ([\d,]+)", office.as_("jb").page.text)
        return [(int(free.replace(",", "")), int(cap.replace(",", ""))) for free, cap in found]
