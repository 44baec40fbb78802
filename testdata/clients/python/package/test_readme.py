"""The code of README.md, as it is printed."""

import os
import re
from pathlib import Path

README = Path(os.environ["ECSMOCK_README"]).read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_code_runs_in_four_workers(pytester):
    codes = blocks("python")
    pytester.makepyfile(**{f"test_{number}": code for number, code in enumerate(codes)})
    result = pytester.runpytest_subprocess("-n", "4", "-W", "error")
    result.assert_outcomes(passed=sum(len(re.findall(r"^ *def test_", code, re.MULTILINE)) for code in codes))
    assert len(codes) == 5


def test_failure_is_as_printed(pytester):
    wrong = blocks("python")[0].replace('priority="1"', 'priority="3"')
    wrong = "import contextlib\n" + wrong.replace("    Client(config)", "    with contextlib.suppress(Exception): Client(config)")
    pytester.makepyfile(wrong)
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(failed=1)
    [shown] = blocks("text")
    for line in shown.splitlines():
        line = re.sub(r"-{3,}|127\.0\.0\.1:\d+|sgr-1", "…", line)
        pattern = ".*".join(re.escape(part.strip()) for part in line.split("…"))
        assert re.search(pattern, result.stdout.str()), (line, result.stdout.str())
