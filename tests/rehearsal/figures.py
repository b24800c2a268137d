"""What came of a rehearsal, read from its papers, its pages and its database, which must all say the same."""

import io
import re
import zipfile
from collections import Counter
from typing import Any

from lxml import etree
from python_calamine import CalamineWorkbook
from tests.rehearsal.play import Rehearsal
from tests.rehearsal.session import Fault, Page, Person, words

Row = dict[str, str]
NOTHING = "—"
CLEAN = re.compile(r"\s+")


def figures(played: Rehearsal) -> dict[str, Any]:
    """Every number of every paper; raises Fault where two of them disagree."""
    house = played.house
    told = house.command("audit", "verify")
    if "记录完整" not in told:
        raise Fault(f"the record: {told}")
    tables = {key: table(played, uid) for key, uid in reports(played).items()}
    announced = listed_publicly(played)
    lines = places(played)
    awards(played, announced)
    history(played)
    strangers(played)
    # How many papers jobs have issued by now, and who had to stamp a page again, hangs on the machine's pace.
    return {
        "reports": tables,
        "announced": announced,
        "places": {f"{key} {group}": list(pair) for (key, group), pair in sorted(lines.items())},
        "states": counts(played, "SELECT state FROM applications_application"),
        "decisions": counts(
            played, "SELECT outcome FROM reviews_decision WHERE revoked_at IS NULL AND signed_at IS NOT NULL"
        ),
        "acts": counts(
            played, "SELECT act FROM audit_entry WHERE act NOT LIKE 'paper.%' AND act NOT LIKE '%.scan.%'"
        ),
        "struck": played.struck,
        "returned": played.returned[2],
    }


def counts(played: Rehearsal, query: str) -> dict[str, int]:
    """How often each value comes."""
    return dict(sorted(Counter(str(row[0]) for row in played.house.sql(query)).items()))


# ── reports ───────────────────────────────────────────────────────────────────────────────────────
def reports(played: Rehearsal) -> dict[str, str]:
    """Every report that was ever sent, by district, round, sequence; the superseded ones, too."""
    rows = played.house.sql(
        "SELECT a.key, p.number, r.seq, r.uid FROM reviews_report r"
        " JOIN registry_authority a ON a.id = r.authority_id JOIN rounds_round p ON p.id = r.round_id"
        " ORDER BY a.key, p.number, r.seq"
    )
    return {f"{key} {number}-{seq}": _uuid(uid) for key, number, seq, uid in rows}


def _uuid(value: object) -> str:
    plain = str(value).replace("-", "")
    return "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))


def table(played: Rehearsal, report: str) -> list[Row]:
    """The rows of a report's summary table; its own sums, its page and its joint document say the same."""
    reader = played.city.as_("jb")
    page = reader.go(f"/officials/reports/{report}/")
    sheet = _sheet(reader.go(f"/officials/reports/{report}/papers/table/?as=excel").body)
    rows = [row for row in sheet if row["序号"].isdecimal()]
    total = next(row for row in sheet if row["企业名称"].startswith("合计"))
    decided = [row for row in rows if row["评定级别"] != NOTHING]
    recommended = [row for row in rows if row["推荐级别"] != NOTHING]
    _same(total["企业名称"], f"合计 {len(rows)} 家", page)
    _same(total["评定级别"], f"{len(decided)} 家", page)
    _same(total["推荐级别"], f"{len(recommended)} 家", page)
    _same(_fen(total), sum(_fen(row) for row in rows), page)
    page.says(f"所报 {len(rows)} 份申请", *(row["企业名称"] for row in rows))
    joint = _words_of(reader.go(f"/officials/reports/{report}/papers/paper/?as=word").body)
    for levels, column in ((decided, "评定级别"), (recommended, "推荐级别")):
        for level, count in Counter(row[column] for row in levels).items():
            if not re.search(rf"{level}[^。；]{{0,20}}?{count}家|{count}家[^。；]{{0,20}}?{level}", joint):
                raise Fault(f"{page.url}: the document does not say {level} {count}: {joint[:600]}")
    for row in rows:
        known = next(one for one in played.enterprises.values() if one.name == row["企业名称"])
        _same((row["统一社会信用代码"], _fen(row)), (known.who.uscc, known.gross), page)
    kept = ("企业名称", "申请级别", "评定级别", "推荐级别", "上云支出（万元）", "意见")
    return [{name: row[name] for name in kept} for row in rows]


def _sheet(content: bytes) -> list[Row]:
    lines = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    head = next(n for n, line in enumerate(lines) if "企业名称" in line)
    names = [str(name) for name in lines[head]]
    return [dict(zip(names, map(_plain, line), strict=True)) for line in lines[head + 1 :]]


def _plain(cell: object) -> str:
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)


def _fen(row: Row) -> int:
    return round(float(row["上云支出（万元）"].replace(",", "")) * 1_000_000)


