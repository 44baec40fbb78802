# ecsmock: docker run -p 2014:2014 ecsmock -seed demo

FROM golang:1.25-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY cmd cmd
COPY internal internal
ARG VERSION=""
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w ${VERSION:+-X main.release=$VERSION}" -o /ecsmock ./cmd/ecsmock

FROM scratch
COPY --from=build /ecsmock /ecsmock
USER 65532:65532
ENV ECSMOCK_ADDR=0.0.0.0:2014
EXPOSE 2014
HEALTHCHECK --interval=2s --timeout=4s --start-period=1s --retries=3 CMD ["/ecsmock", "health"]
ENTRYPOINT ["/ecsmock"]
