"""Run one command and say what it took: `python -I -S bench/launcher.py COMMAND …`.

A process of its own because the kernel hands the peak of memory over: what is started by a process that once
held 800 MB is said to have held 800 MB, whatever it does. This one is small, and so is what it hands over.
"""

import json
import os
import sys
import time


def main() -> int:
    """One line of JSON: milliseconds, seconds of processor, megabytes at the highest."""
    began = time.perf_counter()
    with open(os.devnull, "wb") as nowhere:
        silent = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1)]
        child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
        _, status, used = os.wait4(child, 0)
    taken = (time.perf_counter() - began) * 1000
    spent = used.ru_utime + used.ru_stime
    print(json.dumps({"taken": taken, "spent": spent, "memory": used.ru_maxrss / 1024}))
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