def _words_of(word: bytes) -> str:
    """All text of a Word document without white space."""
    with zipfile.ZipFile(io.BytesIO(word)) as packed:
        tree = etree.fromstring(packed.read("word/document.xml"))
    return CLEAN.sub("", "".join(tree.itertext("{*}t")))


def _same(found: object, wanted: object, page: Page) -> None:
    if found != wanted:
        raise Fault(f"{page.url}: {found!r} is not {wanted!r}")


# ── lists ─────────────────────────────────────────────────────────────────────────────────────────
def listed_publicly(played: Rehearsal) -> dict[str, str]:
    """Level by name as everybody reads it; the announcements' own papers name the same enterprises."""
    visitor = Person(played.house.url, "visitor")
    found, page = {}, visitor.go("/results/")
    while True:
        for row in page.tree.xpath("//main//table/tbody/tr"):
            name, _place, level, *_rest = (words(cell) for cell in row.xpath("./th | ./td"))
            found[name] = level.removeprefix("获评").strip()
        onward = page.links(r"[?&]after=")
        if not onward:
            break
        page = visitor.go(onward[0])
    papers = _papers(played)
    for name in found:
        if papers.count(name) != 1:
            raise Fault(f"{name} is {papers.count(name)} times in the announcements")
    for one in played.enterprises.values():
        if one.name not in found and one.name in papers:
            raise Fault(f"{one.name} was announced and is not on the public list")
    if played.struck in found:
        raise Fault(f"{played.struck} was struck and is on the public list")
    return dict(sorted(found.items()))


def _papers(played: Rehearsal) -> str:
    officer, said = played.city.as_("jb"), ""
    for (uid,) in played.house.sql("SELECT uid FROM results_notice ORDER BY id"):
        page = officer.go(f"/officials/notices/{_uuid(uid)}/")
        for paper in page.links(r"papers/announcement/\?as=word"):
            said += _words_of(officer.go(paper).body)
    return said


def awards(played: Rehearsal, announced: dict[str, str]) -> None:
    """Every title has its certificate and its public line, with the same level."""
    labels = {level.key: level.name.zh for level in played.book.levels}
    rows = played.house.sql(
        "SELECT e.name, t.level FROM registry_title t JOIN registry_enterprise e ON e.id = t.enterprise_id"
        " WHERE t.revoked_at IS NULL"
    )
    titles: dict[str, str] = {}
    for name, level in rows:
        titles[name] = max(titles.get(name, ""), level)
    if {name: labels[level] for name, level in titles.items()} != announced:
        raise Fault(f"titles {titles} are not {announced}")


# ── places ────────────────────────────────────────────────────────────────────────────────────────
def places(played: Rehearsal) -> dict[tuple[str, str], tuple[int, int]]:
    """Used and cap of every line; as many are used as were granted, and the pages show what is left."""
    lines = played.quotas()
    granted = {
        (key, group): count
        for key, group, count in played.house.sql(
            'SELECT a.key, q."group", count(*) FROM reviews_decision d'
            " JOIN rounds_quotaline q ON q.id = d.quota_line_id"
            " JOIN registry_authority a ON a.id = q.authority_id"
            " WHERE d.revoked_at IS NULL AND d.outcome = 'granted' GROUP BY a.key, q.\"group\""
        )
    }
    for at, (used, cap) in lines.items():
        if used > cap or used != granted.get(at, 0):
            raise Fault(f"{at}: {used} used of {cap}, {granted.get(at, 0)} granted")
    for district in played.plot.districts:
        shown = played.free_on_page(district)
        own = [(cap - used, cap) for (key, _group), (used, cap) in lines.items() if key == district]
        if sorted(shown) != sorted(own):
            raise Fault(f"{district} shows {shown}, not {own}")
    return {at: pair for at, pair in lines.items() if at[0] in played.plot.districts}


# ── what must have stayed, and what must not have happened ────────────────────────────────────────
def history(played: Rehearsal) -> None:
    """The report that was given back is kept with its reason, and leads to the one that took its place."""
    old, new, name = played.returned
    reader = played.city.as_("jb")
    page = reader.go(old).says("已退回", "已由第 2 次上报代替", name)
    if new not in page.links("/officials/reports/"):
        raise Fault(f"{old} does not lead to {new}")
    reader.go(new).says("代替第 1 次")
    reader.go(f"{old}record/").says("退回")


def strangers(played: Rehearsal) -> None:
    """Where finance countersigns on paper nobody of it has ever signed in; elsewhere somebody has."""
    for district in played.plot.districts:
        ((at,),) = played.house.sql(f"SELECT last_login FROM accounts_user WHERE username = '{district}-cz'")
        if (at is None) != played.plot.on_paper(district):
            raise Fault(f"finance of {district} signed in last: {at}")
