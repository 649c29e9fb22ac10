"""Why a command cannot go on."""

from __future__ import annotations


class Refused(Exception):
    """A sentence for whoever typed the command."""
