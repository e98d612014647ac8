"""Errors for the person at the terminal: what happened, what was kept, and the one line that mends it."""


class Trouble(Exception):
    """Something a person must know or do.

    Args:
        what: what happened and what was kept, in plain words.
        mend: the one line to type, or the one thing to do; empty where nothing can be advised.
    """

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend
