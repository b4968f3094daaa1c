# `npm run image -- some/folder` does these steps without Docker, and the tests start what comes of them.
# The versions are those of package-lock.json: a test compares them.

FROM node:24.21.0-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY . .
RUN node --disable-warning=ExperimentalWarning scripts/build.ts
RUN node --disable-warning=ExperimentalWarning scripts/gather.ts image && chmod -R a+rX,go-w image

FROM node:24.21.0-slim
ENV NODE_ENV=production PORT=3000
WORKDIR /app
COPY --from=build /app/image ./
# The account `node`, in numbers, by which Kubernetes can tell that it is not root. Nothing here is its to write.
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch(`http://localhost:${process.env.PORT}/api/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-warning=ExperimentalWarning", "scripts/start.ts"]
