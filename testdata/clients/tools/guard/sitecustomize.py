"""Keeps a program on this machine. Python imports it at the start, by PYTHONPATH.

The tools have the hosts of the real service built in. One that was not told of the mock
fails here, before it looks up a name.
"""

import sys

# The place of the address among the arguments of the event.
EVENTS = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}


def guard(event, args):
    if event in EVENTS:
        address = args[EVENTS[event]]
        host = address[0] if isinstance(address, tuple) else address
        if host not in ("127.0.0.1", "localhost", None):
            raise ConnectionRefusedError(f"no host is reached but the mock, and not {host}")
    elif event == "os.mkdir" and str(args[0]).startswith("/var/log/footmark"):
        raise PermissionError("footmark does without its log")


sys.addaudithook(guard)
