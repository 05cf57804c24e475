# A service as a native program. Context: the repository, after
# mvn package -Dquarkus.native.enabled=true -Dquarkus.native.sources-only=true, which CI does; only this needs GraalVM.
ARG BUILDER=quay.io/quarkus/ubi9-quarkus-mandrel-builder-image:jdk-25
ARG BASE=quay.io/quarkus/ubi9-quarkus-micro-image:2.0

FROM ${BUILDER} AS built
ARG SERVICE
COPY --chown=quarkus:quarkus ${SERVICE}/target/native-sources/ /project/
WORKDIR /project
RUN native-image $(cat native-image.args) && mv ./*-runner /project/application

FROM ${BASE}
ARG SERVICE
ARG VERSION
ARG REVISION
ARG CREATED
LABEL org.opencontainers.image.title="connections ${SERVICE} (native)" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="FlowMaestro"
COPY --from=built --chown=0:0 --chmod=0555 /project/application /app/application
COPY ${SERVICE}/target/bom.json /app/sbom.cdx.json
ENV TZ=UTC LANG=C.UTF-8
WORKDIR /app
EXPOSE 8080
USER 10001:10001
ENTRYPOINT ["/app/application"]
