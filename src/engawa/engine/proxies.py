"""Whether what stands in front of the pages is told to us, so that callers can be told apart."""

import os

from engawa.engine.trouble import Trouble


def refuse_an_unnamed_proxy() -> None:
    """With HTTPS somebody ends TLS before us; uncounted, every visitor would be that one caller.

    Raises:
        Trouble: ``ENGAWA_HTTPS`` is 1 and ``ENGAWA_PROXIES`` is no number from one.
    """
    proxies = os.environ.get("ENGAWA_PROXIES", "")
    if proxies and not proxies.isdecimal():
        raise Trouble(f"ENGAWA_PROXIES is “{proxies}”; it is the number of proxies in front.", "ENGAWA_PROXIES=1")
    if os.environ.get("ENGAWA_HTTPS") == "1" and not int(proxies or 0):
        raise Trouble(
            "ENGAWA_HTTPS=1 says that a proxy ends TLS, but ENGAWA_PROXIES does not say how many stand in front of the "
            "pages. All visitors would count as one, and one could lock the others out.",
            "ENGAWA_PROXIES=1 ENGAWA_HTTPS=1 ./engawa serve",
        )
