"""Papers as Word, out of the same data (see `shapes`) as the PDF: what people may still write into.

Real styles, the proper fonts by name, merged cells, no text boxes. The same data gives the same bytes.
"""

from xingyun.documents.word.write import knows, write, writers

__all__ = ["knows", "write", "writers"]
