"""How parts of casework let another organisation see a case: ``consents`` hangs its way in here in ``apps.ready()``.

So whatever is shared rests on a basis, and on a consent where that is the basis, wherever it was shared from.
"""

from collections.abc import Callable
from typing import Any

# Takes ``by``, ``case``, ``organisation`` and the terms of ``consents.actions.share_case``.
Way = Callable[..., Any]
_ways: list[Way] = []


def register(way: Way) -> None:
    """Let cases be shared this way; called once."""
    _ways[:] = [way]


def share(**terms: Any) -> None:
    """Share a case on these terms.

    Raises:
        NotAllowed: the giver may not share the case.
        NotPossible: the basis does not cover it.
    """
    (way,) = _ways
    way(**terms)
