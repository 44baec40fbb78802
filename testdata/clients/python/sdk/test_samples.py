"""The programs that the mock shows for each action, executed as they are."""

import json
import runpy
from contextlib import suppress
from itertools import count
from urllib.parse import parse_qsl, urlencode
from urllib.request import ProxyHandler, build_opener

import pytest
from ecsmock import start

from . import proven
from .refusals import EDITION, MISS

pytestmark = [
    pytest.mark.skipif(EDITION != "2019", reason="samples are the same in each edition"),
    pytest.mark.usefixtures("ecsmock_no_proxy"),
]

SAMPLES = {"python-v1": "aliyun-python-sdk-ecs", "python-v2": "alibabacloud_ecs20140526"}
PRODUCTS = ["Ecs", "Vpc", "Sts", "ResourceManager", "BssOpenApi"]  # both SDKs have packages for them

# What SDKs add to a call by themselves.
ENVELOPE = {
    "AccessKeyId", "Action", "Format", "RegionId", "Signature", "SignatureMethod",
    "SignatureNonce", "SignatureType", "SignatureVersion", "Timestamp", "Version",
}


@pytest.fixture(scope="module")
def demo():
    with start(seed="demo", signatures="require") as mock:
        yield mock


def fetch(mock, path):
    with build_opener(ProxyHandler({})).open(f"{mock.url}/_mock/{path}", timeout=10) as answer:
        return answer.read().decode()


def test_every_python_sample_is_known(demo):
    offered = json.loads(fetch(demo, "samples"))["Clients"]
    assert {client["Name"] for client in offered if client["Language"] == "Python"} == set(SAMPLES)


def actions(mock):
    """The actions that both SDKs have classes for, each with its product."""
    products = [product for product in json.loads(fetch(mock, "actions"))["Products"] if product["Name"] in PRODUCTS]
    assert [product["Name"] for product in products] == PRODUCTS
    return [(product, action) for product in products for action in product["Actions"]]


def run(mock, client, action, directory, version="2014-05-26", **parameters):
    sample = directory / f"{action}.py"
    query = urlencode({"Action": action, "Version": version, **parameters})
    sample.write_text(fetch(mock, f"samples/{client}?{query}"), encoding="utf-8")
    runpy.run_path(str(sample), run_name="__main__")


@pytest.mark.parametrize("client", SAMPLES)
def test_samples_run(client, demo, tmp_path, capsys, subtests):
    for product, action in actions(demo):
        name = action["Name"]
        with subtests.test(product=product["Name"], action=name):
            demo.reset()
            run(demo, client, name, tmp_path, product["Version"])

            assert "RequestId" in capsys.readouterr().out
            [call] = demo.calls()
            assert (call["Product"], call["Action"], call["Status"]) == (product["Name"], name, 200)
            asked = dict(parse_qsl(action["Example"]))
            asked = {parameter: value for parameter, value in asked.items() if parameter not in ("Action", "Version")}
            assert asked.items() <= call["Params"].items()
            assert call["Params"].keys() - asked.keys() <= ENVELOPE
            proven.record(SAMPLES[client], "Samples", [call])


def everything(parameters, numbers, scope=""):
    """All parameters, two elements of each list, with a value for each."""
    for parameter in parameters:
        name = scope + parameter["Name"]
        if parameter["Type"] == "Array":
            for number in (1, 2):
                yield from everything(parameter["Fields"], numbers, f"{name}.{number}.")
        else:
            kinds = {"Boolean": "true", "Float": "1.5", "String": f"value{next(numbers)}"}
            yield name.rstrip("."), kinds.get(parameter["Type"], str(next(numbers)))


@pytest.mark.parametrize("client", SAMPLES)
def test_samples_send_every_parameter(client, demo, tmp_path, subtests):
    numbers = count(70_000)
    for product, action in actions(demo):
        asked = dict(everything(action["Parameters"], numbers))
        with subtests.test(product=product["Name"], action=action["Name"]):
            demo.reset()
            with suppress(SystemExit):  # the service may refuse it
                run(demo, client, action["Name"], tmp_path, product["Version"], **asked)
            [call] = demo.calls()
            sent = {name: value for name, value in call["Params"].items() if name in asked or name not in ENVELOPE}
            assert {name: value.replace("True", "true") for name, value in sent.items()} == asked


@pytest.mark.parametrize("client", SAMPLES)
def test_sample_that_fails_says_why(client, demo, tmp_path):
    demo.reset()
    run(demo, client, "RevokeSecurityGroup", tmp_path)
    with pytest.raises(SystemExit) as end:
        run(demo, client, "RevokeSecurityGroup", tmp_path)
    refused = demo.calls()[-1]
    for said in (MISS.code, refused["Message"], refused["RequestId"]):
        assert said in end.value.code
