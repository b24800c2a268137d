"""Where the pieces of one book come from: made once, or taken from the shelf where they were kept."""

from collections.abc import Callable, Mapping
from pathlib import Path

from xingyun.documents import reading
from xingyun.documents.booklet import converting
from xingyun.documents.booklet.parts import Item
from xingyun.documents.piece import Piece
from xingyun.documents.render import name_of, render
from xingyun.documents.shelf import Shelf


class Workshop:
    """Pieces lie in `work`, which must last until the book is assembled; `shelf` keeps them for the next.

    `anew` lists what was not found there: the templates that were set, the keys of the files.
    """

    def __init__(self, fonts: tuple[Path, ...], work: Path, shelf: Shelf) -> None:
        self.fonts, self.work, self._shelf = fonts, work, shelf
        self.anew: list[str] = []
        self._pieces: dict[str, Piece] = {}

    def evidence(self, item: Item) -> Piece:
        """The pages of a file."""
        name = converting.name_of(item.path, item.sha256)
        return self._take(name, item.key, lambda out: converting.convert(item.path, out))

    def set(self, template: str, data: Mapping[str, object]) -> Piece:
        """What a template becomes with this data. Raises RenderError, NoFontsError."""

        def make(out: Path) -> Piece:
            made = render(template, data, fonts=self.fonts, out=out)
            return Piece(made.path, made.pages, made.marks, reading.texts(made.path))

        return self._take(name_of(template, data, fonts=self.fonts), template, make)

    def _take(self, name: str, what: str, make: Callable[[Path], Piece]) -> Piece:
        if name not in self._pieces:
            path = self.work / f"{name}.pdf"
            found = self._shelf.find(name, path)
            if found is None:
                found = make(path)
                self._shelf.keep(name, found)
                self.anew.append(what)
            self._pieces[name] = found
        return self._pieces[name]
