"""A whole rulebook: every table that its files may hold."""

from dataclasses import dataclass

from xingyun.rulebook.schema.aftercare import Subsidy, Titles
from xingyun.rulebook.schema.checklist import Checklist
from xingyun.rulebook.schema.conditions import Condition
from xingyun.rulebook.schema.examining import Panel, Sample
from xingyun.rulebook.schema.fast_tracks import FastTrack
from xingyun.rulebook.schema.form import FormTable
from xingyun.rulebook.schema.levels import Deployment, Level, Quota, Ranking
from xingyun.rulebook.schema.lists import OutsideList
from xingyun.rulebook.schema.materials import Declaration, Material
from xingyun.rulebook.schema.points import Points
from xingyun.rulebook.schema.procedure import (
    Deadline,
    Filing,
    Notice,
    Outcome,
    Procedure,
    Question,
    Report,
    Stage,
    Window,
)
from xingyun.rulebook.schema.programme import (
    Authority,
    CitedDocument,
    Clause,
    Interpretation,
    Programme,
    Sanction,
    Tier,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The tables of a rulebook, as its files write them, in whatever files they stand."""

    programme: Programme
    clauses: tuple[Clause, ...]
    interpretations: tuple[Interpretation, ...] = ()
    documents: tuple[CitedDocument, ...] = ()
    tiers: tuple[Tier, ...]
    authorities: tuple[Authority, ...]
    deployments: tuple[Deployment, ...] = ()
    levels: tuple[Level, ...]
    quotas: tuple[Quota, ...] = ()
    ranking: Ranking | None = None
    lists: tuple[OutsideList, ...] = ()
    conditions: tuple[Condition, ...] = ()
    fast_tracks: tuple[FastTrack, ...] = ()
    points: Points | None = None
    materials: tuple[Material, ...]
    declaration: Declaration
    form: FormTable
    checklist: Checklist | None = None
    deadlines: tuple[Deadline, ...] = ()
    windows: tuple[Window, ...]
    stages: tuple[Stage, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    reports: tuple[Report, ...] = ()
    samples: tuple[Sample, ...] = ()
    panels: tuple[Panel, ...] = ()
    filings: tuple[Filing, ...] = ()
    outcomes: tuple[Outcome, ...]
    notice: Notice
    sanctions: tuple[Sanction, ...] = ()
    titles: Titles
    subsidies: tuple[Subsidy, ...] = ()
    questions: tuple[Question, ...] = ()
