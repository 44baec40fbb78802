module github.com/ecsmock/ecsmock/testdata/safety/linearizability

go 1.25

require (
	github.com/anishathalye/porcupine v1.3.1
	github.com/ecsmock/ecsmock v0.0.0
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/go-chi/chi/v5 v5.5.0 // indirect
	github.com/google/uuid v1.6.0 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)

replace github.com/ecsmock/ecsmock => ../../..
