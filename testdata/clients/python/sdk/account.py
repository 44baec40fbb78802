"""One server for all tests, and on it an account for each."""

from itertools import count

from conftest import Ecsmock

NUMBERS = count(2_000_000_000_000_000)


class Account(Ecsmock):
    """The mock as one account sees it. An access key id of 16 digits is the account."""

    def __init__(self, url):
        super().__init__(url)
        self.access_key_id = str(next(NUMBERS))
        self.access_key_secret = "testsecret"

    def seed(self, **things):
        owned = {kind: [{"AccountId": self.access_key_id, **one} for one in those] for kind, those in things.items()}
        self._ask("POST", "seed", {"Version": 1, **owned})

    def fail(self, action, code="", times=1, **fault):
        fault |= {"Action": action, "Code": code, "Times": times, "AccountId": self.access_key_id}
        self._ask("POST", "faults", {name: value for name, value in fault.items() if value != ""})

    def calls(self, action=""):
        return self._ask("GET", f"journal?account={self.access_key_id}&action={action}")["Calls"]

    def owned(self):
        """The kinds of things that the state has of the account."""
        state = self.state()
        return {kind for kind, those in state.items() if kind not in ("Version", "Accounts") and self._owns_one_of(those)}

    def _owns_one_of(self, those):
        return any(one.get("AccountId") == self.access_key_id for one in those)

    def codes(self, action):
        """What the calls of an action were answered with; a success has no code."""
        return [call["Code"] for call in self.calls(action)]
