"""Directed walks: every edge of the tables on purpose, the rare ones above all.

A walk is a few acts, each by somebody who may; `Walk.edges` are those that it is there for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.factories.applications import Made
from tests.machines.acts import ACTS
from tests.machines.play import Play
from tests.machines.tables import AGREED, DECLINED, OPEN, Edge

from xingyun.applications.states import State as A
from xingyun.results.models import NoticeLine
from xingyun.results.states import ObjectionState as O
from xingyun.reviews.models import Report
from xingyun.reviews.queries import pending_acts
from xingyun.reviews.states import Outcome
from xingyun.reviews.states import ReportState as R


@dataclass(frozen=True)
class Walk:
    """`where`: the rulebook on whose ground it goes (see test_walks)."""

    go: Callable[["Hand"], None]
    edges: frozenset[tuple[str, Edge]]
    where: str = "two tiers"

    @property
    def name(self) -> str:
        """What it is called."""
        return self.go.__name__


class Hand:
    """Acts one after another by whoever may, with what they need found in the database."""

    def __init__(self, play: Play) -> None:
        self.play, self.town = play, play.town

    def apply(self, level: int = 0, door: int = 0) -> Made:
        """Somebody applies, not handed in yet."""
        made = self.town.begin(self.town.doors[door], self.town.levels[level])
        self.play.settle()
        return made

    def do(self, name: str, thing: Any, **way: Any) -> None:
        """An act by the first who may."""
        self.play.must(name, self.play.right(ACTS[name], thing)[0], thing, **way)

    def each(self, name: str, **way: Any) -> None:
        """An act on everything that it fits."""
        for thing in list(ACTS[name].fits(self.town)):
            self.do(name, thing, **way)

    def accepted(self, level: int = 0) -> Made:
        """Handed in and accepted."""
        made = self.apply(level)
        self.do("submit", made)
        self.do("accept", made)
        return made

    def decide(self, made: Made, outcome: str = Outcome.GRANTED) -> None:
        """What its holder has to decide, through all hands: granted, the last of it as `outcome` says."""
        while pending := pending_acts(self.town.fresh(made)):
            act, last = pending[0], len(pending) == 1
            said = outcome if last else Outcome.GRANTED
            self.do("prepare", made, level=act.level, kind=act.kind, outcome=said)
            self.each("review")
            self.each("sign")

    def report(self, key: str) -> Report:
        """Drafted, countersigned where that is asked for, sent."""
        self.do("draft", key)
        report = Report.objects.order_by("pk").last()
        office = self.town.ground.authority(key)
        if self.town.ground.book.report_from(office.tier).countersigned_by:
            self.do("countersign", self.fresh(report))
        self.do("send", self.fresh(report))
        return self.fresh(report)

    def fresh(self, report: Report) -> Report:
        """A report as it is."""
        return Report.objects.select_related("authority", "recipient", "round__edition").get(pk=report.pk)

    def appealed(self, made: Made, *, upheld: bool) -> None:
        """Appealed against and answered."""
        self.do("appeal", made)
        self.each("answer_appeal", upheld=upheld)

    def objected(self, made: Made, *, upheld: bool) -> None:
        """Objected to, and that is decided."""
        known = NoticeLine.objects.select_related("notice__round__edition", "application")
        self.do("object", known.get(application=made.application))
        self.each("decide_objection", upheld=upheld)


def drafts_and_corrections(hand: Hand) -> None:
    hand.do("withdraw", hand.apply())
    submitted, returned = hand.apply(), hand.apply()
    hand.do("submit", submitted)
    hand.do("withdraw", submitted)
    hand.do("submit", returned)
    hand.do("return", returned)
    hand.do("type", returned)
    hand.do("submit", returned)
    hand.do("return", returned)
    hand.do("withdraw", returned)


def withdrawn_after_acceptance(hand: Hand) -> None:
    made = hand.accepted()
    hand.do("ask_to_withdraw", made)
    hand.each("answer_withdrawal", agreed=False)
    hand.do("ask_to_withdraw", made)
    hand.each("answer_withdrawal", agreed=True)


def refused_and_taken_up(hand: Hand) -> None:
    made = hand.apply()
    hand.do("submit", made)
    hand.do("refuse", made)
    hand.appealed(made, upheld=False)
    other = hand.apply()
    hand.do("submit", other)
    hand.do("refuse", other)
    hand.appealed(other, upheld=True)


def disqualified_before_the_report(hand: Hand) -> None:
    submitted, returned = hand.apply(), hand.apply()
    hand.do("submit", submitted)
    hand.do("disqualify", submitted)
    hand.do("submit", returned)
    hand.do("return", returned)
    hand.do("disqualify", returned)
    hand.do("disqualify", hand.accepted())


def ended_one_by_one_on_the_way(hand: Hand) -> None:
    """Five on one report: each ends a step later than the one before, the last one with its title revoked."""
    made = [hand.accepted() for _n in range(5)]
    reported, evaluating, struck, proposed, awarded = made
    for one in made:
        hand.decide(one)
    report = hand.report(hand.town.doors[0])
    hand.do("disqualify", reported)
    hand.do("receive", report)
    hand.do("disqualify", evaluating)
    hand.do("publish", hand.town.top)
    hand.do("disqualify", proposed)
    hand.objected(struck, upheld=False)
    hand.objected(struck, upheld=True)
    hand.town.wait(timedelta(days=15))
    hand.each("announce")
    hand.do("disqualify", awarded)


def declined_below_and_taken_up(hand: Hand) -> None:
    granted, declined = hand.accepted(), hand.accepted()
    hand.decide(granted)
    hand.decide(declined, Outcome.DECLINED)
    hand.report(hand.town.doors[0])
    hand.appealed(declined, upheld=True)


def given_back_and_mended(hand: Hand) -> None:
    """Sent back whole, then a received row; what is given back may be returned to its applicant."""
    made = hand.accepted()
    hand.decide(made)
    hand.do("return_report", hand.report(hand.town.doors[0]))
    report = hand.report(hand.town.doors[0])
    hand.do("receive", report)
    hand.do("return_report", hand.fresh(report), rows=(made.application.uid,))
    hand.each("revoke")
    hand.do("return", made)


def sent_back_before_it_is_sent(hand: Hand) -> None:
    hand.decide(hand.accepted())
    hand.do("draft", hand.town.doors[0])
    hand.each("countersign_offline")
    hand.each("send_back")
    hand.each("countersign")


def decided_alone(hand: Hand) -> None:
    made = hand.accepted()
    hand.decide(made)
    hand.do("publish", hand.town.top)


def up_two_tiers(hand: Hand) -> None:
    made = hand.accepted()
    hand.decide(made)
    hand.do("receive", hand.report(hand.town.keys[0]))
    hand.decide(made)
    hand.report(hand.town.keys[1])


def declined_by_the_top(hand: Hand) -> None:
    """The top declines the one and grants the other; on appeal it takes the declined one up again."""
    granted, declined = hand.accepted(), hand.accepted()
    hand.decide(granted)
    hand.decide(declined)
    hand.do("receive", hand.report(hand.town.keys[0]))
    for made in (granted, declined):
        hand.decide(made)
    hand.do("receive", hand.report(hand.town.keys[1]))
    hand.decide(granted)
    hand.decide(declined, Outcome.DECLINED)
    hand.do("publish", hand.town.top)
    hand.appealed(declined, upheld=True)


def applications(*edges: Edge) -> frozenset[tuple[str, Edge]]:
    """Edges of applications."""
    return frozenset(("application", (str(source), str(target))) for source, target in edges)


def reports(*edges: Edge) -> frozenset[tuple[str, Edge]]:
    """Edges of reports."""
    return frozenset(("report", (str(source), str(target))) for source, target in edges)


def answers(table: str) -> frozenset[tuple[str, Edge]]:
    """Both answers."""
    return frozenset({(table, (OPEN, AGREED)), (table, (OPEN, DECLINED))})


WALKS = (
    Walk(
        drafts_and_corrections,
        applications(
            (A.DRAFT, A.SUBMITTED), (A.DRAFT, A.WITHDRAWN), (A.SUBMITTED, A.WITHDRAWN),
            (A.SUBMITTED, A.RETURNED), (A.RETURNED, A.SUBMITTED), (A.RETURNED, A.WITHDRAWN),
        ),
    ),
    Walk(
        withdrawn_after_acceptance,
        applications((A.SUBMITTED, A.ACCEPTED), (A.ACCEPTED, A.WITHDRAWN)) | answers("request"),
    ),
    Walk(
        refused_and_taken_up,
        applications((A.SUBMITTED, A.NOT_ACCEPTED), (A.NOT_ACCEPTED, A.SUBMITTED)) | answers("appeal"),
    ),
    Walk(
        disqualified_before_the_report,
        applications(
            (A.SUBMITTED, A.DISQUALIFIED), (A.RETURNED, A.DISQUALIFIED), (A.ACCEPTED, A.DISQUALIFIED)
        ),
    ),
    Walk(
        ended_one_by_one_on_the_way,
        applications(
            (A.ACCEPTED, A.REPORTED), (A.REPORTED, A.EVALUATING), (A.EVALUATING, A.PROPOSED),
            (A.PROPOSED, A.AWARDED), (A.REPORTED, A.DISQUALIFIED), (A.EVALUATING, A.DISQUALIFIED),
            (A.PROPOSED, A.DISQUALIFIED), (A.PROPOSED, A.NOT_AWARDED), (A.AWARDED, A.DISQUALIFIED),
        )
        | reports((R.COUNTERSIGNED, R.SENT), (R.SENT, R.RECEIVED))
        | frozenset(("objection", (str(O.RECEIVED), str(to))) for to in (O.UPHELD, O.DISMISSED)),
    ),
    Walk(
        declined_below_and_taken_up,
        applications((A.ACCEPTED, A.NOT_AWARDED), (A.NOT_AWARDED, A.ACCEPTED)),
    ),
    Walk(
        given_back_and_mended,
        applications(
            (A.REPORTED, A.ACCEPTED), (A.EVALUATING, A.ACCEPTED), (A.ACCEPTED, A.RETURNED)
        ) | reports((R.SENT, R.RETURNED), (R.RECEIVED, R.RETURNED)),
    ),
    Walk(
        sent_back_before_it_is_sent,
        reports((R.DRAFT, R.COUNTERSIGNED), (R.COUNTERSIGNED, R.DRAFT)),
    ),
    Walk(decided_alone, applications((A.ACCEPTED, A.PROPOSED)), "one tier"),
    Walk(
        up_two_tiers,
        applications((A.EVALUATING, A.REPORTED)) | reports((R.DRAFT, R.SENT)),
        "three tiers",
    ),
    Walk(
        declined_by_the_top,
        applications((A.EVALUATING, A.NOT_AWARDED), (A.NOT_AWARDED, A.EVALUATING)),
        "three tiers",
    ),
)  # fmt: skip
