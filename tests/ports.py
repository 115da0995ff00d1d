"""Ports for servers that tests start themselves."""

import socket


def reserve() -> socket.socket:
    """A port that nobody else is given while this socket is open: it is bound here, a server of ours listens on it."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    return held


def number_of(held: socket.socket) -> int:
    return int(held.getsockname()[1])
