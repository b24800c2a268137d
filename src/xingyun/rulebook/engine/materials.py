"""The materials: which are demanded, which are there, and the sealed scan of the book."""

from collections.abc import Iterator

from xingyun.rulebook.engine.case import Case
from xingyun.rulebook.facts import MaterialState, Scan
from xingyun.rulebook.findings import Finding, Kind
from xingyun.rulebook.schema.materials import Material, Slot
from xingyun.rulebook.text import EMPTY, Text, join

NOTHING = MaterialState()
MISSING = Text("还差“{name}”。", "“{name}” is missing.")
SEALED_BY_BOTH = Text("由申报企业和提供方共同盖章。", "Sealed by applicant and provider together.")
THERE = Text("“{name}”已提供。", "“{name}” is there.")
SAY_NONE = Text("“{name}”：有就上传，没有请选“无”。", "“{name}”: upload it, or answer “none”.")
NONE = Text("“{name}”：无。", "“{name}”: none.")
NOT_DEMANDED = Text("“{name}”：按填报的情况不用提供。", "“{name}”: not asked for in this case.")
ODD_NONE = Text(
    "勾选了相关的域，“{name}”却选了“无”，请核对。",
    "Related domains are claimed, yet “{name}” is answered “none”; please check.",
)
SEALED_OR_CONFIRMED = Text(
    "由申报企业和提供方共同盖章，或请提供方在线确认。",
    "Sealed by applicant and provider together, or confirmed online by the provider.",
)
SEALED_BESIDES = Text(
    "由申报企业和提供方共同盖章。提供方的在线确认不代替盖章。",
    "Sealed by applicant and provider together. What the provider confirmed online does not replace it.",
)
UNTIED = Text(
    "{n} 份合同没有写明云服务，请核对说明是不是都写到了。",
    "{n} contracts do not say cloud; please see that the statement speaks of each.",
)
UNCONFIRMED = Text(
    "{n} 份没有写明云服务的合同还没有提供方的在线确认，请核对说明是不是都写到了。",
    "{n} contracts that do not say cloud are not confirmed online; please see that the statement names each.",
)
SCANS = {
    "absent": Text(
        "申请表还没有盖章上传。全部填好后打印，盖章，扫描上传。", "The sealed form is not uploaded yet."
    ),
    "incomplete": Text("盖章扫描件还差第 {pages} 页。", "The sealed scan lacks page {pages}."),
    "placing": Text(
        "盖章的页正在放进申报书，几秒钟就好。",
        "The stamped pages are being put into the book; a few seconds.",
    ),
    "unsealed": Text(
        "第 {pages} 页没有认出公章，请核对。", "No seal was recognised on page {pages}; please check."
    ),
    "outdated": Text(
        "盖章扫描件是以前的版本。请打印现在的版本，重新盖章上传。",
        "The sealed scan is of an earlier version. Print the present one, seal and upload it again.",
    ),
    "complete": Text(
        "盖章扫描件齐全，是现在的版本。", "The sealed scan is complete and of the present version."
    ),
}


def judge(case: Case) -> Iterator[Finding]:
    """What every material of the list has to say, in its order."""
    for material in case.book.materials:
        if material.made_by_system:
            yield from _scan(case, material, case.facts.scan or Scan("absent"))
        elif not case.holds(material.when):
            yield _say(case, material, "ok", NOT_DEMANDED, material.slots[0])
        else:
            yield from demanded(case, material)


def demanded(case: Case, material: Material) -> Iterator[Finding]:
    """What a material that is asked for has to say."""
    faults = list(_faults(case, material))
    yield from faults or [_in_order(case, material)]
    if material.expected_with and _state(case, material.slots[0]).none:
        yield from _odd_none(case, material)


def _state(case: Case, slot: Slot) -> MaterialState:
    return case.facts.materials.get(slot.key, NOTHING)


def _faults(case: Case, material: Material) -> Iterator[Finding]:
    if material.when and material.when.contracts:
        yield from _contracts(case, material)
    elif material.need == "required":
        for slot in material.slots:
            if slot.required and not _state(case, slot).files:
                yield _say(case, material, "missing", MISSING, slot, slot.help)
    elif material.need == "if_any":
        for slot in material.slots:
            if not _state(case, slot).files and not _state(case, slot).none:
                yield _say(case, material, "missing", SAY_NONE, slot)


def _contracts(case: Case, material: Material) -> Iterator[Finding]:
    """A statement for each contract that does not say cloud; a file that is not tied to one is looked at.

    What a provider confirmed online spares the look at its contract, the file only if the rulebook says so.
    """
    slot, online = material.slots[0], material.confirmed_online
    unsaid = [c for c in case.facts.contracts if not c.says_cloud and not c.statement]
    unconfirmed = [c for c in unsaid if not (online and c.confirmed)]
    if (unconfirmed if online == "replaces" else unsaid) and not _state(case, slot).files:
        yield _say(
            case, material, "missing", MISSING, slot, _remedy(material, len(unconfirmed) < len(unsaid))
        )
    elif unconfirmed:
        words = UNCONFIRMED if online else UNTIED
        yield _say(case, material, "hint", words.fill(n=len(unconfirmed)), slot)


def _remedy(material: Material, confirmed: bool) -> Text:
    """How a statement comes about; `confirmed`: a provider has confirmed already."""
    if material.confirmed_online == "replaces":
        return SEALED_OR_CONFIRMED
    return SEALED_BESIDES if confirmed else SEALED_BY_BOTH


def _in_order(case: Case, material: Material) -> Finding:
    files = any(_state(case, slot).files for slot in material.slots)
    said = THERE if files or material.need == "required" else NONE
    return _say(case, material, "ok", said, material.slots[0])


def _odd_none(case: Case, material: Material) -> Iterator[Finding]:
    checklist = case.book.checklist
    branch = checklist.branch(material.expected_with or "") if checklist else ()
    if any(d.key in case.facts.claims for d in branch):
        yield _say(case, material, "hint", ODD_NONE, material.slots[0])


def _say(case: Case, material: Material, kind: Kind, said: Text, slot: Slot, remedy: Text = EMPTY) -> Finding:
    words = said.fill(name=slot.name if kind == "missing" else material.name)
    where = ("material", slot.key)
    stops = kind == "missing"
    return case.finding(f"material.{material.key}", kind, words, material.clause, where, remedy, stops)


def _scan(case: Case, material: Material, scan: Scan) -> Iterator[Finding]:
    kinds: dict[str, Kind] = {
        "absent": "missing",
        "incomplete": "wrong",
        "outdated": "wrong",
        "complete": "ok",
    }
    kind = kinds[scan.state]
    placing = scan.state == "incomplete" and not scan.missing_pages
    yield _say_scan(case, material, kind, SCANS["placing" if placing else scan.state], scan.missing_pages)
    if scan.missing_seals:
        # A pale seal is not an absent one: the eye decides, so this does not stop anybody.
        yield _say_scan(case, material, "judge", SCANS["unsealed"], scan.missing_seals)


def _say_scan(case: Case, material: Material, kind: Kind, said: Text, pages: tuple[int, ...]) -> Finding:
    words = said.fill(pages=join([Text(str(p), str(p)) for p in pages]))
    stops = kind in ("missing", "wrong")
    return case.finding(f"material.{material.key}", kind, words, material.clause, ("booklet",), EMPTY, stops)
