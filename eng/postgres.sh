# Sourced by eng/test and eng/bench: a throw-away PostgreSQL server.
#
#   postgres_start fast      settings for tests: nothing survives a crash, and nothing has to
#   postgres_start durable   settings of a real server, for measuring
#   postgres_stop            ends it and removes its files; call it from a trap
#
# Sets POSTGRES_CONNECTION. The server listens on a socket in a folder of its own that only its owner can enter:
# no port to collide on, no password to keep, any number of servers side by side.

postgres_bin() {
  local initdb
  initdb=$(command -v initdb || ls -1v /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1)
  [[ -n $initdb ]] && dirname "$initdb"
}

# initdb and postgres refuse to run as root
postgres_as_owner() {
  if [[ $(id -u) == 0 ]]; then
    (cd / && exec runuser -u "$(id -un postgres 2>/dev/null || echo nobody)" -- "$@")
  else
    "$@"
  fi
}

postgres_start() {
  local bin settings
  bin=$(postgres_bin) || return 1
  POSTGRES_BIN=$bin
  POSTGRES_FOLDER=$(mktemp -d /var/tmp/crm-postgres.XXXXXX)
  [[ $(id -u) == 0 ]] && chown "$(id -un postgres 2>/dev/null || echo nobody)" "$POSTGRES_FOLDER"

  settings=(listen_addresses= "unix_socket_directories=$POSTGRES_FOLDER" max_connections=300 timezone=UTC)
  case $1 in
    fast) settings+=(fsync=off synchronous_commit=off full_page_writes=off shared_buffers=256MB autovacuum=off) ;;
    durable) settings+=(fsync=on synchronous_commit=on full_page_writes=on shared_buffers=1GB effective_cache_size=4GB work_mem=16MB
      maintenance_work_mem=256MB max_wal_size=4GB random_page_cost=1.1) ;;
    *) echo "postgres_start: fast or durable" >&2; return 2 ;;
  esac

  postgres_as_owner "$bin/initdb" --pgdata="$POSTGRES_FOLDER/data" --username=crm --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync \
    >"$POSTGRES_FOLDER/initdb.log" 2>&1 </dev/null || { cat "$POSTGRES_FOLDER/initdb.log" >&2; return 1; }
  local setting
  for setting in "${settings[@]}"; do printf "%s = '%s'\n" "${setting%%=*}" "${setting#*=}"; done >>"$POSTGRES_FOLDER/data/postgresql.conf"
  postgres_as_owner "$bin/pg_ctl" --pgdata="$POSTGRES_FOLDER/data" --log="$POSTGRES_FOLDER/server.log" --wait --timeout=60 start \
    >/dev/null 2>&1 </dev/null || { cat "$POSTGRES_FOLDER/server.log" >&2; return 1; }
  POSTGRES_CONNECTION="Host=$POSTGRES_FOLDER;Username=crm;Database=postgres"

  # a shell that is killed runs no trap: this one outlives it just long enough to clean up
  ( trap '' INT TERM; while kill -0 $$ 2>/dev/null; do sleep 2; done; postgres_stop ) </dev/null >/dev/null 2>&1 &
  POSTGRES_WATCH=$!
  disown "$POSTGRES_WATCH"
}

postgres_stop() {
  [[ -n ${POSTGRES_FOLDER:-} ]] || return 0
  [[ -n ${POSTGRES_WATCH:-} ]] && kill -KILL "$POSTGRES_WATCH" 2>/dev/null
  if [[ -f $POSTGRES_FOLDER/data/postmaster.pid ]]; then
    postgres_as_owner "$POSTGRES_BIN/pg_ctl" --pgdata="$POSTGRES_FOLDER/data" --mode=immediate --wait --timeout=30 stop >/dev/null 2>&1 </dev/null
  fi
  rm -rf "$POSTGRES_FOLDER"
  POSTGRES_FOLDER=
}
