"""What a paper would look like with other words: set by the same templates, with invented values."""

from xingyun.documents.render import render_pngs
from xingyun.documents.strip import strip
from xingyun.papers.queries.drawing import as_pdf
from xingyun.papers.queries.fonts import own_fonts, refuse_boxes
from xingyun.papers.queries.wording import Texts, in_data, sound
from xingyun.papers.states import Kind
from xingyun.registry.models import Authority

DPI = 80
# A list on many pages is not what is looked at here.
MOST_PAGES = 4


def preview_pdf(authority: Authority, kind: Kind, typed: Texts) -> bytes:
    """The paper as PDF, worded like this. Raises Refused with `field` for what can't be kept either."""
    return as_pdf(kind.key, sample(authority, kind, sound(kind, typed)))


def preview_png(authority: Authority, kind: Kind, typed: Texts) -> bytes:
    """Its first pages as one PNG, one below the other. Raises Refused like `preview_pdf`."""
    data = sample(authority, kind, sound(kind, typed))
    refuse_boxes(data)
    drawn = render_pngs(kind.key, data, fonts=own_fonts(), dpi=DPI)[:MOST_PAGES]
    return strip(drawn)


def sample(authority: Authority, kind: Kind, texts: Texts) -> dict[str, object]:
    """The paper's data: the office's own names, its words, the rest invented."""
    joint = [authority.issuer, authority.co_issuer] if kind.joint else [authority.issuer]
    names = [name for name in joint if name]
    rest = dict(kind.sample)
    values = {**kind.examples, "发文单位": authority.issuer}
    if authority.phone:
        values["联系电话"] = authority.phone
    data: dict[str, object] = {
        "issuer": authority.issuer,
        "issuers": names,
        "number": "〔2020〕　号",
        "signatures": [{"name": name, "key": f"seal:{n}"} for n, name in enumerate(names)],
        **in_data(kind, texts, values),
    }
    more = rest.pop("more", None)
    if isinstance(more, list):
        data["body"] = [*_list(data["body"]), *more]
    return {**data, **rest}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
