"""What one table may take, whatever it says of itself. A hundred thousand rows take a tenth of it."""

MOST_ROWS = 200_000
MOST_COLUMNS = 64
CELL_SIGNS = 500
UNPACKED = 256 * 1024 * 1024  # bytes of a packed workbook, as its own directory tells
MEMORY = 1024 * 1024 * 1024  # bytes of address space of the child
SECONDS = 30  # of the processor
WAIT = 60  # seconds by the wall's clock
OUTPUT = 512 * 1024 * 1024  # bytes that the child may write
