"""A test case for unittest."""

from __future__ import annotations

import sys
import unittest
from functools import wraps
from typing import TYPE_CHECKING, Any

from .server import start

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ClassVar

    from .client import Ecsmock
    from .server import Server
    from .types import Settings


class EcsmockTestCase(unittest.TestCase):
    """A test case whose tests have self.ecsmock, a mock with an account of their own. A test that fails prints its calls."""

    ecsmock_settings: ClassVar[Settings] = {}  # of the mock of the class; seed is what each account has
    ecsmock: Ecsmock
    _server: ClassVar[Server]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        settings = cls.ecsmock_settings.copy()
        settings.pop("seed", None)
        cls._server = start(**settings)
        cls.addClassCleanup(cls._server.close)

    def setUp(self) -> None:
        super().setUp()
        self.ecsmock = self._server.new_account()
        self.addCleanup(self.ecsmock.close)
        seed = self.ecsmock_settings.get("seed")
        if seed is not None:
            self.ecsmock.seed(seed)

    def run(self, result: unittest.TestResult | None = None) -> unittest.TestResult | None:
        name, own = self._testMethodName, vars(self)
        before = dict(own)  # pytest, too, sets the test on the instance
        own[name] = self._explained(getattr(self, name))
        try:
            return super().run(result)
        finally:
            del own[name]
            own.update({name: before[name]} if name in before else {})

    def _explained(self, test: Callable[[], Any]) -> Callable[[], Any]:
        """Returns a test that prints its calls if it fails."""

        @wraps(test)
        def run() -> Any:
            try:
                return test()
            except unittest.SkipTest:
                raise
            except Exception:
                print(f"{self.id()}: {self.ecsmock.last_calls()}", file=sys.stderr)
                raise

        return run
