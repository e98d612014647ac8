"""How long a seat is kept, and how often something may be tried."""

import datetime as dt
import ipaddress
from dataclasses import dataclass


@dataclass(frozen=True)
class Retention:
    """For how long after the last visit a seat is kept, from a given day on. Shown to visitors as it stands here."""

    since: dt.date
    days: int


# Oldest first. A shorter period never takes away what visitors were promised: it counts for new days only.
RETENTIONS = (Retention(dt.date(2026, 1, 1), days=730),)

# Tries per hour: "open" and "come-back" of one address, "talk" and "say" of one seat. Many people may share an
# address (families, dormitories, mobile networks); a seat's limits are far above what anybody writes by hand.
# A site is the /48 that an IPv6 connection may come with: 65,536 places of which each counts for itself.
TRIES_PER_HOUR = {
    "open": 30,
    "come-back": 30,
    "open from a site": 300,
    "come-back from a site": 300,
    "talk": 10,
    "say": 300,
    "typing": 1200,
}


def retention_on(day: dt.date) -> Retention:
    """What is promised to somebody who sits here on ``day``."""
    return next((one for one in reversed(RETENTIONS) if one.since <= day), RETENTIONS[0])


def kept_until(last_here_on: dt.date) -> dt.date:
    """The last day on which a seat that was last used on this day can be opened."""
    return last_here_on + dt.timedelta(days=retention_on(last_here_on).days)


def oldest_last_day(today: dt.date) -> dt.date:
    """Seats last used before this day may be past their time; each is then judged by ``kept_until``."""
    return today - dt.timedelta(days=min(one.days for one in RETENTIONS))


def too_many(deed: str, count: int) -> bool:
    """Whether this try, the ``count``-th of its hour, is one too many."""
    return count > TRIES_PER_HOUR[deed]


def caller_of(remote: str, forwarded_for: str, proxies: int) -> str:
    """Where a request came from, past our own proxies.

    Args:
        remote: the address that the connection came from.
        forwarded_for: the header X-Forwarded-For, to which each proxy adds whom it heard; the rest may be invented.
        proxies: how many proxies of ours stand in front.
    """
    heard = [part.strip() for part in forwarded_for.split(",") if part.strip()]
    return heard[-proxies] if 0 < proxies <= len(heard) else remote


def network_of(address: str) -> str:
    """What counts as one place for counting: an IPv4 address, or the /64 that an IPv6 connection is given whole."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def site_of(address: str) -> str:
    """The /48 around an IPv6 address, whose holder may choose among its places at will; empty for IPv4."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    is_site = isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None
    return str(ipaddress.ip_network((found, 48), strict=False)) if is_site else ""
