"""A mock of Alibaba Cloud's ECS API for security groups, for tests.

In pytest, a test that takes the fixture `ecsmock` has a mock with an account of its own.
Elsewhere, start() runs one:

    with ecsmock.start(edition="2025") as mock:
        client = new_client(mock.endpoint, mock.access_key_id, mock.access_key_secret)
"""

from .client import Ecsmock
from .errors import EcsmockError
from .server import Server, connect, start
from .types import Call, Fault, Health, Permission, SecurityGroup, Settings, State
from .verdict import Verdict

__all__ = ["Call", "Ecsmock", "EcsmockError", "Fault", "Health", "Permission", "SecurityGroup", "Server", "Settings", "State", "Verdict", "connect", "start"]
