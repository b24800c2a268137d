"""What evidence says: invoices, contracts and audit reports read from files, each value with its source.

`read` looks into a file in this process; `read_apart` does so in a process of its own that is ended when it
takes too much, which is the way for files from strangers.
"""

from xingyun.documents.evidence_reading.apart import read_apart
from xingyun.documents.evidence_reading.limits import Limits
from xingyun.documents.evidence_reading.read import Reading, Wanted, read

__all__ = ["Limits", "Reading", "Wanted", "read", "read_apart"]
