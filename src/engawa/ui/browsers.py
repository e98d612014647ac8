"""What people call a browser and its system, from what the browser says of itself."""

from django.utils.translation import gettext

# Browsers claim to be each other: whoever adds the most to the name of another comes first.
_BROWSERS = (
    (("Edg/", "EdgA/", "EdgiOS/"), "Edge"),
    (("OPR/",), "Opera"),
    (("SamsungBrowser/",), "Samsung Internet"),
    (("Firefox/", "FxiOS/"), "Firefox"),
    (("Chrome/", "CriOS/"), "Chrome"),
    (("Safari/",), "Safari"),
)
_SYSTEMS = (
    (("iPhone",), "iPhone"),
    (("iPad",), "iPad"),
    (("Android",), "Android"),
    (("Windows",), "Windows"),
    (("CrOS",), "Chromebook"),
    (("Macintosh", "Mac OS X"), "Mac"),
    (("Linux", "X11"), "Linux"),
)


def browser_called(agent: str) -> str:
    """Windows の Firefox; as far as it is known."""
    browser, system = _first(_BROWSERS, agent), _first(_SYSTEMS, agent)
    if browser and system:
        return gettext("%(system)s の %(browser)s") % {"system": system, "browser": browser}
    return browser or system or gettext("わからないブラウザ")


def _first(known: tuple[tuple[tuple[str, ...], str], ...], agent: str) -> str:
    return next((name for signs, name in known if any(sign in agent for sign in signs)), "")
