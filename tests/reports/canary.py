"""A web server on this machine that counts who calls, and 29 ways to make a page fetch."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

# Each {} is the address to be fetched.
VECTORS = {
    "img": '<img src="{}" alt="">',
    "img srcset": '<img srcset="{} 1x" alt="">',
    "link stylesheet": '<link rel="stylesheet" href="{}">',
    "link attachment": '<link rel="attachment" href="{}">',
    "a attachment": '<a rel="attachment" href="{}">x</a>',
    "import": '<style>@import url("{}");</style>',
    "font face": '<style>@font-face{{font-family:f;src:url("{}")}}p{{font-family:f}}</style><p>x</p>',
    "background": '<p style="background:url({})">x</p>',
    "background image": '<p style="background-image:url({})">x</p>',
    "list style": '<ul><li style="list-style-image:url({})">x</li></ul>',
    "content": '<style>p::before{{content:url("{}")}}</style><p>x</p>',
    "border image": '<p style="border:9px solid;border-image:url({}) 9">x</p>',
    "page background": "<style>@page{{background:url({})}}</style>",
    "object": '<object data="{}"></object>',
    "embed": '<embed src="{}">',
    "svg image": '<svg width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
    "svg xlink": (
        '<svg width="9" height="9" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<image xlink:href="{}" width="9" height="9"/></svg>'
    ),
    "img in data": (
        '<img alt="" src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E'
        '%3Cimage href=%22{}%22 width=%229%22 height=%229%22/%3E%3C/svg%3E">'
    ),
    "entity in data": (
        '<img alt="" src="data:image/svg+xml,%3C!DOCTYPE svg [%3C!ENTITY e SYSTEM %22{}%22%3E]%3E'
        "%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 width=%2299%22 height=%2220%22%3E"
        '%3Ctext y=%2219%22%3E&amp;e;%3C/text%3E%3C/svg%3E">'
    ),
    "style sheet in data": '<link rel="stylesheet" href="data:text/css,@import url({});">',
    "image set": '<p style="background-image:image-set(url({}) 1x)">x</p>',
    "mask": '<p style="mask-image:url({});mask:url({})">x</p>',
    "cursor": '<p style="cursor:url({}),auto">x</p>',
    "base": '<base href="{}"><img src="x.png" alt=""><link rel="stylesheet" href="y.css">',
    "old attributes": '<table background="{}"><tr><td background="{}">x</td></tr></table>',
    "svg paint": '<svg width="9" height="9"><rect style="fill:url({}#a)" filter="url({}#b)"/></svg>',
    "picture": '<picture><source srcset="{}"><img src="{}" alt=""></picture>',
    "svg use": '<svg width="9" height="9"><use href="{}#a"/></svg>',
    "svg style": '<svg width="9" height="9"><style>@import url("{}");</style><rect width="9" height="9"/></svg>',
}


class Canary:
    """What the server saw."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/x.css"
        self.secure = f"https://127.0.0.1:{port}/x.css"
        self.redirect = f"http://127.0.0.1:{port}/redirect"
        self.hits: list[str] = []


@contextmanager
def canary() -> Iterator[Canary]:
    """Serve on loopback for the length of a test."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_redirect = self.path == "/redirect"
            self.send_response(302 if is_redirect else 200)
            self.send_header("Location" if is_redirect else "Content-Type", "/x.css" if is_redirect else "text/css")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    class Server(HTTPServer):
        def verify_request(self, request: Any, client_address: Any) -> bool:
            # Whoever only connects, by https or ftp, has called as well.
            seen.hits.append(f"connection from {client_address}")
            return True

    server = Server(("127.0.0.1", 0), Handler)
    seen = Canary(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
