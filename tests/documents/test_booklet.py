"""The book: every number right, every page what was planned, whatever the evidence looks like."""

import dataclasses
import random
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image
from tests.documents import data

from xingyun.documents.booklet import (
    BookletPlan,
    Claim,
    Item,
    Material,
    Parts,
    Scan,
    WrongPagesError,
    WrongPartsError,
    assemble,
    extract,
    numbers,
    plan,
    verify,
)
from xingyun.documents.raster import page_pixels
from xingyun.documents.samples import Stamp, scan_of

Make = Callable[..., Path]
Fonts = tuple[Path, ...]


@pytest.fixture
def planned(parts: Parts, fonts: Fonts, tmp_path: Path) -> BookletPlan:
    return plan(parts, fonts=fonts, work=tmp_path)


@pytest.fixture
def book(planned: BookletPlan, tmp_path: Path) -> Path:
    return assemble(planned, tmp_path / "book.pdf")


def texts(path: Path) -> list[str]:
    document = pdfium.PdfDocument(path)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_order_and_ranges(planned: BookletPlan) -> None:
    owners = list(dict.fromkeys(leaf.owner for leaf in planned.leaves))
    assert owners == [
        *("cover", "instructions", "form", "checklist", "contents"),
        *("m1", "contract", "turned", "lying", "invoice", "m2", "screen", "photo", "huge", "m3", "m4"),
    ]
    assert [leaf.place for leaf in planned.leaves] == list(range(1, planned.total + 1))
    assert [planned.fronts[key][0] for key in ("cover", "instructions", "form", "checklist")] == [
        1,
        11,
        21,
        31,
    ]
    assert [planned.materials[key][0] for key in ("m1", "m2", "m3", "m4")] == [101, 201, 301, 401]
    first, last = planned.items["contract"]
    assert last - first == 3
    assert planned.materials["m1"][0] == first - 1
    assert planned.materials["m3"][0] == planned.materials["m3"][1]


def test_the_book_is_what_was_planned(book: Path, planned: BookletPlan) -> None:
    verify(book, planned)


def test_every_page_shows_its_number_and_its_own_content(book: Path, planned: BookletPlan) -> None:
    shown = texts(book)
    for leaf in planned.leaves:
        assert f"第{leaf.number}页本节共{leaf.pages}页" in shown[leaf.place - 1]
        if leaf.owner in ("contract", "turned", "lying", "invoice", "huge"):
            assert f"{leaf.owner}-{leaf.of}-end" in shown[leaf.place - 1]


def test_the_checklist_prints_the_pages_that_prove(book: Path, planned: BookletPlan) -> None:
    first, last = planned.fronts["checklist"]
    places = planned.places
    printed = "".join(texts(book)[places[first] - 1 : places[last]])
    start = planned.items["contract"][0]
    screen = planned.items["screen"][0]
    assert planned.pages["d1"] == f"{start + 1}–{start + 2}、{screen}"
    assert f"门户网站√{planned.pages['d1']}" in printed
    turned, invoice = planned.items["turned"][0], planned.items["invoice"][0]
    assert f"数据库√{turned}–{invoice}" in printed


def test_the_contents_lead_to_the_pages(book: Path, planned: BookletPlan) -> None:
    printed = texts(book)[planned.places[planned.fronts["contents"][0]] - 1].replace(".", "")
    assert f"云服务采购合同{planned.items['contract'][0]}" in printed
    assert f"创新应用情况和效果说明（无）{planned.materials['m3'][0]}" in printed
    assert f"其他证明性材料（未提供）{planned.materials['m4'][0]}" in printed


def test_an_explicit_none_keeps_its_separator(book: Path, planned: BookletPlan) -> None:
    page = texts(book)[planned.places[planned.materials["m3"][0]] - 1]
    assert "材料三" in page
    assert "无申报企业声明" in page


