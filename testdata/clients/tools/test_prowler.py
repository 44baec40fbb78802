"""Prowler, the program: its checks of security groups. It has the hosts of the service built in, and calls them over HTTPS."""

import json
import os
import subprocess
import sys
from pathlib import Path

import certifi
import pytest

REGION = "cn-hangzhou"
SSH, RDP, CLASSIC = "ecs_securitygroup_restrict_ssh_internet", "ecs_securitygroup_restrict_rdp_internet", "ecs_instance_no_legacy_network"


def rule(protocol, ports, source, policy="accept"):
    return {"IpProtocol": protocol, "PortRange": ports, "SourceCidrIp": source, "Policy": policy}


# By group: its rules, and whether SSH and RDP are open to the Internet.
GROUPS = {
    "sg-ssh": ([rule("tcp", "22/22", "0.0.0.0/0")], True, False),
    "sg-rdp": ([rule("tcp", "3389/3389", "0.0.0.0/0"), rule("tcp", "22/22", "10.0.0.0/8")], False, True),
    "sg-range": ([rule("tcp", "1/65535", "0.0.0.0/0")], True, True),
    "sg-all": ([rule("all", "-1/-1", "0.0.0.0/0")], True, True),
    "sg-udp": ([rule("udp", "1/65535", "0.0.0.0/0")], False, False),
    "sg-inside": ([rule("all", "-1/-1", "10.0.0.0/8")], False, False),
    "sg-drop": ([rule("all", "-1/-1", "0.0.0.0/0", policy="drop")], False, False),
    **{f"sg-{number}": ([], False, False) for number in range(50)},  # more than a page of Prowler's
}
WORLD = {
    "Version": 1,
    "SecurityGroups": [
        {"RegionId": REGION, "SecurityGroupId": group, "SecurityGroupName": group, "VpcId": "vpc-1", "Permissions": those}
        for group, (those, _, _) in GROUPS.items()],
    "Instances": [{"RegionId": REGION, "InstanceId": "i-1", "VpcId": "vpc-1", "SecurityGroupIds": ["sg-ssh"]}],
}


def prowler(directory):
    """Runs the checks and returns the program, and the status of each finding by check and resource."""
    program = subprocess.run(
        [Path(sys.executable).with_name("prowler"), "alibabacloud", "--region", REGION, "--checks", SSH, RDP, CLASSIC,
         "--output-modes", "json-ocsf", "--output-directory", directory, "--output-filename", "found", "--no-banner", "--no-color"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
    found = directory / "found.ocsf.json"
    findings = json.loads(found.read_text()) if found.exists() else []
    return program, {(one["metadata"]["event_code"], one["resources"][0]["uid"].split("/")[-1]): one["status_code"] for one in findings}


@pytest.fixture
def trusted(proxy):
    """The mock's certificate in certifi's file, the only one that Prowler trusts."""
    file = Path(certifi.where())
    before = file.read_bytes()
    file.write_bytes(before + proxy.read_bytes())
    yield
    file.write_bytes(before)


def test_open_groups_fail_and_closed_ones_pass(mock, trusted, tmp_path):
    mock.load(WORLD)
    program, statuses = prowler(tmp_path)
    assert program.returncode == 3, program.stdout  # there are findings
    expected = {(CLASSIC, "i-1"): "PASS"}
    for group, (_, ssh, rdp) in GROUPS.items():
        expected |= {(SSH, group): "FAIL" if ssh else "PASS", (RDP, group): "FAIL" if rdp else "PASS"}
    assert statuses == expected
    refused = {call["Action"] for call in mock.calls() if call["Code"]}
    assert refused == {"GetAccountAlias"}, "of RAM, which the mock does not have"
    assert [call["Params"]["PageNumber"] for call in mock.calls("DescribeSecurityGroups")] == ["1", "2"]


def test_without_the_proxy_nothing_is_reached(mock, no_proxy, tmp_path):
    mock.load(WORLD)
    program, statuses = prowler(tmp_path)
    assert program.returncode == 1
    assert "no host is reached but the mock" in program.stdout
    assert (statuses, mock.calls()) == ({}, [])
