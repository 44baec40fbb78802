"""Apache Libcloud's ECSDriver: what it does with instances. Its security groups are in ../python, too."""

import pytest
from libcloud.common.exceptions import BaseHTTPError
from libcloud.compute.drivers.ecs import ECSDriver
from libcloud.compute.providers import get_driver
from libcloud.compute.types import NodeState, Provider
from requests.exceptions import ConnectionError

REGION = "cn-hangzhou"
WORLD = {
    "Version": 1,
    "Vpcs": [{"RegionId": REGION, "VpcId": "vpc-shop"}],
    "VSwitches": [{"RegionId": REGION, "VSwitchId": "vsw-shop", "VpcId": "vpc-shop", "ZoneId": f"{REGION}-b", "CidrBlock": "172.16.0.0/24"}],
    "SecurityGroups": [{"RegionId": REGION, "SecurityGroupId": group, "VpcId": "vpc-shop"} for group in ("sg-web", "sg-db")],
    "Instances": [
        {"RegionId": REGION, "InstanceId": f"i-{number}", "VpcId": "vpc-shop", "VSwitchId": "vsw-shop", "ZoneId": f"{REGION}-b",
         "PrivateIpAddress": f"172.16.0.{number + 1}", "SecurityGroupIds": ["sg-web"]}
        for number in range(12)],
}


@pytest.fixture
def driver(mock):
    mock.load(WORLD)
    host, port = mock.endpoint.split(":")
    return ECSDriver("testid", "testsecret", region=REGION, secure=False, host=host, port=int(port))


def members(driver, group):
    return {node.id for node in driver.list_nodes(ex_filters={"SecurityGroupId": group})}


def send(driver, action, **params):
    """A call that the driver has no method for."""
    return driver.connection.request("/", {"Action": action, "RegionId": REGION, **params}).object


def test_driver_is_found_by_its_name():
    assert get_driver(Provider.ALIYUN_ECS) is ECSDriver


def test_catalogues(driver):
    assert REGION in {location.id for location in driver.list_locations()}
    zones = {zone.id: zone for zone in driver.ex_list_zones()}
    assert "ecs.g6.large" in zones[f"{REGION}-b"].available_instance_types
    sizes = {size.id: size for size in driver.list_sizes()}
    assert (sizes["ecs.g6.large"].ram, sizes["ecs.g6.large"].extra["cpu_core_count"]) == (8, 2)
    images = driver.list_images()
    assert images and driver.get_image(images[-1].id).name == images[-1].name


def test_group_comes_and_goes(driver):
    group = driver.ex_create_security_group(description="cache")
    assert group in {one.id for one in driver.ex_list_security_groups()}
    ssh = {"SecurityGroupId": group, "IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8", "NicType": "intranet"}
    send(driver, "AuthorizeSecurityGroup", **ssh)
    [rule] = driver.ex_list_security_group_attributes(group, nic_type="intranet")
    assert (rule.ip_protocol, rule.port_range, rule.policy) == ("TCP", "22/22", "Accept")
    send(driver, "RevokeSecurityGroup", **ssh)
    assert driver.ex_list_security_group_attributes(group, nic_type="intranet") == []
    assert driver.ex_delete_security_group_by_id(group)
    assert {one.id for one in driver.ex_list_security_groups()} == {"sg-web", "sg-db"}


def test_nodes_are_listed_page_by_page(mock, driver):
    nodes = driver.list_nodes()
    assert {node.id for node in nodes} == {f"i-{number}" for number in range(12)}
    assert {node.state for node in nodes} == {NodeState.RUNNING}
    assert len({node.private_ips[0] for node in nodes}) == 12
    assert [call["Params"].get("PageNumber") for call in mock.calls("DescribeInstances")] == [None, "2"]
    assert [node.id for node in driver.list_nodes(ex_node_ids=["i-3"])] == ["i-3"]


def test_node_comes_and_goes(driver):
    [image], size = driver.list_images()[:1], driver.list_sizes()[0]
    node = driver.create_node(
        "cache", size, image, ex_security_group_id="sg-db", ex_vswitch_id="vsw-shop", ex_internet_charge_type="PayByTraffic",
        ex_internet_max_bandwidth_out=1, ex_system_disk={"category": "cloud_ssd"}, ex_client_token="cache")
    assert members(driver, "sg-db") == {node.id}
    [found] = driver.list_nodes(ex_node_ids=[node.id])
    assert (found.name, found.state, found.extra["vpc_attributes"]["vpc_id"]) == ("cache", NodeState.RUNNING, "vpc-shop")
    assert found.private_ips[0].startswith("172.16.0.")
    [disk] = driver.list_volumes(ex_filters={"InstanceId": node.id})
    assert disk.extra["category"] == "cloud_ssd"

    assert driver.ex_join_security_group(node, "sg-web")
    assert node.id in members(driver, "sg-web")
    with pytest.raises(BaseHTTPError, match="DependencyViolation"):
        driver.ex_delete_security_group_by_id("sg-db")
    assert driver.ex_leave_security_group(node, "sg-db")
    assert driver.ex_delete_security_group_by_id("sg-db")

    assert driver.reboot_node(node)
    assert driver.stop_node(node)
    assert driver.start_node(node)
    assert driver.destroy_node(node)
    assert node.id not in members(driver, "sg-web")


def test_without_the_address_nothing_is_reached(mock):
    with pytest.raises(ConnectionError, match="no host is reached but the mock"):
        ECSDriver("testid", "testsecret", region=REGION).list_locations()
    assert mock.calls() == []
