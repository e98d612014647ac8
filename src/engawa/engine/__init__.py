"""The running house: settings per zone, the command, the embedded PostgreSQL, the processes, the demo."""

import gc

# To start makes objects by the hundred thousand, and all of them stay. At Python's own threshold of 700 they are looked
# through again and again: a tenth of the time it takes to start, a seventh of migrating.
gc.set_threshold(20_000)
