"""`koubun review`: the pages on this machine's own address, opened in a browser.

Takes a desk; serves until it is stopped. Does not know what the pages show.
"""

from __future__ import annotations

import contextlib
import getpass
import secrets
import socket
import subprocess
import webbrowser

import uvicorn

from pipeline.model import PipelineError
from pipeline.review.server.app import application
from pipeline.review.server.desk import Desk


def serve(desk: Desk, port: int = 0, open_browser: bool = True) -> None:
    """Serve on 127.0.0.1 (`port` 0: any that is free) until Ctrl-C. The address, with its token, is printed. `PipelineError` where the port is taken."""
    listening = _listening(port)
    number = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    hosts = frozenset({f"127.0.0.1:{number}", f"localhost:{number}"})
    address = f"http://127.0.0.1:{number}/?token={token}"
    counts = desk.counts()
    moved = f", {counts['moved']} rows only moved" if counts["moved"] else ""
    print(
        f"{counts['total']} changes against {desk.against}{moved}; review them at\n  {address}\n(Ctrl-C ends)",
        flush=True,
    )
    if open_browser:
        webbrowser.open(address)
    config = uvicorn.Config(
        application(desk, token, hosts), log_level="warning", server_header=False, access_log=False, lifespan="off"
    )
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def reviewer() -> str:
    """Who reviews: git's user.name, else the name of the account."""
    try:
        told = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, check=False, text=True
        ).stdout.strip()
    except OSError:
        told = ""
    try:
        return told or getpass.getuser()
    except (KeyError, OSError):
        return ""


def _listening(port: int) -> socket.socket:
    # told that it is TCP, asyncio sends the end of an answer at once; untold, it waits 40 ms for the browser's word
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise PipelineError(
            f"port {port}", f"cannot be used ({error.strerror})", "give another one, or --port 0"
        ) from None
    return listening
