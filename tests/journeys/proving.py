"""Ask the two commands that prove a journal, in one process; what fails first ends it.

PYTHONPATH=src:tests DABIAO_DATA=… python -m journeys.proving
"""

from dabiao.cli.main import main

CHECKS = (("journal", "verify"), ("journal", "replay", "--compare"))


def prove() -> None:
    for check in CHECKS:
        try:
            main(check)
        except SystemExit as ended:
            if ended.code:
                raise


if __name__ == "__main__":
    prove()
