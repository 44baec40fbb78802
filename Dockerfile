# make docker lays out the folder for this, and builds it; then:
# docker run --rm -p 127.0.0.1:2014:2014 ecsmock -seed demo
FROM scratch
COPY ecsmock /ecsmock
# A new volume that is mounted here belongs to the program, as this folder does.
COPY --chown=65532:65532 data /data
USER 65532:65532
ENV ECSMOCK_ADDR=0.0.0.0:2014
EXPOSE 2014
# Without a start period the first check is after one interval. With one, it would be
# after the engine's start interval, five seconds.
HEALTHCHECK --interval=1s --timeout=4s --retries=3 CMD ["/ecsmock", "health"]
ENTRYPOINT ["/ecsmock"]
ARG VERSION=""
ARG REVISION=""
LABEL org.opencontainers.image.title="ecsmock" \
      org.opencontainers.image.description="A mock of Alibaba Cloud's ECS API for security groups" \
      org.opencontainers.image.source="https://github.com/ecsmock/ecsmock" \
      org.opencontainers.image.documentation="https://github.com/ecsmock/ecsmock#readme" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
