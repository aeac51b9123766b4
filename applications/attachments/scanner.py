"""Asking a ClamAV daemon about a file, by its INSTREAM command.

The file is sent in pieces, each with its length in front, and the daemon answers with one line.
It never touches our storage, so it may run on another machine.
"""

import socket
import struct
from typing import BinaryIO

# For connecting and for each answer; a daemon that loads its signatures takes longer and is
# asked again later.
TIMEOUT_SECONDS = 30.0
_PIECE_BYTES = 65_536
_LONGEST_ANSWER_BYTES = 4096


class ScannerFailed(Exception):
    """The daemon could not be reached or gave no verdict; ask it again later."""


def find_harm(file: BinaryIO, address: tuple[str, int]) -> str:
    """The name of what was found in the file, or an empty text. Raises ScannerFailed."""
    try:
        with socket.create_connection(address, timeout=TIMEOUT_SECONDS) as connection:
            _send(connection, file)
            answer = _receive(connection)
    except OSError as problem:
        raise ScannerFailed(f"{type(problem).__name__}: {problem}") from problem
    return _understand(answer)


def _send(connection: socket.socket, file: BinaryIO) -> None:
    connection.sendall(b"zINSTREAM\0")
    while piece := file.read(_PIECE_BYTES):
        connection.sendall(struct.pack(">I", len(piece)) + piece)
    connection.sendall(struct.pack(">I", 0))


def _receive(connection: socket.socket) -> str:
    """One line, ended by a zero byte."""
    answer = b""
    while b"\0" not in answer and len(answer) < _LONGEST_ANSWER_BYTES:
        piece = connection.recv(_LONGEST_ANSWER_BYTES)
        if not piece:
            break
        answer += piece
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _understand(answer: str) -> str:
    """`stream: OK` or `stream: Name.Of.Signature FOUND`; all else is no verdict."""
    verdict = answer.partition(": ")[2]
    if verdict == "OK":
        return ""
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")
    raise ScannerFailed(f"no verdict: {answer[:200]!r}")
