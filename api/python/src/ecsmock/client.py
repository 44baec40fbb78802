"""The client of everything under /_mock/."""

from __future__ import annotations

import json
import os
import warnings
from datetime import datetime, timedelta, timezone
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from . import calls as printed
from .errors import EcsmockError
from .verdict import Verdict

if TYPE_CHECKING:
    from typing_extensions import Self

    from .server import Server
    from .types import Call, Differences, Fault, Health, Permission, Reach, State


class Ecsmock:
    """A mock, or one account of it.

    A mistake in a test, such as an unknown region in a state or the name of no action, raises EcsmockError.
    """

    def __init__(self, url: str, access_key_id: str, access_key_secret: str, account_id: str, server: Server | None = None) -> None:
        self.url = url  # http://127.0.0.1:54321; the same port serves https
        self.endpoint = urlsplit(url).netloc  # 127.0.0.1:54321, for SDKs
        self.access_key_id = access_key_id
        self.access_key_secret = access_key_secret
        self.account_id = account_id
        self._server = server  # of which this is an account
        self._seed: State | None = None
        self._moved_clock = False

    def __repr__(self) -> str:
        return f"<ecsmock {self.url}{f', account {self.account_id}' if self._server else ''}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Warns of faults that never acted, removes what the account has, and sets the clock right if this account moved it."""
        self._warn_of_faults()
        self._ask("POST", "reset")
        if self._moved_clock:
            self.set_time(datetime.now(timezone.utc))

    def _warn_of_faults(self) -> None:
        for fault in self.faults():
            if not fault["Acted"]:
                shown = {name: value for name, value in fault.items() if name not in ("Id", "Matched", "Acted")}
                warnings.warn(f"ecsmock: the fault {json.dumps(shown)} never acted; it matched {fault['Matched']} calls", stacklevel=3)

    def seed(self, seed: str | os.PathLike[str] | State) -> None:
        """Adds a state, a state file, or "demo", the demo world, which reset restores."""
        if seed == "demo":
            state = self.demo()
        elif isinstance(seed, dict):
            state = seed
        else:
            state = json.loads(Path(seed).read_text(encoding="utf-8"))
        self.add(state)
        self._seed = state

    def state(self) -> State:
        """Returns the current state, in a stable order."""
        return self._ask("GET", "state")

    def load(self, state: State) -> None:
        """Replaces the state. A state that is not valid changes nothing, and the error has the path of the mistake."""
        self._ask("PUT", "state", state)

    def add(self, state: State) -> None:
        """Adds to the state. An AccountId that is left out is that of the account. reset does not restore it."""
        self._ask("POST", "seed", state)

    def demo(self) -> State:
        """Returns the demo world, which the examples of the documentation use."""
        return self._ask("GET", "demo", account=False)

    def reset(self) -> None:
        """Restores the seed, or the empty state, and clears calls and faults; of a whole mock the clock and client tokens, too."""
        self._ask("POST", "reset")
        if self._seed is not None:
            self.add(self._seed)

    def fail(self, action: str, code: str, times: int = 1) -> int:
        """Makes the next calls of an action, or of all for "*", fail with an error code of the API. 0 times is no limit.

        Returns the number of the fault. fault can do more.
        """
        return self.fault({"Action": action, "Code": code, "Times": times})

    def delay(self, action: str, duration: timedelta) -> int:
        """Delays the answers of an action, or of all for "*". Returns the number of the fault."""
        return self.fault({"Action": action, "DelayMs": -(-duration // timedelta(milliseconds=1))})

    def answer(self, action: str, fields: dict[str, Any]) -> int:
        """Lays fields over the next answer of an action. Returns the number of the fault."""
        return self.fault({"Action": action, "Answer": fields, "Times": 1})

    def fault(self, fault: Fault) -> int:
        """Adds a fault and returns its number. A fault that never acted is warned of at the end of the test."""
        if self._server:
            fault = {"AccountId": self.account_id, **fault}
        return self._ask("POST", "faults", fault, account=False)["Faults"][0]["Id"]

    def faults(self) -> list[Fault]:
        """Returns the faults, the oldest first, with how often each acted."""
        faults = self._ask("GET", "faults", account=False)["Faults"]
        return [fault for fault in faults if not self._server or fault.get("AccountId") == self.account_id]

    def remove_fault(self, number: int) -> None:
        """Removes the fault with a number."""
        self._ask("DELETE", "faults", query={"id": number}, account=False)

    def clear_faults(self) -> None:
        """Removes all faults."""
        self._ask("DELETE", "faults")

    def calls(self, action: str = "*", code: str = "", since: datetime | int | None = None) -> list[Call]:
        """Returns the finished calls of an action, or of all for "*", the oldest first.

        A call is recorded before its answer is sent. code selects those with an error code, since those from a
        time of the mock's clock on, or with higher numbers.
        """
        query: dict[str, Any] = {"action": "" if action == "*" else action, "code": code}
        if since is not None:
            query["since"] = _text(since) if isinstance(since, datetime) else since
        return self._ask("GET", "journal", query=query)["Calls"]

    def clear_calls(self) -> None:
        """Removes all calls. It does not restart their numbers."""
        self._ask("DELETE", "journal")

    def last_calls(self) -> str:
        """Returns the last calls with their hints, for people. A test that fails prints them."""
        return printed.last(self.calls())

    def now(self) -> datetime:
        """Returns the mock's time."""
        text = self._ask("GET", "clock", account=False)["Now"]
        seconds, _, fraction = text.rstrip("Z").partition(".")
        return datetime.fromisoformat(seconds).replace(microsecond=int(f"{fraction:0<6}"[:6]), tzinfo=timezone.utc)

    def set_time(self, time: datetime) -> None:
        """Sets the mock's clock, which runs on from there. It ends a freeze."""
        self._set_clock({"Now": _text(time), "Frozen": False})

    def freeze(self, time: datetime | None = None) -> None:
        """Stops the mock's clock, at a time or where it is, until advance moves it or set_time starts it again."""
        self._set_clock({"Frozen": True, **({"Now": _text(time)} if time else {})})

    def advance(self, duration: timedelta) -> None:
        """Moves the mock's clock, backwards by a negative duration. What has expired is gone at once, such as client tokens."""
        self._set_clock({"Advance": f"{duration // timedelta(microseconds=1)}us"})

    def health(self) -> Health:
        """Returns how the mock answers."""
        return self._ask("GET", "health", account=False)

    def has_rule(self, group: str, rule: Permission) -> Verdict:
        """Returns whether a group has a rule, to be asserted; a failed assertion says which rule comes nearest.

        Rules are compared as the API compares them when it revokes one: absent fields have the API's defaults,
        and 10.0.0.1 equals 10.0.0.1/32. An id, a description and a time count only if they are given. If several
        accounts or regions have the group, it is written as region/id or account/region/id.
        """
        answer = self._ask("POST", "rule", rule, {"group": group})
        if answer["Has"]:
            return Verdict(True, f"{group} has the rule {json.dumps(answer['Rule'])}", answer)
        return Verdict(False, f"{group} lacks the rule; {answer['Why']}", answer)

    def reaches(self, source: str, target: str, traffic: str) -> Verdict:
        """Returns whether all traffic from one end reaches the other, to be asserted: reaches("anyone", "sg-web", "tcp/22").

        Each end is "anyone", an address, a CIDR block, a group, a member or a prefix list; one at least is a group or a
        member. Between groups and members both the inbound and the outbound rules are asked. A failed assertion
        names the rule that decides.
        """
        answer = self.reach(source, target, traffic)
        return Verdict(answer["Reaches"], f"{traffic} from {source} to {target}: {answer['Why']}", answer)

    def cannot_reach(self, source: str, target: str, traffic: str) -> Verdict:
        """Returns whether no traffic from one end reaches the other, not even a part of it, to be asserted."""
        answer = self.reach(source, target, traffic)
        return Verdict(not (answer["Reaches"] or answer["Partly"]), f"{traffic} from {source} to {target}: {answer['Why']}", answer)

    def reach(self, source: str, target: str, traffic: str, direction: str = "", region: str = "") -> Reach:
        """Returns whether traffic gets through, why, and the rules that decide.

        With the direction "ingress" the rules of the target alone are asked, with "egress" those of the source.
        """
        protocol, _, port = traffic.partition("/")
        query = {"from": source, "to": target, "protocol": protocol, "port": port, "direction": direction, "region": region}
        return self._ask("GET", "reach", query=query)

    def was_called(self, action: str, params: dict[str, Any] | None = None) -> Verdict:
        """Returns whether an action was called with some parameters, as they were sent; the call need not have succeeded."""
        asked = {name: str(value) for name, value in (params or {}).items()}
        made = self.calls(action)
        found = [call for call in made if asked.items() <= call["Params"].items()]
        if found:
            return Verdict(True, f"{action} was called: {printed.line(found[0])}", {"Calls": found})
        return Verdict(False, f"{action} was not called{printed.nearest(made, asked)}", {"Calls": []})

    def differences(self) -> Differences:
        """Returns where the mock differs from the service of the setting shadow."""
        return self._ask("GET", "differences", account=False)

    def clear_differences(self) -> None:
        """Forgets the differences."""
        self._ask("DELETE", "differences", account=False)

    def agrees_with_service(self) -> Verdict:
        """Returns whether the service of the setting shadow and the mock answered each call in the same way, to be asserted."""
        found = self.differences()
        of = f"the mock of edition {found['Edition']}"
        if not found["Differences"]:
            return Verdict(True, f"{of} agrees with {found['Service']}", found)
        return Verdict(False, f"{of} differs from {found['Service']}:\n" + "\n".join(map(printed.difference, found["Differences"])), found)

    def ca_pem(self) -> str:
        """Returns the certificate, in PEM, that a client has to trust for https. It is new in each run."""
        return self._request("GET", "/_mock/ca.pem")

    def _set_clock(self, change: dict[str, Any]) -> None:
        self._ask("PUT", "clock", change, account=False)
        self._moved_clock = True

    def _ask(self, method: str, resource: str, body: Any = None, query: dict[str, Any] | None = None, account: bool = True) -> Any:
        query = {name: value for name, value in (query or {}).items() if value != ""}
        if account and self._server:
            query["account"] = self.account_id
        path = f"/_mock/{resource}" + (f"?{urlencode(query)}" if query else "")
        return json.loads(self._request(method, path, None if body is None else json.dumps(body)))

    def _request(self, method: str, path: str, body: str | None = None) -> str:
        connection = HTTPConnection(self.endpoint, timeout=60)  # which knows no proxy
        try:
            connection.request(method, path, body)
            answer = connection.getresponse()
            text = answer.read().decode()
        except OSError as err:
            raise EcsmockError(f"the mock at {self.url} does not answer: {err}") from err
        finally:
            connection.close()
        if answer.status >= 400:
            raise EcsmockError(json.loads(text)["error"])
        return text


def _text(time: datetime) -> str:
    if time.tzinfo is None:
        raise EcsmockError(f"the time {time} has no zone; give one, such as tzinfo=timezone.utc")
    return time.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
