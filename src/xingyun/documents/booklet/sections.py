"""Where the sections of a book begin: at numbers that stay while pages come and go elsewhere.

Every part in front begins at the next ten, every material at the hundred that its rule names. A section
pushes the next one on only where it outgrows its own ten or hundred, and then by a whole one.
"""

FRONT = 10
MATERIAL = 100


def start(free: int, wanted: int, step: int) -> int:
    """The first number of a section: `wanted`, or the next beginning of a `step` that is not taken.

    `free` is the first number behind all that comes before it.
    """
    if wanted >= free:
        return wanted
    return (free - 1 + step - 1) // step * step + 1
