"""An office at work: its three people, its minutes, and the steps that they take together."""

from dataclasses import dataclass, field
from datetime import date, datetime

from tests.factories.applications import Made, make_application
from tests.factories.ground import Ground, make_file

from xingyun.applications.models import Application
from xingyun.registry.actors import Actor
from xingyun.registry.models import Authority
from xingyun.registry.states import Role
from xingyun.reviews import actions
from xingyun.reviews.actions import LookUpData
from xingyun.reviews.models import Decision, LookUp, Minutes, Report
from xingyun.reviews.queries import desk
from xingyun.reviews.states import Found, Outcome


@dataclass
class Office:
    """The people of one authority and what they do."""

    ground: Ground
    key: str
    now: datetime
    _minutes: list[Minutes] = field(default_factory=list)

    @property
    def authority(self) -> Authority:
        """The authority itself."""
        return self.ground.authority(self.key)

    def actor(self, role: str = Role.PREPARER) -> Actor:
        """The person in this role."""
        return self.ground.actor(self.key, role)

    @property
    def minutes(self) -> Minutes:
        """The minutes of the office's meeting, entered on first use."""
        if not self._minutes:
            made = actions.add_minutes(
                round=self.ground.round,
                authority=self.authority,
                number=f"{self.key} 会议纪要 3",
                held_on=date(self.now.year, 1, 2),
                file=make_file(f"minutes {self.key}".encode(), self.now),
                actor=self.actor(),
                now=self.now,
            )
            self._minutes.append(made)
        return self._minutes[0]

    def accept(self, made: Made) -> Application:
        """Accept what was handed in."""
        actions.accept(application=fresh(made), actor=self.actor(), now=self.now)
        return fresh(made)

    def accepted(self, level: str) -> Made:
        """A new application for a level, accepted, with all lists looked up."""
        made = make_application(self.ground, state="submitted", level=level, authority=self.key, now=self.now)
        self.accept(made)
        self.clear(made)
        return made

    def clear(self, made: Made) -> None:
        """All lists looked up, nothing found; without the acts and their record."""
        actor, office = self.actor(), self.authority
        LookUp.objects.bulk_create(
            LookUp(
                application=made.application,
                condition=check.key,
                authority=office,
                found=Found.CLEAR,
                source=check.source.zh,
                looked_up_on=self.now.date(),
                entries=[],
                recorded_by_id=actor.person,
                recorded_at=self.now,
            )
            for check in desk(actor, made.application.uid).checks
            if check.office.key == self.key
        )

    def look_up(self, made: Made, found: str = Found.CLEAR, only: str = "") -> list[LookUp]:
        """Record what this office finds in the lists that fall to it."""
        actor = self.actor()
        return [
            actions.record_look_up(
                application=fresh(made),
                condition=check.key,
                data=LookUpData(
                    found=found,
                    source=check.source.zh,
                    looked_up_on=self.now.date(),
                    remark="" if found == Found.CLEAR else "处罚决定书 3 号",
                ),
                seen=check.current.pk if check.current else None,
                actor=actor,
                now=self.now,
            )
            for check in desk(actor, made.application.uid).checks
            if check.office.key == self.key and only in ("", check.key)
        ]

    def prepare(
        self, made: Made, level: str, kind: str, outcome: str = Outcome.GRANTED, reason: str = ""
    ) -> Decision:
        """Prepare a decision."""
        return actions.prepare(
            application=fresh(made),
            level=level,
            kind=kind,
            outcome=outcome,
            reason=reason or ("" if outcome == Outcome.GRANTED else "未达到要求"),
            actor=self.actor(),
            now=self.now,
        )

    def finish(self, decision: Decision) -> Decision:
        """Review (where the rulebook asks for it) and sign."""
        if decision.needs_review:
            actions.review(decision=decision, actor=self.actor(Role.REVIEWER), now=self.now)
        minutes = self.minutes if decision.needs_minutes else None
        actions.sign(decision=decision, minutes=minutes, actor=self.actor(Role.SIGNATORY), now=self.now)
        return decision

    def decide(
        self, made: Made, level: str, kind: str, outcome: str = Outcome.GRANTED, reason: str = ""
    ) -> Decision:
        """A decision through all hands."""
        return self.finish(self.prepare(made, level, kind, outcome, reason))

    def draft(self) -> Report:
        """Draft the report."""
        return actions.draft_report(
            round=self.ground.round, authority=self.authority, actor=self.actor(), now=self.now
        )

    def countersigned(self) -> Report:
        """A report that finance has countersigned online."""
        report = self.draft()
        actions.countersign_online(report=report, actor=self.actor(Role.COUNTERSIGNER), now=self.now)
        return report

    def sent(self) -> Report:
        """A report sent, countersigned where the rulebook wants it."""
        rule = self.ground.book.report_from(self.authority.tier)
        report = self.countersigned() if rule and rule.countersigned_by else self.draft()
        actions.send_report(report=report, actor=self.actor(), now=self.now)
        return report

    def receive(self, report: Report) -> None:
        """Take what a lower office has sent."""
        actions.receive(report=report, actor=self.actor(), now=self.now)


def fresh(made: Made) -> Application:
    """The application as it is in the database."""
    related = ("holder", "authority", "edition", "enterprise", "round__programme", "dossier")
    return Application.objects.select_related(*related).get(pk=made.application.pk)
