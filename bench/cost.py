"""What a command takes: ``python -m bench.cost gouji ingest FOLDER --db FILE``.

CPU seconds of the command and of all that it has started, also of what outlives who has started it,
as the Java of Spark does. Linux alone.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import time

_PR_SET_CHILD_SUBREAPER = 36


def cost(command: list[str]) -> tuple[int, float, float]:
    """Exit code, CPU seconds and seconds until the last process has ended."""
    # What is left without a parent becomes a child of this process, and its time is counted.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    start = time.perf_counter()
    process = subprocess.Popen(command)
    code = 0
    while True:
        try:
            pid, status = os.wait()
        except ChildProcessError:
            break
        if pid == process.pid:
            code = process.returncode = os.waitstatus_to_exitcode(status)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return code, usage.ru_utime + usage.ru_stime, time.perf_counter() - start


def main() -> None:
    """Run the command of the command line; the line about it goes to standard error."""
    if len(sys.argv) == 1:
        sys.exit("usage: python -m bench.cost COMMAND...")
    code, cpu, wall = cost(sys.argv[1:])
    print(f"CPU {cpu:.1f} s, {wall:.1f} s, exit code {code}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
