package container

import (
	"net/http"
	"testing"

	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"
)

func TestContainer(t *testing.T) {
	mock, err := testcontainers.Run(t.Context(), "ecsmock",
		testcontainers.WithExposedPorts("2014/tcp"),
		testcontainers.WithEnv(map[string]string{"ECSMOCK_EDITION": "2025", "ECSMOCK_SEED": "demo"}),
		testcontainers.WithWaitStrategy(wait.ForHTTP("/_mock/health")),
		testcontainers.WithLogConsumers(&testcontainers.StdoutLogConsumer{}), // a line for each call
	)
	testcontainers.CleanupContainer(t, mock)
	if err != nil {
		t.Fatal(err)
	}
	endpoint, err := mock.Endpoint(t.Context(), "") // localhost:49153, for SDKs
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Get("http://" + endpoint + "/?Action=DescribeRegions")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
}
