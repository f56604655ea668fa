"""A reading process: ``python -m bot.knowledge.worker DESCRIPTOR`` reads the files that come over a pipe.

It is handed no secret, answers are more urgent than it is, and what it reads under limits it is killed for exceeding.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import time
from multiprocessing.connection import Connection
from typing import cast

from bot.knowledge.limits import MEMORY_BYTES, SECONDS, TEXT_SECONDS
from bot.knowledge.reading import Basis, Task, read_file


def main() -> None:
    """Tell that it begins, then answer one task after another until the pipe is closed."""
    connection: Connection[object, object] = Connection(int(sys.argv[1]))
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    basis = cast("Basis", connection.recv())
    try:
        connection.send(None)
    except BrokenPipeError:
        return
    while True:
        try:
            task = cast("Task", connection.recv())
        except EOFError:
            return
        _limit(limited=task.limited)
        read = read_file(task, basis)
        # The documents are passed on as they are, and looked at only when they are published.
        documents = pickle.dumps(read.documents, pickle.HIGHEST_PROTOCOL)
        _limit(limited=False)
        try:
            connection.send((read.file, documents, len(read.documents), read.same, read.moving))
        except BrokenPipeError:
            return


def _limit(*, limited: bool) -> None:
    """Set the limits of the next file; the hard ones stay, so that they can be lifted again."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES if limited else most, most))
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    seconds = SECONDS if limited else TEXT_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 1 + seconds, most))
    # Should whoever started us be gone, nobody else would end a reader that waits for ever.
    signal.alarm(2 * seconds)


if __name__ == "__main__":
    main()
