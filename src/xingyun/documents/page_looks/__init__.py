"""What pages look like: hashes by which like ones are found, how much is on them, whether they stand upright.

`looks_apart` looks in a process of its own, which is the way for files from strangers.
"""

from xingyun.documents.page_looks.apart import looks_apart
from xingyun.documents.page_looks.closer import of_one_frame
from xingyun.documents.page_looks.hashing import BANDS, bands, distance, fine_distance, near_bands

__all__ = ["BANDS", "bands", "distance", "fine_distance", "looks_apart", "near_bands", "of_one_frame"]
