FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
WORKDIR /app
COPY --from=build --chown=node:node /app ./
# Kept here: our own Postgres when there is no DATABASE_URL, and what is made once.
RUN mkdir /data && chown node:node /data
VOLUME /data
ENV DATA_DIR=/data
USER node
EXPOSE 3000
HEALTHCHECK --start-period=60s CMD ["node", "-e", "fetch(`http://localhost:${process.env.PORT || 3000}/api/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node_modules/.bin/node", "--disable-warning=ExperimentalWarning", "scripts/start.ts"]
