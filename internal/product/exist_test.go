package product

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
)

const oneVPC = `{"Vpcs": [{"RegionId": "cn-hangzhou", "VpcId": "vpc-1"}],
	"VSwitches": [{"RegionId": "cn-hangzhou", "VSwitchId": "vsw-1", "VpcId": "vpc-1", "CidrBlock": "172.16.0.0/24"}]}`

func TestWhatExists(t *testing.T) {
	for _, c := range []struct {
		vpcs    VPCs
		edition rpc.Edition
		state   string
		known   bool
	}{
		{VPCsByEdition, rpc.Edition2019, oneVPC, false},
		{VPCsByEdition, rpc.Edition2020, oneVPC, false},
		{VPCsByEdition, rpc.Edition2025, oneVPC, true},
		{VPCsByEdition, rpc.Edition2025, `{}`, false},
		{VPCsAny, rpc.Edition2025, oneVPC, false},
		{VPCsKnown, rpc.Edition2019, `{}`, true},
	} {
		w := store.New(clock.New())
		require.NoError(t, w.Load([]byte(c.state)))
		caller := &Caller{VPCs: c.vpcs, Edition: c.edition, Access: store.Access{Region: "cn-hangzhou"}}
		require.NoError(t, w.View("1234567890123456", "cn-hangzhou", func(ns *store.Namespace) error {
			_, noVPC := FindVPC(caller, ns, "vpc-2")
			_, noVSwitch := FindVSwitch(caller, ns, "vsw-2")
			if c.known {
				assert.ErrorIs(t, noVPC, ErrVPC, "%+v", c)
				assert.ErrorIs(t, noVSwitch, ErrVSwitch, "%+v", c)
			} else {
				assert.NoError(t, noVPC, "%+v", c)
				assert.NoError(t, noVSwitch, "%+v", c)
			}
			if c.state == oneVPC {
				v, err := FindVPC(caller, ns, "vpc-1")
				assert.NoError(t, err)
				assert.Equal(t, "vpc-1", v.ID)
				s, err := FindVSwitch(caller, ns, "vsw-1")
				assert.NoError(t, err)
				assert.Equal(t, "vsw-1", s.ID)
			}
			return nil
		}))
	}
}

func TestResourceGroupsExist(t *testing.T) {
	w := store.New(clock.New())
	require.NoError(t, w.View("1", "cn-hangzhou", func(ns *store.Namespace) error {
		known, free := &Caller{VPCs: VPCsKnown}, &Caller{}
		assert.ErrorIs(t, CheckResourceGroup(known, ns, "rg-1"), ErrResourceGroup)
		assert.NoError(t, CheckResourceGroup(known, ns, ""))
		assert.NoError(t, CheckResourceGroup(known, ns, ResourceGroup(ns.DefaultResourceGroup())))
		assert.NoError(t, CheckResourceGroup(free, ns, "rg-1"))
		return nil
	}))
}
