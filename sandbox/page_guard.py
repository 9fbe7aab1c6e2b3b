"""Keeps pages of other sites away from the chat page's door.

The sandbox listens on the loopback only, yet any page that the person's browser shows can send
requests there. So a request must name the loopback as its host (which ends DNS rebinding) and,
if the browser tells where it comes from, come from this very page.
"""

from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

# Nothing but this page's own files may be loaded, and nobody may frame it.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' blob:; media-src 'self' blob:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def comes_from_a_page(request: web.Request) -> bool:
    """Whether a browser's page sends this; a bot, for whom the Bot API's door is, never does."""
    return "Origin" in request.headers or "Sec-Fetch-Site" in request.headers


def is_foreign(request: web.Request) -> bool:
    """Whether this request comes from another site's page, or under another name of this host."""
    host = request.headers.get("Host", "")
    try:
        if urlsplit(f"//{host}").hostname not in LOOPBACK:
            return True
    except ValueError:
        return True
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{host}":
        return True
    site = request.headers.get("Sec-Fetch-Site", "none")
    # A link on another site may lead to the page itself, never to what stands behind it.
    return site not in {"none", "same-origin"} and request.path != "/"
