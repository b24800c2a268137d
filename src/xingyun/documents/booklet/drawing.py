"""A page of a PDF, or an image, as one object that draws it; and sheets on which such objects are drawn.

Only what a page shows is copied, as a form object; scripts, actions, attachments and annotations that
do more than look stay behind because nothing of their documents is taken over.
"""

from collections.abc import Sequence
from pathlib import Path

import pikepdf

from xingyun.documents.booklet import placing
from xingyun.documents.booklet.images import picture, taken_over
from xingyun.documents.booklet.parts import WrongPartsError

Layer = tuple[pikepdf.Object, placing.Matrix]
AS_IT_IS: placing.Matrix = (1, 0, 0, 1, 0, 0)


class Source:
    """A PDF, JPEG or PNG whose pages are drawn into `book`; may be closed once they were.

    `plain` tells whether its pages are taken over as they are, without work on their content.
    """

    def __init__(self, book: pikepdf.Pdf, path: Path) -> None:
        self._book, self._path = book, path
        self._pdf = None if is_image(path) else pikepdf.open(path, suppress_warnings=True)
        self.plain = taken_over(path) if self._pdf is None else not _flattened(self._pdf)

    def __len__(self) -> int:
        return len(self._pdf.pages) if self._pdf is not None else 1

    def close(self) -> None:
        """What was copied no longer needs it."""
        if self._pdf is not None:
            self._pdf.close()

    def content(self, index: int) -> tuple[pikepdf.Object, placing.Rect]:
        """The object that draws one page or image, and the rectangle it fills. Raises WrongPartsError."""
        if self._pdf is None:
            return self._image()
        if index >= len(self._pdf.pages):
            raise WrongPartsError(
                f"{self._path.name} 只有 {len(self._pdf.pages)} 页，成册时少了第 {index + 1} 页。"
            )
        page = self._pdf.pages[index]
        # What lies outside the trim is still evidence.
        for box_name in ("/TrimBox", "/ArtBox", "/BleedBox"):
            if box_name in page.obj:
                del page.obj[box_name]
        form = page.as_form_xobject()
        return self._book.copy_foreign(form), _filled(form)

    def _image(self) -> tuple[pikepdf.Object, placing.Rect]:
        seen = picture(self._book, self._path)
        a, b, c, d, e, f = seen.turn
        width, height = float(seen.width), float(seen.height)
        turned = (a * width, b * height, c * width, d * height, e * width, f * height)
        box = (0.0, 0.0, width, height)
        return _wrapped(self._book, seen.image, turned, box), box


def fitted(put: placing.Placing, box: placing.Rect) -> placing.Matrix:
    """The matrix that brings content filling `box` to where it was placed."""
    return (put.scale, 0, 0, put.scale, put.x - box[0] * put.scale, put.y - box[1] * put.scale)


def size(box: placing.Rect) -> tuple[float, float]:
    """Width and height, never nothing."""
    return max(box[2] - box[0], 1.0), max(box[3] - box[1], 1.0)


def add_page(book: pikepdf.Pdf, width: float, height: float, layers: Sequence[Layer]) -> None:
    """A new page with the layers drawn one over the other."""
    page = book.add_blank_page(page_size=(round(width, 3), round(height, 3)))
    named = {f"/L{n}": content for n, (content, _matrix) in enumerate(layers)}
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(named))
    steps = [f"q {_numbers(matrix)} cm /L{n} Do Q" for n, (_content, matrix) in enumerate(layers)]
    page.Contents = pikepdf.Stream(book, " ".join(steps).encode())


def is_image(path: Path) -> bool:
    """Whether it is one of the images that a book takes."""
    with path.open("rb") as file:
        return file.read(3) in (b"\xff\xd8\xff", b"\x89PN")


def _flattened(pdf: pikepdf.Pdf) -> bool:
    """Stamps, signatures and filled fields become part of the page; they would be lost otherwise."""
    if not any("/Annots" in page.obj for page in pdf.pages):
        return False
    if "/AcroForm" in pdf.Root:
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")
    return True


def _filled(form: pikepdf.Object) -> placing.Rect:
    box = [float(edge) for edge in form.BBox]
    matrix = [float(part) for part in form.get("/Matrix", [1, 0, 0, 1, 0, 0])]
    return placing.bounds((box[0], box[1], box[2], box[3]), tuple(matrix))  # type: ignore[arg-type]


def _wrapped(
    book: pikepdf.Pdf, image: pikepdf.Object, turn: placing.Matrix, box: placing.Rect
) -> pikepdf.Object:
    form = pikepdf.Stream(book, f"q {_numbers(turn)} cm /I Do Q".encode())
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array(box)
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    return form


def _numbers(matrix: placing.Matrix) -> str:
    return " ".join(f"{part:.5f}".rstrip("0").rstrip(".") for part in matrix)
