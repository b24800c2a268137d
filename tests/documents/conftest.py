"""Fonts once, and a small book of every kind of evidence."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import typst
from PIL import Image, ImageDraw
from tests.documents import data

from xingyun.documents.booklet import Claim, Footer, Front, Item, Labels, Material, Parts
from xingyun.documents.fonts import find_fonts
from xingyun.documents.stamped.codes import payload


@pytest.fixture(scope="session")
def fonts() -> tuple[Path, ...]:
    return find_fonts()


@pytest.fixture(scope="session")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Make a PDF whose every page says `<name>-<page>`."""
    folder = tmp_path_factory.mktemp("evidence")

    def make(name: str, pages: int = 1, *, page: str = "", rotate: int = 0, words: int = 60) -> Path:
        out = folder / f"{name}-{pages}-{rotate}-{abs(hash(page))}.pdf"
        body = f"[= {name}-#(i + 1)-end\n#lorem({words})#pagebreak(weak: true)]"
        text = f"#set page({page})\n#for i in range({pages}) {body}"
        typst.compile(text.encode(), output=str(out), timestamp=0)
        if rotate:
            with pikepdf.open(out, allow_overwriting_input=True) as pdf:
                for sheet in pdf.pages:
                    sheet.Rotate = rotate
                pdf.save(out)
        return out

    return make


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Make an image, white with a blue upper left quarter."""
    folder = tmp_path_factory.mktemp("pictures")

    def make(name: str, size: tuple[int, int] = (800, 450), mode: str = "RGB", orientation: int = 1) -> Path:
        image = Image.new("RGB", size, "white")
        ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill=(20, 40, 220))
        exif = image.getexif()
        if orientation != 1:
            exif[0x0112] = orientation
        image.convert(mode).save(folder / name, exif=exif)
        return folder / name

    return make


@pytest.fixture
def parts(evidence: Callable[..., Path], picture: Callable[..., Path]) -> Parts:
    contract = Item("contract", evidence("contract", 4), "云服务采购合同")
    turned = Item("turned", evidence("turned", 2, rotate=90), "旋转过的扫描件")
    lying = Item("lying", evidence("lying", page="flipped: true"), "横向的汇总表")
    invoice = Item("invoice", evidence("invoice", page="width: 210mm, height: 140mm"), "发票")
    huge = Item("huge", evidence("huge", page="width: 900mm, height: 1200mm"), "大幅图纸")
    screen = Item("screen", picture("screen.png"), "使用截图")
    photo = Item("photo", picture("photo.jpg", orientation=6), "手机照片")
    return Parts(
        title="云岫智能 申报书",
        front=(
            Front("cover", "封面", "cover", data.cover_data(), listed=False),
            Front("instructions", "填表说明", "instructions", data.instructions_data()),
            Front("form", "星级上云企业评定申请表", "form", data.form_data()),
            Front(
                "checklist",
                "企业上云业务及应用表",
                "checklist",
                data.checklist_data(frozenset({"d1", "d2", "d6", "d53"})),
                fills="pages",
            ),
            Front("contents", "目录", "contents", data.contents_data(), fills="entries", listed=False),
        ),
        materials=(
            Material(
                "m1", "材料一", "云服务合同和发票", (contract, turned, lying, invoice), clause="通知 二、3"
            ),
            Material("m2", "材料二", "实际使用截图", (screen, photo, huge)),
            Material("m3", "材料三", "创新应用情况和效果说明", none=True),
            Material("m4", "材料四", "其他证明性材料"),
        ),
        claims={
            "d1": (Claim("contract", 2, 3), Claim("screen", 1, 1)),
            "d2": (Claim("invoice", 1, 1), Claim("turned", 1, 2), Claim("lying", 1, 1)),
            "d6": (Claim("contract", 1, 4),),
            "d53": (Claim("huge", 1, 1),),
        },
        footer=Footer("2020-0087", payload("2020-0087")),
        labels=Labels(none_note="申报企业声明本项没有材料。", reference="2020-0087"),
    )


@pytest.fixture
def hostile(evidence: Callable[..., Path], tmp_path: Path) -> Path:
    """A PDF with a script, an attachment, an opening action and a link that starts a program."""
    out = tmp_path / "hostile.pdf"
    with pikepdf.open(evidence("hostile")) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.Root.OpenAction = pdf.make_indirect(script)
        pdf.Root.Names = pikepdf.Dictionary(
            JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("x"), script]))
        )
        pdf.attachments["evil.exe"] = b"MZ"
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=pikepdf.Array([0, 0, 100, 100]),
            A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe")),
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(link)])
        pdf.save(out)
    return out
