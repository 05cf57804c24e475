# A service on the JVM, with an AOT cache made in the image, by the very JVM that uses it.
# Context: the repository, after mvn package -Dquarkus.package.jar.aot.enabled=true. See build.
ARG JRE=docker.io/library/eclipse-temurin:25.0.1_8-jre-ubi9-minimal

FROM ${JRE} AS trained
ARG SERVICE
# PostgreSQL refuses to run as root, and as a user without a name.
RUN echo 'training:x:10001:10001::/tmp:/bin/false' >>/etc/passwd
COPY --chown=10001:10001 ${SERVICE}/target/quarkus-app/ /app/
COPY deploy/images/train /training/deploy/images/train
COPY ${SERVICE}/src/main/resources/ /training/${SERVICE}/src/main/resources/
COPY deploy/local/target/lib/ deploy/local/target/local-*.jar /training/launcher/
USER 10001:10001
# The cache knows the jars by path, size and time: they are copied on as they are. It is no two times the same, and has a layer of its own.
RUN java -Dconnections.repository=/training --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "/training/launcher/*" io.flowmaestro.connections.local.Launcher train prod "${SERVICE}=/app" && mv /app/app.aot /tmp/

FROM ${JRE}
ARG SERVICE
ARG VERSION
ARG REVISION
ARG CREATED
LABEL org.opencontainers.image.title="connections ${SERVICE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="FlowMaestro"
# Owned by root, so that the process cannot change what it runs; nothing but /tmp and mounted volumes is written.
COPY --from=trained --chown=0:0 /app/ /app/
COPY ${SERVICE}/target/bom.json /app/sbom.cdx.json
COPY --from=trained --chown=0:0 /tmp/app.aot /app/app.aot
ENV TZ=UTC LANG=C.UTF-8
WORKDIR /app
EXPOSE 8080
USER 10001:10001
# Of an AOT cache that does not fit, the JVM says so and starts without.
ENTRYPOINT ["java", "-XX:AOTCache=/app/app.aot", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/app/quarkus-run.jar"]
