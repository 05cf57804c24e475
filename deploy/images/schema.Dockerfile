# What the migration Job runs. Context: the repository, after mvn package -pl deploy/schema -am.
ARG JRE=docker.io/library/eclipse-temurin:25.0.1_8-jre-ubi9-minimal

FROM ${JRE}
ARG VERSION
ARG REVISION
ARG CREATED
LABEL org.opencontainers.image.title="connections schema" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="FlowMaestro"
COPY deploy/schema/target/lib/ /app/
COPY deploy/schema/target/connections-schema-*.jar /app/
COPY deploy/schema/target/bom.json /app/sbom.cdx.json
ENV TZ=UTC LANG=C.UTF-8
WORKDIR /app
USER 10001:10001
ENTRYPOINT ["java", "-cp", "/app/*", "io.flowmaestro.connections.schema.PrepareDatabase"]
