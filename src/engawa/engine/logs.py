"""What is written to logs: errors in full, and never the row that one was about."""

import logging
import re
from types import TracebackType

# PostgreSQL quotes the row or the key that broke a rule, with everything that people told us in it.
_QUOTED = re.compile(
    r"^(?:DETAIL|CONTEXT):.*?(?=^\nThe above exception|^\nDuring handling|^Traceback \(most recent|\Z)",
    re.MULTILINE | re.DOTALL,
)


def discreet(text: str) -> str:
    """The text without what PostgreSQL quotes of rows."""
    return _QUOTED.sub("(row not quoted)\n", text)


class DiscreetFormatter(logging.Formatter):
    """Writes messages and tracebacks without rows."""

    def formatException(  # noqa: N802 - logging's own name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return discreet(super().formatException(ei)).rstrip()

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - as above
        return discreet(super().formatMessage(record)).rstrip()
