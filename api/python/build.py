"""What hatchling cannot know: the version, and the program that a wheel holds.

ECSMOCK_WHEEL_PROGRAM names the program and ECSMOCK_WHEEL_PLATFORM its platform, such as
win_amd64. Without them a wheel holds no program and fits every platform, as one that pip
builds from the source distribution.
"""

import os
import re
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
MAIN = HERE / "../../cmd/ecsmock/main.go"
__version__ = os.environ.get("ECSMOCK_VERSION")
if not __version__ and MAIN.exists():  # a source distribution has the version in PKG-INFO
    __version__ = re.search(r'^var release = "(.*)"$', MAIN.read_text(encoding="utf-8"), re.MULTILINE)[1]


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version, build_data):
        if (HERE / "../../LICENSE").exists():
            build_data["force_include"][str(HERE / "../../LICENSE")] = "LICENSE" if self.target_name == "sdist" else "ecsmock/LICENSE"
        program = os.environ.get("ECSMOCK_WHEEL_PROGRAM")
        if program and self.target_name == "wheel":
            build_data["force_include"][program] = f"ecsmock/bin/{Path(program).name}"
            build_data["tag"] = f"py3-none-{os.environ['ECSMOCK_WHEEL_PLATFORM']}"
            build_data["pure_python"] = False
