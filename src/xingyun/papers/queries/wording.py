"""How an office words its papers: the newest version, what is wrong with a text, the text filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from xingyun.audit.errors import NotAllowed, Refused
from xingyun.documents.wording import Fault, UnfilledError, faults, filled, normal, paragraphs, places
from xingyun.papers.models import Wording
from xingyun.papers.states import KINDS, Kind, Passage, Shape
from xingyun.registry.models import Authority
from xingyun.rulebook import Rulebook

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Worded:
    """A kind of paper as an office words it; `written` is None while it is worded as usual."""

    kind: Kind
    texts: Texts
    written: Wording | None

    @property
    def version(self) -> int:
        """The newest version; 0 before the first."""
        return self.written.version if self.written else 0

    @property
    def own(self) -> bool:
        """Whether the office has words of its own now."""
        return bool(self.written and self.written.texts)


def kinds_of(authority: Authority) -> tuple[Kind, ...]:
    """The kinds of papers that this office issues."""
    top = authority.parent_id is None
    return tuple(kind for kind in KINDS.values() if kind.top in (None, top))


def kind_of(authority: Authority, key: str) -> Kind:
    """The kind of this key, when the office issues it. Raises NotAllowed."""
    found = next((kind for kind in kinds_of(authority) if kind.key == key), None)
    if found is None:
        raise NotAllowed(_("没有找到这种文书。"))
    return found


def versions(authority: Authority, kind: Kind) -> QuerySet[Wording]:
    """What the office wrote for this kind, newest first."""
    known = Wording.objects.filter(authority=authority, kind=kind.key)
    return known.select_related("written_by").order_by("-version")


def worded_by(authority: Authority, kind: Kind) -> Worded:
    """The kind as the office words it now (one query)."""
    return _worded(kind, versions(authority, kind).first())


def all_worded_by(authorities: Sequence[Authority]) -> list[list[Worded]]:
    """For each office every kind that it issues, as it words it now (one query)."""
    later = Wording.objects.filter(
        authority=OuterRef("authority"), kind=OuterRef("kind"), version__gt=OuterRef("version")
    )
    found = Wording.objects.filter(~Exists(later), authority__in=authorities).select_related("written_by")
    newest = {(one.authority_id, one.kind): one for one in found}
    return [[_worded(kind, newest.get((one.pk, kind.key))) for kind in kinds_of(one)] for one in authorities]


def tidy(kind: Kind, typed: Texts) -> dict[str, str]:
    """What was typed as it is kept; passages that the kind does not have are left out."""
    return {passage.key: normal(typed.get(passage.key, "")) for passage in kind.passages}


def wrong(kind: Kind, texts: Texts) -> dict[str, str]:
    """What is wrong with each passage, in words; a place that is left out is told where it first stood."""
    found = {passage.key: _wrong(passage, texts[passage.key], kind) for passage in kind.passages}
    used = {name for text in texts.values() for name in places(text)}
    left_out = [name for name in kind.kept if name not in used]
    if left_out and not any(found.values()):
        said = _("缺了必须写明的位置：%s。少了它，文书说得不够。请放进合适的地方。")
        homes = {name: _home(kind, name) for name in left_out}
        for key in dict.fromkeys(homes.values()):
            found[key] = said % _braced([name for name in left_out if homes[name] == key])
    return {key: said for key, said in found.items() if said}


def sound(kind: Kind, typed: Texts) -> dict[str, str]:
    """What was typed as it is kept. Raises Refused with `field` for the first passage that is wrong."""
    texts = tidy(kind, typed)
    for field, said in wrong(kind, texts).items():
        raise Refused(said, field=field)
    return texts


def common(authority: Authority, rulebook: Rulebook, year: int) -> dict[str, str]:
    """The values that every kind has."""
    about = rulebook.programme
    return {
        "年度": str(year),
        "评定名称": about.award,
        "评定全称": f"{about.area}{about.award}",
        "通知文号": about.document_number,
        "发文单位": authority.issuer,
        "联系电话": authority.phone,
    }


def worded(authority: Authority, key: str, values: Texts) -> dict[str, object]:
    """The passages of a paper as the office words them, filled in (one query).

    Raises Refused when a place has no value now: such a paper is not issued.
    """
    now = worded_by(authority, KINDS[key])
    try:
        return in_data(now.kind, now.texts, values)
    except UnfilledError as error:
        said = _(
            "“%(kind)s”里的%(places)s现在没有内容，不能出具。请在“发文用语”里改掉这个位置，或先补上它的内容。"
        )
        raise Refused(said % {"kind": now.kind.label, "places": _braced(error.names)}) from error


def in_data(kind: Kind, texts: Texts, values: Texts) -> dict[str, object]:
    """The passages as the paper's data has them. Raises UnfilledError."""
    given = {p: filled(texts[p.key], values) for p in kind.passages if texts[p.key]}
    return {p.key: paragraphs(text) if p.shape is Shape.PARAGRAPHS else text for p, text in given.items()}


def _worded(kind: Kind, written: Wording | None) -> Worded:
    own = written.texts if written else {}
    return Worded(kind, {**kind.defaults, **{key: own[key] for key in kind.defaults if key in own}}, written)


def _wrong(passage: Passage, text: str, kind: Kind) -> str:
    if passage.needed and not text:
        return _("这里不能空着。")
    if len(text) > passage.most:
        return _("这里最多 %(most)s 字，现在有 %(n)s 字。") % {"most": passage.most, "n": len(text)}
    if passage.shape is Shape.LINE and "\n" in text:
        return _("这里只写一行。")
    return "".join(_told(fault) for fault in faults(text, kind.names))


def _told(fault: Fault) -> str:
    if not fault.name:
        return _("有一个花括号没有配对。位置要写成｛名称｝。")
    if fault.near:
        said = _("没有%(name)s这个位置，是不是%(near)s？")
        return said % {"name": _braced([fault.name]), "near": _braced([fault.near])}
    return _("没有%s这个位置。可用的位置列在旁边。") % _braced([fault.name])


def _home(kind: Kind, name: str) -> str:
    """The passage whose standard text has this place, else the last one."""
    texts = [passage.key for passage in kind.passages if passage.shape is not Shape.LINE]
    return next((one.key for one in kind.passages if name in places(one.default)), texts[-1])


def _braced(names: list[str] | tuple[str, ...]) -> str:
    return "、".join(f"｛{name}｝" for name in names)
