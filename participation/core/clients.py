"""Who is asking? The network address behind our own proxies, and a limit on how often it may ask."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django_ratelimit.core import is_ratelimited


def address(request: HttpRequest) -> str:
    """The client's network address. Of `X-Forwarded-For` only what our own proxies added is believed; what is
    no address (a unix socket has none) counts as `0.0.0.0`, so that its limits are shared."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    believed = settings.TRUSTED_PROXIES
    told = (
        forwarded[-believed] if believed and len(forwarded) >= believed else request.META.get("REMOTE_ADDR")
    )
    try:
        return str(ipaddress.ip_address(str(told).strip().strip("[]")))
    except ValueError:
        return "0.0.0.0"  # noqa: S104 (a name for "unknown", nothing listens there)


def too_fast(request: HttpRequest, group: str, rate: str, *, who: str = "", count: bool = True) -> bool:
    """True when `who` (the network address when empty) did `group` more often than `rate` ("30/m").

    One town hall or library is one address, so a limit per address is wide (hundreds a minute); a narrow one is
    per participant or account. `count=False` only looks. When the cache is down, nobody is refused.
    """
    key = who or "ip"
    return is_ratelimited(
        request, group=group, key=key if key == "ip" else lambda *_: who, rate=rate, increment=count
    )
