# The client assets, the program, and what runs of both. Build: docker build -t crmweb .
FROM node:22-bookworm-slim AS client
WORKDIR /source/src/CrmWeb.Web/Client
COPY src/CrmWeb.Web/Client/package.json src/CrmWeb.Web/Client/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY src/CrmWeb.Web/Client ./
RUN node build.mjs

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
COPY --from=client /source/src/CrmWeb.Web/wwwroot/dist src/CrmWeb.Web/wwwroot/dist
# ReadyToRun: the code is compiled ahead for the processor that the image is for, so that the first page comes at once.
# The restore is for that processor too, which the committed lock files do not name: it keeps one of its own.
RUN dotnet publish src/CrmWeb.Web -c Release -a $TARGETARCH --no-self-contained -p:PublishReadyToRun=true \
    -p:NuGetLockFilePath=obj/publish.lock.json -p:SkipClientAssets=true -p:RunAnalyzers=false -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS app
WORKDIR /app
COPY --from=build /app ./
# Persian dates and sorting need ICU and time zones: better no image than one that falls back to the invariant culture.
# App_Data is the only place that the program writes to.
RUN ldconfig -p | grep -q libicuuc && test -e /usr/share/zoneinfo/Asia/Tehran \
    && mkdir App_Data && chown $APP_UID:$APP_UID App_Data
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false \
    ASPNETCORE_ENVIRONMENT=Production \
    ASPNETCORE_HTTP_PORTS=8080
USER $APP_UID
VOLUME /app/App_Data
EXPOSE 8080
# the image has bash and no curl
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [[ $status == 200 ]]"]
ENTRYPOINT ["dotnet", "CrmWeb.Web.dll"]
