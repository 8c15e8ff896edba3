# docker build -t bloglint . && docker run --rm -v "$PWD:/blog" bloglint check content/posts
FROM python:3.13-slim AS build
WORKDIR /src
COPY . .
# Where the documentation is published, if it is; reports link to it.
ARG SITE_URL=
RUN SITE_URL="$SITE_URL" pip wheel --no-cache-dir --wheel-dir /wheels ".[web]"

FROM python:3.13-slim
# Git is for --changed; a mounted folder belongs to somebody else, which Git would refuse.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory "*" \
    && useradd --create-home --uid 10001 bloglint
# hadolint ignore=DL3013
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links=/wheels "bloglint[web]"
USER 10001
WORKDIR /blog
ENTRYPOINT ["bloglint"]
