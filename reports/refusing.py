"""Why a file of another portal was not taken in."""

from collections.abc import Sequence

from hallmarks.problems import Problem


class NotTakenIn(Exception):
    """Raised where a file is no submission that this portal can read; `problems` says where and what to do."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)
