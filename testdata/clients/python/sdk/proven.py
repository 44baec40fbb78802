"""Which actions each client has called with success, read from the mock's journal."""

import json
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

from .refusals import EDITION

_actions = defaultdict(lambda: {"Tests": set(), "Samples": set()})


def record(client, kind, calls):
    _actions[client][kind].update(name(call) for call in calls if call["Status"] == 200)


def name(call):
    """The name of a call's action, with its product unless that is ECS."""
    return call["Action"] if call["Product"] == "Ecs" else f"{call['Product']}.{call['Action']}"


def write(directory):
    for client, kinds in _actions.items():
        actions = {kind: sorted(names) for kind, names in kinds.items()}
        proof = {"Language": "Python", "Client": client, "Version": version(client), "Edition": EDITION, **actions}
        Path(directory, f"{client}-{EDITION}.json").write_text(json.dumps(proof, indent=2) + "\n")
