"""The test case for unittest."""

import subprocess
import sys

CASE = '''
import unittest
from urllib.request import urlopen
from ecsmock.unittest import EcsmockTestCase

class Case(EcsmockTestCase):
    ecsmock_settings = {"edition": "2025", "seed": {"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1"}]}}

    def test_seed(self):
        self.assertEqual(self.ecsmock.health()["Edition"], 2025)
        self.assertEqual(len(self.ecsmock.state()["SecurityGroups"]), 1)
        self.ecsmock.load({})

    def test_seed_again(self):
        self.test_seed()

    def test_fails(self):
        urlopen(self.ecsmock.url + "/?Action=DescribeZones&RegionId=cn-hangzhou&AccessKeyId=" + self.ecsmock.access_key_id).close()
        self.assertTrue(self.ecsmock.has_rule("sg-1", {"IpProtocol": "tcp", "PortRange": "1/1", "SourceCidrIp": "::/0"[:0] or "10.0.0.0/8"}))

    def test_skips(self):
        self.skipTest("")
'''


def test_failure_prints_the_calls(tmp_path):
    (tmp_path / "case.py").write_text(CASE)
    run = subprocess.run([sys.executable, "-m", "unittest", "case"], cwd=tmp_path, capture_output=True, text=True)
    assert "Ran 4 tests" in run.stderr and "FAILED (failures=1, skipped=1)" in run.stderr, run.stderr
    assert "AssertionError: sg-1 lacks the rule" in run.stderr
    assert run.stderr.count("case.Case.test_fails: the last calls:\n  call 1: DescribeZones") == 1
