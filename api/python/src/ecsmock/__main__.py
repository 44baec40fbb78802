"""The command ecsmock, which is the program."""

import os
import subprocess
import sys

from .errors import EcsmockError
from .program import find


def main() -> None:
    try:
        program = find()
    except EcsmockError as err:
        sys.exit(f"ecsmock: {err}")
    if sys.platform == "win32":
        sys.exit(subprocess.call([program, *sys.argv[1:]]))
    os.execv(program, [program, *sys.argv[1:]])


if __name__ == "__main__":
    main()
