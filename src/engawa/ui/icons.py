"""The line icons: one path each on a grid of 24, drawn for a stroke of 1.8."""

from engawa.ui.variants import UnknownVariantError

_PATHS = {
    "talk": "M3 5h18v11H11l-5 4v-4H3z",
    "house": "M2.5 11.5 12 3l9.5 8.5M5.5 9.5V21h13V9.5M10 21v-6h4v6",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 21 21",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v6M12 7.2v.1",
    "care": "M12 3.5 22 20.5H2zM12 10v5M12 17.8v.1",
    "check": "M4.5 12.5 10 18 20 6.5",
    "close": "M6 6l12 12M18 6 6 18",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "back": "M15 5l-7 7 7 7",
    "onward": "M9 5l7 7-7 7",
    "up": "M6 15l6-6 6 6",
    "down": "M6 9l6 6 6-6",
    "plus": "M12 5v14M5 12h14",
    "pen": "M4 20l1-4L16.5 4.5l3 3L8 19zM14 7l3 3",
    "phone": "M6 3h3l1.5 5-2 1.5a12 12 0 0 0 6 6l1.5-2 5 1.5v3c0 1.5-1 2.5-2.5 2.5C11 20 4 13 3.5 5.5 3.5 4 4.5 3 6 3z",
    "letter": "M3 6h18v12H3zM3.5 6.5 12 13l8.5-6.5",
    "visit": "M12 21s-7-6.5-7-12a7 7 0 0 1 14 0c0 5.5-7 12-7 12zM12 11.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2.2.800 3.5 2.7 3.5 5.5",
    "person": "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 21c0-4.5 3.3-7 7.5-7s7.5 2.5 7.5 7",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3.5V7M16 3.5V7",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
    "table": "M3.5 5h17v14h-17zM3.5 10h17M3.5 14.5h17M9.5 5v14",
    "chart": "M4 20V4M4 20h16M8.5 16v-4M12.5 16V8M16.5 16v-6",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "copy": "M9 8h11v12H9zM15 8V4H4v12h5",
    "picture": "M4 5h16v14H4zM4 16l5-5 5 5 2.5-2.5L20 17M15.5 9.5v.1",
    "down_load": "M12 4v11M7.5 11 12 15.5 16.5 11M4 20h16",
    "up_load": "M12 16V5M7.5 9 12 4.5 16.5 9M4 20h16",
    "lock": "M5.5 11h13v9h-13zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 15v2",
    "key": "M8 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 12h9M18 12v3.5M21 12v2.5",
    "eye": "M2.5 12S6 6 12 6s9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    "moon": "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
    "sun": "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
    "leave": "M14 4h6v16h-6M4 12h11M11 8l4 4-4 4",
    "bell": "M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4",
    "leaf": "M5 19C5 10 10 5 20 5c0 10-5 14-12 14M5 20l8-8",
    "hand": "M5 12c2-2 4-1 5 0l3 2.5h4c2 0 3-1 4-2M5 12v7M5 17l4 2.5h6l6-5",
    "settings": "M4 7h10M18 7h2M4 17h2M10 17h10M16 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
    "undo": "M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4",
}

NAMES = tuple(_PATHS)


def path_of(name: str) -> str:
    """The path of an icon.

    Raises:
        UnknownVariantError: there is no such icon.
    """
    if name not in _PATHS:
        raise UnknownVariantError(f"icon: {name!r} is none of {', '.join(NAMES)}")
    return _PATHS[name]