def test_same_parts_same_bytes(parts: Parts, fonts: Fonts, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        work = tmp_path / name
        work.mkdir()
        made.append(assemble(plan(parts, fonts=fonts, work=work), work / "book.pdf").read_bytes())
    assert made[0] == made[1]


def test_every_code_is_read_back(book: Path, planned: BookletPlan) -> None:
    for leaf in planned.leaves:
        read = zxingcpp.read_barcodes(page_pixels(book, leaf.place, dpi=150))
        assert leaf.payload in [found.text for found in read]


def test_pages_are_a4_upright_or_lying(book: Path, planned: BookletPlan) -> None:
    document = pdfium.PdfDocument(book)
    sizes = {
        leaf.owner: tuple(round(x) for x in document[leaf.place - 1].get_size()) for leaf in planned.leaves
    }
    assert sizes["contract"] == sizes["invoice"] == sizes["huge"] == sizes["photo"] == (595, 842)
    assert sizes["turned"] == sizes["lying"] == sizes["screen"] == (842, 595)


@pytest.mark.parametrize(
    "name", ["plain.png", "palette.png", "clear.png", "grey.png", "plain.jpg", "cmyk.jpg"]
)
def test_every_kind_of_image_keeps_its_picture(
    parts: Parts, fonts: Fonts, picture: Make, tmp_path: Path, name: str
) -> None:
    modes = {"palette.png": "P", "clear.png": "RGBA", "grey.png": "L", "cmyk.jpg": "CMYK"}
    mode = modes.get(name, "RGB")
    shown = one_image(parts, fonts, picture(name, mode=mode), tmp_path)
    dark = shown.getpixel((round(shown.width * 0.2), round(shown.height * 0.2)))
    light = shown.getpixel((round(shown.width * 0.8), round(shown.height * 0.6)))
    assert sum(dark) < 420 < 700 < sum(light)


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, "tl"), (2, "tr"), (3, "br"), (4, "bl"), (5, "tl"), (6, "tr"), (7, "br"), (8, "bl")],
)
def test_photos_stand_as_they_were_held(
    parts: Parts, fonts: Fonts, picture: Make, tmp_path: Path, orientation: int, corner: str
) -> None:
    source = picture(f"o{orientation}.jpg", orientation=orientation)
    shown = one_image(parts, fonts, source, tmp_path)
    box = (
        shown.convert("L")
        .point(lambda p: 255 if p < 150 else 0)
        .crop((0, 0, shown.width, shown.height * 3 // 4))
    )
    blue = box.getbbox()
    assert blue is not None
    upright = page_pixels(source, 1)
    assert (upright.width > upright.height) == (shown.width > shown.height)
    middle = (blue[0] + blue[2]) / 2, (blue[1] + blue[3]) / 2
    frame = picture_frame(shown, upright)
    assert ("l" if middle[0] < frame[0] else "r") == corner[1]
    assert ("t" if middle[1] < frame[1] else "b") == corner[0]


def picture_frame(shown: Image.Image, upright: Image.Image) -> tuple[float, float]:
    """Where the middle of the placed image lies on the drawn page."""
    scale = min(
        shown.width * (1 - 25 / (shown.width / shown.info["dots"])) / upright.width,
        shown.height * (1 - 39 / (shown.height / shown.info["dots"])) / upright.height,
        shown.info["dots"] * 25.4 / 72,
    )
    left = 15 * shown.info["dots"]
    room = shown.width - 25 * shown.info["dots"]
    return left + room / 2, 9 * shown.info["dots"] + upright.height * scale / 2


def one_image(parts: Parts, fonts: Fonts, path: Path, work: Path) -> Image.Image:
    """The drawn page of a book that holds only this image; `info["dots"]` are pixels a millimetre."""
    material = Material("m", "材料一", "截图", (Item("i", path, "截图"),))
    small = dataclasses.replace(parts, front=parts.front[:1], materials=(material,), claims={})
    made = plan(small, fonts=fonts, work=work)
    assemble(made, work / "small.pdf")
    shown = page_pixels(work / "small.pdf", made.total, dpi=72)
    shown.info["dots"] = 72 / 25.4
    return shown


def test_the_foot_covers_nothing(book: Path, planned: BookletPlan) -> None:
    """Without number and code the foot of every page of evidence is white."""
    for leaf in planned.leaves:
        if leaf.kind != "evidence":
            continue
        page = page_pixels(book, leaf.place, dpi=72)
        code = page.width - round(38 * 72 / 25.4)
        foot = page.convert("L").crop((0, page.height - round(27 * 72 / 25.4), code, page.height))
        assert foot.crop((0, 0, foot.width, foot.height // 3)).getextrema()[0] > 250


def test_a_long_book_settles(parts: Parts, fonts: Fonts, evidence: Make, tmp_path: Path) -> None:
    """Contents of several pages and a separator of two: numbers still right, on every one of them."""
    source = evidence("page", 1)
    items = tuple(
        Item(f"f{n}", source, f"第 {n} 份发票，开票方为云州市某某云计算服务有限公司") for n in range(90)
    )
    claims = {"d1": tuple(Claim(f"f{n}", 1, 1) for n in range(0, 90, 2))}
    long = dataclasses.replace(parts, materials=(Material("m", "材料一", "发票", items),), claims=claims)
    made = plan(long, fonts=fonts, work=tmp_path)
    assert made.fronts["contents"][1] > made.fronts["contents"][0]
    assert sum(leaf.kind == "separator" for leaf in made.leaves) > 1
    verify(assemble(made, tmp_path / "long.pdf"), made)


@pytest.mark.parametrize("claim", [Claim("contract", 0, 1), Claim("contract", 3, 2), Claim("contract", 2, 5)])
def test_a_claim_on_a_page_that_is_not_there(
    parts: Parts, fonts: Fonts, tmp_path: Path, claim: Claim
) -> None:
    with pytest.raises(WrongPartsError, match="4 页"):
        plan(dataclasses.replace(parts, claims={"d1": (claim,)}), fonts=fonts, work=tmp_path)


def test_a_claim_on_a_file_that_is_not_there(parts: Parts, fonts: Fonts, tmp_path: Path) -> None:
    with pytest.raises(WrongPartsError, match="不在书中"):
        plan(dataclasses.replace(parts, claims={"d1": (Claim("lost", 1, 1),)}), fonts=fonts, work=tmp_path)


def test_a_key_used_twice(parts: Parts, fonts: Fonts, tmp_path: Path) -> None:
    twice = dataclasses.replace(parts, materials=(parts.materials[0], parts.materials[0]))
    with pytest.raises(WrongPartsError, match="m1"):
        plan(twice, fonts=fonts, work=tmp_path)


def altered(book: Path, out: Path, order: Callable[[list[int]], list[int]]) -> Path:
    with pikepdf.open(book) as source, pikepdf.new() as target:
        for index in order(list(range(len(source.pages)))):
            target.pages.append(source.pages[index])
        target.save(out)
    return out


def test_a_lost_page_is_found(book: Path, planned: BookletPlan, tmp_path: Path) -> None:
    with pytest.raises(WrongPagesError, match="应为"):
        verify(altered(book, tmp_path / "lost.pdf", lambda pages: pages[:-1]), planned)


def test_swapped_pages_are_found(book: Path, planned: BookletPlan, tmp_path: Path) -> None:
    a, b = planned.items["contract"][0], planned.items["invoice"][0]
    one, other = planned.places[a] - 1, planned.places[b] - 1

    def swap(pages: list[int]) -> list[int]:
        pages[one], pages[other] = pages[other], pages[one]
        return pages

    with pytest.raises(WrongPagesError, match=f"第 {a} 页") as caught:
        verify(altered(book, tmp_path / "swapped.pdf", swap), planned)
    assert any(f"第 {b} 页" in problem for problem in caught.value.problems)


def test_foreign_content_under_the_right_number_is_found(
    planned: BookletPlan, evidence: Make, tmp_path: Path
) -> None:
    """Numbers alone prove nothing: page and content are compared as well."""
    leaves = list(planned.leaves)
    place = planned.places[planned.items["contract"][0]] - 1
    leaves[place] = dataclasses.replace(leaves[place], source=evidence("other"))
    wrong = assemble(dataclasses.replace(planned, leaves=tuple(leaves)), tmp_path / "wrong.pdf")
    with pytest.raises(WrongPagesError, match="contract 的第 1 页"):
        verify(wrong, planned)


def test_a_wrong_number_in_the_checklist_is_found(book: Path, planned: BookletPlan) -> None:
    lying = dataclasses.replace(planned, pages={**planned.pages, "d1": "1"})
    with pytest.raises(WrongPagesError, match="门户网站"):
        verify(book, lying)


def test_progress_is_told(planned: BookletPlan, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    assemble(planned, tmp_path / "b.pdf", progress=lambda done, total: told.append((done, total)))
    assert told == [(n, planned.total) for n in range(1, planned.total + 1)]


def test_a_draft_says_so(parts: Parts, fonts: Fonts, tmp_path: Path) -> None:
    made = plan(dataclasses.replace(parts, watermark="草稿"), fonts=fonts, work=tmp_path)
    draft = assemble(made, tmp_path / "draft.pdf")
    assert all("草" in text and "稿" in text for text in texts(draft))
    verify(draft, made)


def test_bookmarks_title_language(book: Path, planned: BookletPlan) -> None:
    with pikepdf.open(book) as pdf:
        assert str(pdf.docinfo["/Title"]) == "云岫智能 申报书"
        assert str(pdf.Root.Lang) == "zh-CN"
        assert "/CreationDate" not in pdf.docinfo
        with pdf.open_outline() as outline:
            titles = [line.title for line in outline.root]
            assert titles[5] == "材料一　云服务合同和发票"
            assert next(line.title for line in outline.root[5].children) == "云服务采购合同"


def test_nothing_active_survives(parts: Parts, fonts: Fonts, hostile: Path, tmp_path: Path) -> None:
    material = Material("m", "材料一", "合同", (Item("h", hostile, "合同"),))
    made = plan(dataclasses.replace(parts, materials=(material,), claims={}), fonts=fonts, work=tmp_path)
    book = assemble(made, tmp_path / "b.pdf")
    with pikepdf.open(book) as pdf:
        assert not {"/OpenAction", "/AA", "/Names", "/AcroForm", "/AF"} & set(pdf.Root.keys())
        assert all("/Annots" not in page.obj and "/AA" not in page.obj for page in pdf.pages)
        pdf.save(tmp_path / "plain.pdf", qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    plain = (tmp_path / "plain.pdf").read_bytes()
    assert not any(word in plain for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"app.alert"))


def test_a_stamp_annotation_is_kept_as_ink(
    parts: Parts, fonts: Fonts, evidence: Make, tmp_path: Path
) -> None:
    source = tmp_path / "stamped.pdf"
    with pikepdf.open(evidence("annotated", words=5)) as pdf:
        look = pikepdf.Stream(pdf, b"1 0 0 rg 0 0 100 100 re f")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = pikepdf.Array([0, 0, 100, 100])
        stamp = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Stamp,
            F=4,
            Rect=pikepdf.Array([200, 300, 300, 400]),
            AP=pikepdf.Dictionary(N=look),
        )
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(stamp)]))
        pdf.save(source)
    shown = one_image(parts, fonts, source, tmp_path).convert("RGB")
    assert sum(p == (255, 0, 0) for p in shown.get_flattened_data()) > 4000


def test_a_stamped_scan_takes_the_place_of_its_page(
    book: Path, planned: BookletPlan, fonts: Fonts, tmp_path: Path
) -> None:
    seal = next(mark for mark in planned.marks if mark.key == "seal:cover")
    scan = scan_of(
        book, tmp_path / "scan.pdf", fonts=fonts, pages=[1], stamps=[Stamp(1, seal.x, seal.y, "云岫智能制造")]
    )
    sealed = assemble(planned, tmp_path / "sealed.pdf", stamped={1: Scan(scan, 0)})
    verify(sealed, planned, stamped=frozenset({1}))
    red = [p for p in page_pixels(sealed, 1, dpi=60).get_flattened_data() if p[0] > 150 > 90 > p[2]]
    assert len(red) > 100
    found = zxingcpp.read_barcodes(page_pixels(sealed, 1, dpi=200))
    assert planned.leaves[0].payload in [code.text for code in found]


def test_pages_for_printing_are_taken_out(book: Path, planned: BookletPlan, tmp_path: Path) -> None:
    first, last = (planned.places[number] for number in planned.fronts["form"])
    printed = extract(book, range(first, last + 1), tmp_path / "print.pdf")
    assert texts(printed) == texts(book)[first - 1 : last]


def test_places_for_seals_are_known_in_book_pages(planned: BookletPlan) -> None:
    pages = {mark.key: mark.page for mark in planned.marks}
    assert pages["seal:cover"] == 1
    assert planned.fronts["form"][0] <= pages["seal:pledge"] < pages["opinion"] <= planned.fronts["form"][1]
    assert pages["opinion"] == pages["seal:opinion"]


@pytest.mark.parametrize("seed", range(8))
def test_numbers_of_invented_books(
    parts: Parts, fonts: Fonts, evidence: Make, tmp_path: Path, seed: int
) -> None:
    """Whatever is claimed: the printed pages, and no others, show the pages that were claimed."""
    chance = random.Random(seed)
    lengths = {f"f{n}": chance.choice((1, 1, 2, 3, 7)) for n in range(chance.randint(1, 14))}
    items = [Item(key, evidence(key, pages, words=5), f"文件 {key}") for key, pages in lengths.items()]
    cut = chance.randint(0, len(items))
    materials = (
        Material("m1", "材料一", "合同", tuple(items[:cut]), none=not cut),
        Material("m2", "材料二", "截图", tuple(items[cut:]), none=cut == len(items)),
    )
    claims: dict[str, tuple[Claim, ...]] = {}
    for domain in chance.sample(data.domain_keys(), 20):
        keys = chance.sample(sorted(lengths), chance.randint(1, min(4, len(lengths))))
        first = {key: chance.randint(1, lengths[key]) for key in keys}
        claims[domain] = tuple(
            Claim(key, first[key], chance.randint(first[key], lengths[key])) for key in keys
        )
    checklist = dataclasses.replace(parts.front[3], data=data.checklist_data(frozenset(claims)))
    front = (parts.front[0], checklist, parts.front[4])
    wanted = dataclasses.replace(parts, front=front, materials=materials, claims=claims)
    made = plan(wanted, fonts=fonts, work=tmp_path)
    book = assemble(made, tmp_path / "book.pdf")
    verify(book, made)
    shown = texts(book)
    for domain, proofs in claims.items():
        marks = {f"{c.item}-{of}-end" for c in proofs for of in range(c.first, c.last + 1)}
        places = [made.places[page] for page in numbers.read(made.pages[domain])]
        found = {re.findall(r"f\d+-\d+-end", shown[place - 1])[0] for place in places}
        assert found == marks
