"""What a process may take that works on what strangers wrote: the system ends it beyond that."""

import resource


def limit(seconds: int, megabytes: int) -> None:
    """Let the system end this process when it takes too much: processor time, memory, and any file at all."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
