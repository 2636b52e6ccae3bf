# One binary in a small image, without a tool chain.
#
#   docker build -t prostor .
#   docker run -p 127.0.0.1:8080:8080 -v prostor:/data -e PROSTOR_PUBLIC_URL=https://book.example.org \
#     -e PROSTOR_MAIL_URL=smtp://… -e PROSTOR_TRUSTED_PROXIES=172.17.0.1 prostor
#   docker exec -i <container> prostor admin create --email E --name N < password-file
#
# A proxy that speaks TLS stands before it; serve refuses a public address where none is declared. With
# PostgreSQL: compose.yaml.

FROM node:22-slim AS web
WORKDIR /web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web ./
RUN npm run build

FROM rust:1-slim-bookworm AS build
# The vendored OpenSSL is configured by perl and built by make; gcc compiles it, SQLite and libpq.
RUN apt-get update \
 && apt-get install -y --no-install-recommends gcc libc6-dev make perl \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
# Built above, so that no Node is needed here.
COPY --from=web /web/dist /web/dist
ENV PROSTOR_WEB=/web/dist
# The caches outlive the layer: a change of our code compiles our code only. They are no part of the image, hence
# the copy.
RUN --mount=type=cache,target=/usr/local/cargo/registry,sharing=locked \
    --mount=type=cache,target=/build/target,sharing=locked \
    cargo build --release --locked --bin prostor \
 && cp target/release/prostor /usr/local/bin/prostor

FROM debian:bookworm-slim
# postgresql-client: pg_dump and pg_restore, for `prostor backup` and `prostor restore` on PostgreSQL 15.
# ca-certificates: for a PostgreSQL server that is verified (sslrootcert=/etc/ssl/certs/ca-certificates.crt).
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 prostor \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin prostor \
 && install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY --from=build /usr/local/bin/prostor /usr/local/bin/prostor
COPY LICENSE /usr/share/doc/prostor/LICENSE

# By number, so that an orchestrator can see it is not root.
USER 10001:10001
# The database and the generated secret: what has to be kept.
WORKDIR /data
VOLUME /data
ENV PROSTOR_DATABASE_URL=sqlite:/data/prostor.db \
    PROSTOR_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["/usr/local/bin/prostor", "ready"]
ENTRYPOINT ["/usr/local/bin/prostor"]
CMD ["serve"]
