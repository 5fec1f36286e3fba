"""Stands between a client and a server of PostgreSQL, and cuts lines as transactions end.

A client then cannot know whether what it wrote was kept.
"""

from __future__ import annotations

import contextlib
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

_SOCKET = ".s.PGSQL.5432"


class CuttingProxy:
    """Cuts so many lines, before the server hears of the COMMIT or after it has obeyed."""

    def __init__(self, server: Path, folder: Path) -> None:
        self.folder = folder
        self.cuts_before = 0
        self.cuts_after = 0
        self.done = 0
        self._server = server
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(folder / _SOCKET))
        self._listening.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more lines."""
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self._server / _SOCKET))
                for work in (self._up, self._down):
                    threading.Thread(target=work, args=(client, server), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                is_end = b"COMMIT\0" in data
                if is_end and self.cuts_before > 0:
                    self.cuts_before -= 1
                    self.done += 1
                    self._end(client, server)
                    return
                if is_end and self.cuts_after > 0:
                    self.cuts_after -= 1
                    self.done += 1
                    client.shutdown(socket.SHUT_RDWR)  # the answer reaches nobody
                    server.sendall(data)
                    server.settimeout(0.2)
                    with contextlib.suppress(OSError):
                        while server.recv(65536):
                            pass
                    self._end(client, server)
                    return
                server.sendall(data)
        self._end(client, server)

    def _down(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                client.sendall(data)
        self._end(client, server)

    def _end(self, *ends: socket.socket) -> None:
        for one in ends:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@contextlib.contextmanager
def cutting_proxy(server: Path) -> Iterator[CuttingProxy]:
    """Begin a proxy before the server in a folder."""
    with tempfile.TemporaryDirectory(prefix="hoshimori-cut-", dir="/tmp") as folder:
        proxy = CuttingProxy(server, Path(folder))
        try:
            yield proxy
        finally:
            proxy.close()
