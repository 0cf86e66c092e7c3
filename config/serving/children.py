"""Processes that end with the one that made them."""

from __future__ import annotations

import ctypes
import os
import signal

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15  # prctl(2), Linux


def become_child(name: str, parent: int, request: signal.Signals) -> None:
    """Begin a session, and let Linux send this signal when the parent ends, even by `kill -9`.

    The name stands in `ps -o comm`.
    """
    os.setsid()
    if prctl := getattr(ctypes.CDLL(None), "prctl", None):
        prctl(PR_SET_NAME, name.encode())
        prctl(PR_SET_PDEATHSIG, request)
    if os.getppid() != parent:
        os._exit(1)
