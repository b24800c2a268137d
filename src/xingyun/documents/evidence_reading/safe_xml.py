"""XML from strangers: no document type, no entities, no network, of bounded size."""

import re

from lxml import etree

from xingyun.documents.evidence_reading.findings import unreadable

# What real files are written in. Others could hide a declaration from the look at the bytes below.
ENCODINGS = {"utf-8", "utf8", "gbk", "gb2312", "gb18030", "us-ascii", "ascii", "utf-16"}
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})", re.DOTALL)
DEEPEST = 200


def parsed(data: bytes, *, mend: bool = False) -> etree._Element:
    """The root of a document; with `mend` whatever can be read of a malformed one.

    Raises UnreadableError (xml_entities, xml_encoding, xml_damaged).
    """
    bare = data[:4096].replace(b"\0", b"")
    declared = _DECLARED.search(bare)
    if declared and (name := declared.group(1).decode().lower()) not in ENCODINGS:
        raise unreadable("xml_encoding", found=name)
    plain = data.replace(b"\0", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise unreadable("xml_entities")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=mend,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data.strip(b"\0 \t\r\n") if b"\0" not in data else data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable("xml_damaged") from error
    if root is None:
        raise unreadable("xml_damaged")
    if root.getroottree().docinfo.internalDTD is not None:
        raise unreadable("xml_entities")
    return root


def local(element: etree._Element) -> str:
    """The element's name without its namespace; makers differ in those."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def texts(root: etree._Element) -> dict[str, str]:
    """Path of names from below the root → text, for every element without children; the first one counts."""
    found: dict[str, str] = {}
    queue: list[tuple[etree._Element, str]] = [(root, "")]
    while queue:
        element, path = queue.pop()
        children = [child for child in element if local(child)]
        if not children and element.text and element.text.strip():
            found.setdefault(path, element.text.strip())
        if path.count("/") < DEEPEST:
            prefix = f"{path}/" if path else ""
            queue.extend((child, f"{prefix}{local(child)}") for child in reversed(children))
    return found
