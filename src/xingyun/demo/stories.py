"""Which invented enterprise is where: a pilot round that is over, and the round that is open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from xingyun.applications import actions as applications
from xingyun.applications.models import Application
from xingyun.demo import applying, confirming, deciding
from xingyun.demo.applying import Applicant
from xingyun.demo.offices import Offices
from xingyun.registry.models import Authority
from xingyun.reviews import actions as reviews
from xingyun.reviews.states import Outcome
from xingyun.rounds import actions as rounds
from xingyun.rounds.models import Round

Say = Callable[[str], None]


@dataclass
class Teller:
    """Tells the stories of one round."""

    offices: Offices
    round: Round
    say: Say
    next_number: int = 0

    def apply(
        self,
        authority: Authority,
        now: datetime,
        *,
        rank: int = 0,
        part: float = 1.0,
        cloud: bool = True,
        confirmed: bool = False,
        group: bool = False,
    ) -> tuple[Applicant, Application]:
        """A new enterprise fills in an application for the level of this rank (0 is the lowest).

        Where the contract does not say cloud, its provider is asked to confirm it online, and one has
        `confirmed`. One of a group has bought something through it.
        """
        self.next_number += 1
        offices = self.offices
        applicant = applying.register(offices, authority, self.next_number, now - timedelta(days=2))
        self.say(f"{self.next_number:02d} {applicant.enterprise.name}")
        application = applying.begin(applicant, self.round, now)
        level = offices.book.levels[min(rank, len(offices.book.levels) - 1)].key
        deployments = [offices.book.deployments[0].key] if offices.book.deployments else []
        applying.fill_form(
            offices, applicant, application, level=level, deployments=deployments, now=now, part=part
        )
        if part < 1:
            return applicant, application
        if offices.book.keeps_ledger:
            applying.fill_ledger(offices, applicant, application, until=now.date(), cloud=cloud, now=now)
        if not cloud and offices.book.confirming:
            confirming.ask(applicant, application, now)
            if confirmed:
                confirming.confirm(application, now + timedelta(minutes=40))
        application.refresh_from_db()
        files = applying.upload_evidence(offices, applicant, application, cloud=cloud, now=now)
        applying.claim_domains(offices, applicant, application, files, now)
        if group and offices.book.keeps_ledger:
            applying.bought_by_the_group(offices, applicant, application, files[-1], now)
        return applicant, application

    def also(self, applicant: Applicant, now: datetime, *, part: float) -> Application:
        """An enterprise that has applied elsewhere begins here, too."""
        self.say(f"{applicant.who.n:02d} {applicant.enterprise.name}")
        application = applying.begin(applicant, self.round, now)
        level = self.offices.book.levels[0].key
        applying.fill_form(
            self.offices, applicant, application, level=level, deployments=[], now=now, part=part
        )
        return application

    def submitted(
        self,
        authority: Authority,
        now: datetime,
        *,
        rank: int = 0,
        confirmed: bool = False,
        group: bool = False,
    ) -> tuple[Applicant, Application]:
        """An application that was handed in."""
        applicant, application = self.apply(
            authority, now, rank=rank, cloud=not confirmed, confirmed=confirmed, group=group
        )
        applying.hand_in(applicant, application, now + timedelta(hours=1))
        application.refresh_from_db()
        return applicant, application

    def accepted(self, authority: Authority, now: datetime, *, rank: int = 0) -> Application:
        """An application that was accepted."""
        _applicant, application = self.submitted(authority, now, rank=rank)
        deciding.accept(self.offices, application, now + timedelta(hours=3))
        application.refresh_from_db()
        return application


def plan(offices: Offices, year: int, opens: datetime, closes: datetime, now: datetime) -> Round:
    """A round with the same window for every office that takes applications, opened."""
    planned = rounds.plan_round(
        edition=offices.edition, year=year, authority=offices.top, actor=offices.actor(offices.top), now=now
    )
    for n, authority in enumerate(offices.entry):
        for window in offices.book.windows:
            rounds.set_window(
                round=planned,
                authority=authority,
                stage=window.key,
                opens=opens,
                closes=closes + timedelta(days=n % 3),
                set_by_id=offices.actor(authority).person,
                actor=offices.actor(authority),
                now=now,
            )
    rounds.open_round(round=planned, actor=offices.actor(offices.top), now=now)
    return planned


def pilot(teller: Teller, start: datetime) -> None:
    """The pilot, over in the summer: titles, one not awarded, one struck for fraud."""
    offices, entry, round_ = teller.offices, teller.offices.entry, teller.round
    home = entry[0]
    held = [teller.accepted(home, start, rank=rank) for rank in (0, 1, 1, 0)]
    full = teller.accepted(home, start)
    meeting = start + timedelta(days=12)
    on = deciding.minutes(offices, round_, home, "试点〔1〕", meeting)
    for application in held:
        deciding.decide_all(offices, application, meeting, on=on)
    lowest = offices.book.path(full.level)[0]
    deciding.decide(
        offices,
        full,
        lowest.level,
        lowest.kind,
        meeting,
        on=on,
        outcome=Outcome.NO_PLACE,
        reason="试点名额四个，按上云支出排序列第五。",
    )
    made = deciding.report(offices, round_, home, meeting + timedelta(days=1))
    evaluated = meeting + timedelta(days=2)
    deciding.receive(offices, made, evaluated)
    city = deciding.minutes(offices, round_, offices.top, "试点〔评〕1", evaluated)
    for n, application in enumerate(held):
        application.refresh_from_db()
        for act in offices.book.path(application.level):
            if act.tier == application.holder.tier:
                good = n != 2
                deciding.decide(
                    offices,
                    application,
                    act.level,
                    act.kind,
                    evaluated,
                    on=city,
                    outcome=Outcome.GRANTED if good else Outcome.DECLINED,
                    reason="" if good else "现场核查时，设备数据未接入云平台。",
                )
    notice = deciding.publish(offices, round_, evaluated + timedelta(days=1))
    teller.say("试点批次公布结果")
    announced = notice.closes + timedelta(hours=9)
    deciding.announce(offices, notice, announced)
    fraud = held[3]
    fraud.refresh_from_db()
    deciding.disqualify(offices, fraud, announced + timedelta(days=20))
    rounds.close_round(round=round_, actor=offices.actor(offices.top), now=announced + timedelta(days=21))


def beside(teller: Teller, neighbour: Applicant, start: datetime, today: datetime) -> None:
    """The round of another programme, run by the same offices: a few are on their way.

    One of them, `neighbour`, has applied in the first programme.
    """
    offices, entry = teller.offices, teller.offices.entry
    teller.also(neighbour, start, part=0.4)
    for n in (0, 1, 1):
        teller.submitted(entry[n], start + timedelta(hours=n))
    ready = [teller.accepted(entry[1], start) for _n in range(2)]
    meeting = today - timedelta(hours=17)
    deciding.decide_all(offices, ready[0], meeting, on=deciding.minutes_for(offices, ready[0], meeting))
    early = teller.accepted(entry[2], start)
    deciding.decide_all(offices, early, meeting, on=deciding.minutes_for(offices, early, meeting))
    if offices.book.report_from(entry[2].tier):
        deciding.receive(
            offices, deciding.report(offices, teller.round, entry[2], meeting), today - timedelta(hours=2)
        )


def current(teller: Teller, start: datetime, today: datetime) -> None:
    """The open round, as it stands in the morning of `today`: someone is in every state."""
    offices, entry = teller.offices, teller.offices.entry
    _drafts(teller, entry, start)
    for n, confirmed, group in ((1, True, False), (2, False, False), (3, False, False), (1, False, True)):
        teller.submitted(entry[n], start + timedelta(hours=n), rank=n % 3, confirmed=confirmed, group=group)
    _applicant, returned = teller.submitted(entry[1], start)
    deciding.send_back(offices, returned, start + timedelta(hours=6))
    _applicant, refused = teller.submitted(entry[1], start)
    reviews.refuse(
        application=refused,
        reason="营业执照载明的登记机关不在本市，不符合申报主体条件。",
        clause=offices.book.clauses[0].ref,
        actor=offices.actor(entry[1]),
        now=start + timedelta(hours=6),
    )
    applicant, withdrawn = teller.submitted(entry[1], start)
    applications.withdraw(
        application=withdrawn,
        reason="合同补签后再报。",
        actor=applicant.actor,
        now=start + timedelta(hours=5),
    )
    _decided(teller, entry[1], start, today)
    _reported(teller, entry[2:5], start, today)
    _every_office(teller, entry[5:], start)


def _drafts(teller: Teller, entry: list[Authority], start: datetime) -> None:
    for n, part in enumerate((0.1, 0.5, 0.9)):
        teller.apply(entry[1 + n % 2], start, part=part)
    teller.apply(entry[1], start, rank=1, cloud=False)


def _decided(teller: Teller, home: Authority, start: datetime, today: datetime) -> None:
    """One office in the midst of deciding: two places, one taken, one prepared."""
    offices = teller.offices
    ready = [teller.accepted(home, start, rank=rank) for rank in (0, 1, 0)]
    meeting = today - timedelta(hours=16)
    on = deciding.minutes(offices, teller.round, home, "会议纪要〔2020〕18号", meeting)
    deciding.decide_all(offices, ready[1], meeting, on=on)
    first = offices.book.path(ready[0].level)[0]
    deciding.look_up(offices, ready[0], meeting)
    reviews.prepare(
        application=ready[0],
        level=first.level,
        kind=first.kind,
        outcome=Outcome.GRANTED,
        reason="",
        actor=offices.actor(home),
        now=meeting,
    )


def _reported(teller: Teller, early: list[Authority], start: datetime, today: datetime) -> None:
    """Three offices that were early: one's list is published, one's report received, one's sent."""
    offices, round_ = teller.offices, teller.round
    sent = []
    for authority in early:
        application = teller.accepted(authority, start)
        on = deciding.minutes(
            offices, round_, authority, f"{authority.name}〔2020〕6号", today - timedelta(hours=20)
        )
        deciding.decide_all(offices, application, today - timedelta(hours=19), on=on)
        sent.append(deciding.report(offices, round_, authority, today - timedelta(hours=18)))
    deciding.receive(offices, sent[0], today - timedelta(hours=3))
    deciding.publish(offices, round_, today - timedelta(hours=1))
    deciding.receive(offices, sent[1], today - timedelta(minutes=30))


def _every_office(teller: Teller, rest: list[Authority], start: datetime) -> None:
    """Every other office has something on its desk."""
    for n, authority in enumerate(rest):
        if n % 3 == 0:
            teller.submitted(authority, start + timedelta(hours=n % 7))
        else:
            teller.apply(authority, start, part=0.3 + 0.1 * (n % 5))


def counted_on(start: datetime) -> date:
    """The day the rosters are counted on: the last of the month before."""
    first = start.date().replace(day=1)
    return first - timedelta(days=1)
