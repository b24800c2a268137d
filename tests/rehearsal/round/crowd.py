"""Hundreds of people at the pages at once, and the officers who take in what arrives meanwhile."""

import multiprocessing
import queue
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.rehearsal.enterprises import Enterprise
from tests.rehearsal.play import Rehearsal
from tests.rehearsal.plot import Case, Fate
from tests.rehearsal.round import timetable
from tests.rehearsal.round.timetable import LAST_MINUTE, Phase, Size
from tests.rehearsal.scanning import scanned
from tests.rehearsal.session import Fault

SEED = 20200816
LOOK_AGAIN = 8.0  # seconds between two looks at a book under way; a page that lies open asks no faster
LATE = "截止"


@dataclass
class Crowd:
    """Everybody who applies in one round, at their own pace; officers work beside them."""

    played: Rehearsal
    size: Size
    lengths: list[float] = field(default_factory=list)
    late: list[Enterprise] = field(default_factory=list)
    at_work: int = 0
    most: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(SEED)
        self.fault: BaseException | None = None
        self.ready: list[Enterprise] = []
        self.arrived = {key: queue.SimpleQueue() for key in self.played.plot.districts}
        self.corrections: list[Future[None]] = []
        self.lock = threading.Lock()
        plain = [case.n for case in self.played.plot.cases if case.fate == Fate.PLAIN]
        # The first and the last of a district have something to do later in the story.
        ends = {f([c.n for c in self._plain(key)]) for key in self.played.plot.districts for f in (min, max)}
        able = [n for n in plain if n not in ends]
        self.last = set(self.dice.sample(able, min(self.size.burst, len(able))))

    def _plain(self, district: str) -> list[Case]:
        return [case for case in self.played.plot.of(district, 1) if case.fate == Fate.PLAIN]

    def come(self) -> None:
        """All phases, the last minute, and until everything that arrived is taken in."""
        waiting = [case for case in self.played.plot.cases if case.round == 1]
        self.dice.shuffle(waiting)
        # Whoever hands in at the last minute has begun on one of the days before.
        apart = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, apart) as scanners, ThreadPoolExecutor(self.size.people + 1) as people:
            self._prepare(lambda sheets, name: scanners.submit(scanned, sheets, name).result())
            officers = [self._officer(key) for key in self.arrived]
            try:
                self._days(waiting, people)
                self._last_minute()
            except BaseException as fault:
                # Everybody goes home before the doors are shut.
                self.fault = self.fault or fault
                raise
            finally:
                for district in self.arrived.values():
                    district.put(None)
                for officer in officers:
                    officer.join()
            for correction in self.corrections:
                correction.result()
            self._raise()
            self._take_in_corrections()

    def _prepare(self, scan: Callable[[bytes, str], bytes]) -> None:
        for one in self.played.enterprises.values():
            one.scan, one.look_again = scan, LOOK_AGAIN
            one.me.pause = self._pause

    def _pause(self) -> None:
        """Read what lies open; whoever is still here when the rehearsal has failed goes home."""
        self._raise()
        time.sleep(min(self.dice.expovariate(1 / self.size.think), 6 * self.size.think))

    # ── the days ──────────────────────────────────────────────────────────────────────────────
    def _days(self, waiting: list[Case], people: ThreadPoolExecutor) -> None:
        begun, working = 0, []
        since = time.monotonic()
        for n, phase in enumerate(timetable.phases(self.size)):
            if n:
                self.lengths.append(time.monotonic() - since)
                self.played.house.clock(phase.at)
                since = time.monotonic()
            self._say(phase)
            for case in waiting[begun : begun + phase.count]:
                self._raise()
                working.append(people.submit(self._person, self.played.enterprises[case.n], case))
                time.sleep(self.dice.expovariate(self.size.per_minute / 60))
            begun += phase.count
        for one in working:
            one.result()
        self.lengths.append(time.monotonic() - since)

    def _say(self, phase: Phase) -> None:
        self.played.say(f"{phase.name}（{phase.at}）：{phase.count} 家开始填报，在场 {self.at_work} 人")

    def _person(self, one: Enterprise, case: Case) -> None:
        if self.fault:
            return
        with self.lock:
            self.at_work += 1
            self.most = max(self.most, self.at_work)
        try:
            self._apply(one, case)
        except BaseException as fault:
            self.fault = self.fault or fault
        finally:
            one.me.leave()
            with self.lock:
                self.at_work -= 1

    def _apply(self, one: Enterprise, case: Case) -> None:
        one.enter()
        one.begin()
        one.fill()
        if case.fate == Fate.DRAFT:
            return
        one.keep_ledger()
        one.prove()
        one.bind()
        one.stamp()
        one.take()
        if case.n in self.last:
            self.ready.append(one)
            return
        one.submit()
        if case.fate == Fate.WITHDRAWN:
            one.withdraw("合同补签后再报。")
        else:
            self.arrived[case.district].put((one, case.fate))

    # ── the last minute ───────────────────────────────────────────────────────────────────────
    def _last_minute(self) -> None:
        self._raise()
        self.played.say(f"最后一分钟：{len(self.ready)} 家")
        self.played.house.clock(timetable.last_minute())
        with ThreadPoolExecutor(max(1, len(self.ready))) as people:
            for done in [people.submit(self._hurry, one) for one in self.ready]:
                done.result()
        self.played.say(f"  {len(self.ready) - len(self.late)} 家赶上，{len(self.late)} 家被告知已经截止")

    def _hurry(self, one: Enterprise) -> None:
        one.me.pause = lambda: None
        time.sleep(self.dice.uniform(0, LAST_MINUTE - 2))
        try:
            one.submit()
        except Fault as refused:
            if LATE not in str(refused):
                raise
            self.late.append(one)
        else:
            self.arrived[one.district].put((one, Fate.PLAIN))
        finally:
            one.me.leave()

    # ── officers ──────────────────────────────────────────────────────────────────────────────
    def _officer(self, district: str) -> threading.Thread:
        thread = threading.Thread(target=self._desk, args=(district,), name=district)
        thread.start()
        return thread

    def _desk(self, district: str) -> None:
        """Take in what arrives, in its order, until nothing more will."""
        office = self.played.offices[district]
        try:
            while (found := self.arrived[district].get()) is not None:
                one, fate = found
                if fate == Fate.REFUSED:
                    office.refuse(one, self.played.book.clauses[0].ref, "营业执照载明的登记机关不在本市。")
                elif fate == Fate.RETURNED:
                    office.send_back(one, one.defects())
                    self.corrections.append(self._correcting(one))
                else:
                    office.accept(one)
        except BaseException as fault:
            self.fault = self.fault or fault

    def _correcting(self, one: Enterprise) -> "Future[None]":
        future: Future[None] = Future()

        def correct() -> None:
            try:
                one.correct()
                one.stamp()
                one.hand_in()
                one.me.leave()
                future.set_result(None)
            except BaseException as fault:
                future.set_exception(fault)

        threading.Thread(target=correct, daemon=True).start()
        return future

    def _take_in_corrections(self) -> None:
        for case in self.played.plot.cases:
            if case.fate == Fate.RETURNED and case.round == 1:
                self.played.offices[case.district].accept(self.played.enterprises[case.n])

    def _raise(self) -> None:
        if self.fault:
            raise self.fault
