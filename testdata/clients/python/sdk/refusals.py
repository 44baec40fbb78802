"""The rows of ../../refusals.json in the edition of the mocks, which inherit the environment.

The changes of a row are laid over RULE, which the group has; null leaves a parameter out,
and "{group}" is the group.
"""

import json
import os
from pathlib import Path
from typing import NamedTuple

EDITION = os.environ.get("ECSMOCK_EDITION", "2019")
RULE = {"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}


class Row(NamedTuple):
    name: str
    changes: dict
    status: int
    code: str
    message: str

    def parameters(self, group):
        params = {"SecurityGroupId": group, **RULE, **self.changes}
        return {name: value.format(group=group) for name, value in params.items() if value is not None}


def read(row):
    refusal = row[EDITION]
    return Row(row["Name"], row["Change"], refusal["Status"], refusal["Code"], refusal["Message"])


FILE = json.loads((Path(__file__).parents[2] / "refusals.json").read_text())
ROWS = [read(row) for row in FILE["Revoke"]]
MISS = next(row for row in ROWS if row.name == "no such rule")
WRONG_SIGNATURE = FILE["Signature"][EDITION]["Code"]  # of version 1.0
