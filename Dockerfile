# Made by eye and not built where the project is developed; see docs/install.md.
FROM node:22-bookworm AS build
WORKDIR /src
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg python3-pip && rm -rf /var/lib/apt/lists/*
COPY . .
RUN node scripts/setup.mjs && node scripts/package.mjs
WORKDIR /opt/maskwatch
ENV XDG_CACHE_HOME=/opt/maskwatch/cache
# Set up here, where there is a compiler: the image that runs has none.
RUN echo '{"private":true}' > package.json \
  && npm install --ignore-scripts --no-audit --no-fund /src/dist/package/maskwatch-[0-9]*.tgz \
  && node node_modules/maskwatch/scripts/setup.mjs \
  && rm -rf cache/maskwatch/wheels

FROM node:22-bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/maskwatch /opt/maskwatch
RUN mkdir /data && chown node:node /data
WORKDIR /opt/maskwatch
ENV NODE_ENV=production XDG_CACHE_HOME=/opt/maskwatch/cache
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "node_modules/maskwatch/scripts/maskwatch.mjs"]
CMD ["serve", "--host", "0.0.0.0", "--data", "/data"]
