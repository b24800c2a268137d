"""The list of an application's parts, each with how far it is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xingyun.applications.queries import Workspace
from xingyun.rulebook.schema.form import Section
from xingyun.web.enterprise.places import at
from xingyun.web.wording import tell

SIGNS = {"ok": "accept", "wait": "partial", "muted": "empty"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part: kind is ok (done), wait (begun) or muted (not begun)."""

    key: str
    label: str
    href: str
    note: str
    kind: str

    @property
    def sign(self) -> str:
        """The icon that says the same as the kind."""
        return SIGNS[self.kind]


@dataclass(frozen=True, slots=True)
class Group:
    """Parts under one heading."""

    label: str
    parts: tuple[Part, ...]


def toc(work: Workspace) -> tuple[Group, ...]:
    """All parts of the application."""
    form = tuple(section_part(work, section) for section in work.rulebook.form.sections)
    about = (
        *((ledger_part(work),) if work.rulebook.keeps_ledger else ()),
        *((checklist_part(work),) if work.rulebook.domains else ()),
    )
    last = (booklet_part(work), submit_part(work))
    return (
        Group(f"{_('申请表')}（{work.rulebook.form.clause}）", form),
        Group(_("附表与材料") if work.rulebook.domains else _("材料"), (*about, evidence_part(work))),
        Group(_("成册与提交"), last),
    )


def section_part(work: Workspace, section: Section) -> Part:
    """A section of the form: how many of the fields that are asked for are in order."""
    fields = {f.key for f in work.rulebook.form.in_section(section.key)}
    asked = {f.where[1] for f in work.verdict.at("form") if f.kind == "missing" and f.where[1] in fields}
    wrong = fields & work.errors.keys()
    done = (fields & work.values.keys()) - wrong
    kind = "ok" if not asked and not wrong else "wait" if done or wrong else "muted"
    note = f"{len(done)}/{len(done | asked | wrong)}"
    return Part(
        section.key, tell(section.name), at("application_form", work.application, section.key), note, kind
    )


def ledger_part(work: Workspace) -> Part:
    """Contracts and invoices."""
    n = work.ledger.size
    faults = [f for f in work.verdict.at("ledger") if f.blocks]
    note = ngettext("%(n)s 份", "%(n)s 份", n) % {"n": n}
    kind = "muted" if not n else "wait" if faults else "ok"
    return Part("ledger", _("合同与发票"), at("application_ledger", work.application), note, kind)


def checklist_part(work: Workspace) -> Part:
    """The checklist."""
    claimed, all_ = len(work.claims), len(work.rulebook.domains)
    faults = any(not claim.pages for claim in work.claims.values())
    kind = "muted" if not claimed else "wait" if faults else "ok"
    href = at("application_checklist", work.application)
    return Part("checklist", _("业务及应用表"), href, f"{claimed}/{all_}", kind)


def evidence_part(work: Workspace) -> Part:
    """The materials that files are asked for."""
    asked = [m for m in work.materials if not m.material.made_by_system and m.material.need != "optional"]
    open_ = {f.rule for f in work.verdict.at("material") if f.blocks}
    done = [m for m in asked if f"material.{m.material.key}" not in open_]
    kind = "ok" if not open_ else "wait" if any(m.attachments for m in asked) else "muted"
    href = at("application_evidence", work.application)
    return Part("evidence", _("证明材料"), href, f"{len(done)}/{len(asked)}", kind)


def booklet_part(work: Workspace) -> Part:
    """Booklet and stamped scan."""
    kind = "ok" if work.scan else "wait" if work.last_booklet else "muted"
    return Part("booklet", _("成册、盖章、扫描"), at("application_booklet", work.application), "", kind)


def submit_part(work: Workspace) -> Part:
    """The last check."""
    kind = "ok" if not work.editable else "muted"
    return Part("submit", _("检查并提交"), at("application_submit", work.application), "", kind)
