# The services of the market, one target each, on one base: docker build --target billing .
# Nothing secret is built in: everything that differs between installations comes by environment.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
# The launcher creates topics here; the servers of its embedded mode stay out of the image.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -Dquick -DskipTests \
        -pl launcher,services/billing,services/operator-onboarding,services/query-router,services/reputation -am package \
    && find launcher/target/lib \( -name 'embedded-postgres-*' -o -name 'kafka_2.13-*' -o -name 'scala-*' \) -delete

FROM eclipse-temurin:25-jre AS runtime
# A volume mounted over the directory belongs to the services' user.
RUN groupadd --system --gid 10001 streamsync \
    && useradd --system --uid 10001 --gid streamsync --no-create-home --shell /usr/sbin/nologin streamsync \
    && install -d -o streamsync -g streamsync -m 0700 /var/lib/streamsync
WORKDIR /app
USER streamsync

FROM runtime AS topics
COPY --from=build /build/launcher/target/lib lib
COPY --from=build /build/launcher/target/launcher.jar ./
HEALTHCHECK NONE
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-jar", "launcher.jar", "topics"]

FROM runtime AS billing
COPY --from=build /build/services/billing/target/lib lib
COPY --from=build /build/services/billing/target/billing.jar ./
ENV SERVER_PORT=8080
EXPOSE 8080
HEALTHCHECK --start-period=90s --interval=10s --timeout=5s --retries=3 \
    CMD ["curl", "--fail", "--silent", "--max-time", "4", "http://127.0.0.1:8080/actuator/health"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-jar", "billing.jar"]

FROM runtime AS reputation
COPY --from=build /build/services/reputation/target/lib lib
COPY --from=build /build/services/reputation/target/reputation.jar ./
ENV SERVER_PORT=8080
EXPOSE 8080
HEALTHCHECK --start-period=90s --interval=10s --timeout=5s --retries=3 \
    CMD ["curl", "--fail", "--silent", "--max-time", "4", "http://127.0.0.1:8080/actuator/health"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-jar", "reputation.jar"]

FROM runtime AS operator-onboarding
COPY --from=build /build/services/operator-onboarding/target/lib lib
COPY --from=build /build/services/operator-onboarding/target/operator-onboarding.jar ./
ENV SERVER_PORT=8080
EXPOSE 8080
HEALTHCHECK --start-period=90s --interval=10s --timeout=5s --retries=3 \
    CMD ["curl", "--fail", "--silent", "--max-time", "4", "http://127.0.0.1:8080/actuator/health"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-jar", "operator-onboarding.jar"]

FROM runtime AS query-router
COPY --from=build /build/services/query-router/target/lib lib
COPY --from=build /build/services/query-router/target/query-router.jar ./
# The edge, its WebSocket, and health and /internal apart from both.
ENV SERVER_PORT=8080 STREAMSYNC_WEBSOCKET_PORT=8081 MANAGEMENT_SERVER_PORT=9080 STREAMSYNC_DATA_DIR=/var/lib/streamsync
EXPOSE 8080 8081
VOLUME /var/lib/streamsync
HEALTHCHECK --start-period=90s --interval=10s --timeout=5s --retries=3 \
    CMD ["curl", "--fail", "--silent", "--max-time", "4", "http://127.0.0.1:9080/actuator/health"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "query-router.jar"]
