# One image for every fleetcompat process: built from this repository, run as nobody in particular.
# docker build -t fleetcompat .

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
# There is no git here: docker build --build-arg FLEETCOMPAT_REVISION=$(git describe --always --dirty --abbrev=12 '--exclude=*')
ARG FLEETCOMPAT_REVISION=
RUN mvn -B -q -DskipTests package
# A run-time image with just the modules that we use.
RUN jlink --add-modules java.base,java.desktop,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.compiler,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.security.auth,jdk.security.jgss,jdk.unsupported \
      --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-6 --output /jre

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/fleetcompat --create-home fleetcompat \
    && mkdir -p /fleet && chown fleetcompat /fleet
COPY --from=build /jre /opt/fleetcompat/jre
COPY --from=build /src/fleetcompat /opt/fleetcompat/fleetcompat
COPY --from=build /src/cli/target/fleetcompat/lib /opt/fleetcompat/lib
ENV FLEETCOMPAT_JAVA_HOME=/opt/fleetcompat/jre
USER 10001
WORKDIR /var/lib/fleetcompat
VOLUME ["/var/lib/fleetcompat", "/fleet"]
ENTRYPOINT ["/opt/fleetcompat/fleetcompat"]
CMD ["--help"]
