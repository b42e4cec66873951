"""What a stranger types and from where: cleaned, never refused for its signs; an address counted by its network."""

import ipaddress
import unicodedata
from enum import StrEnum

MOST_QUERY = 40


class PlaceKind(StrEnum):
    ESTATE = "estate"
    VILLAGE = "village"


def asked_words(text: str) -> str:
    """A search as the database can take it: no control signs, no halves of characters, 40 signs at most."""
    plain = unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode())
    return " ".join("".join(sign if sign.isprintable() else " " for sign in plain).split())[:MOST_QUERY]


def client_net(address: str) -> str:
    """Whom an address stands for: an IPv4 address itself, the /64 of an IPv6 one (a household's); "" for none."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def client_address(remote: str, forwarded: str, proxies: int) -> str:
    """The client's address: with n proxies of our own, the n-th from the right of X-Forwarded-For as they wrote it.

    What a client wrote further left is never believed; without proxies of ours the header isn't read at all.
    """
    passed = [one.strip() for one in forwarded.split(",") if one.strip()]
    return passed[-proxies] if 0 < proxies <= len(passed) else remote
