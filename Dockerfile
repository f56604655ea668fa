# An image of the bot alone: docker build -t disclosure-bot . && docker run -it -v bot-data:/data disclosure-bot
FROM python:3.13-slim-bookworm AS builder
WORKDIR /build
# requirements.lock also holds what development needs. As a constraint it settles versions and hashes of what is
# installed, and installs nothing by itself. pip checks no hash of a constraint, so that uv's own lines are cut out.
COPY requirements.lock ./
RUN sed -n '/^uv==/,/[^\\]$/p' requirements.lock > uv.lock \
    && python -m venv /opt/uv \
    && /opt/uv/bin/pip install --no-cache-dir --require-hashes --requirement uv.lock
COPY pyproject.toml ./
RUN python -m venv --without-pip /opt/bot \
    && /opt/uv/bin/uv pip install --python /opt/bot/bin/python --compile-bytecode \
        --constraint requirements.lock --requirements pyproject.toml
COPY README.md LICENSE ./
COPY bot ./bot
RUN /opt/uv/bin/uv pip install --python /opt/bot/bin/python --compile-bytecode \
        --no-deps --build-constraint requirements.lock .

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --home-dir /data bot \
    && install --directory --owner=bot /data /knowledge
COPY --from=builder /opt/bot /opt/bot
# What ships with the source answers until your own folder is mounted here.
COPY knowledge /knowledge
# The year of a record's number is the year where the agency sits. BOT_SECRET_FILE is a path and no secret itself.
# hadolint ignore=DL3064
ENV PATH=/opt/bot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    TZ=Asia/Shanghai \
    BOT_KNOWLEDGE=/knowledge \
    BOT_DATABASE_URL=sqlite:////data/bot.db \
    BOT_INDEX=/data/index \
    BOT_SECRET_FILE=/data/secret
WORKDIR /data
VOLUME ["/data", "/knowledge"]
# By number, so that Kubernetes can see that it is not root.
USER 10001
HEALTHCHECK --interval=1m --timeout=30s --start-period=1m CMD ["bot", "health"]
ENTRYPOINT ["bot"]
CMD ["run"]
