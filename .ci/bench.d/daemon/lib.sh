# Sourced by the rows that measure the daemon beside a Prometheus agent: builds both sides and says how to start them.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
bench=$root/.ci/bench.d
out=$root/target/bench/daemon
peers=$root/../shared/peers
mkdir -p "$out"
# a folder of short paths, because a socket's must be short
work=$(mktemp -d)
started=()

# In the opposite order, one after the other: an agent would wait a minute for a receiver that is gone.
end() {
  local i
  for ((i = ${#started[@]} - 1; i >= 0; i--)); do
    kill "${started[i]}" 2> /dev/null || true
    wait "${started[i]}" 2> /dev/null || true
  done
  rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# begin NAME COMMAND...: in the background; sets pid.
begin() {
  local name=$1
  shift
  "$@" > "$out/$name.log" 2>&1 < /dev/null &
  pid=$!
  started+=("$pid")
}

await() { # await SECONDS WHAT COMMAND...
  local limit=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" > /dev/null 2>&1; do
    if [ "$SECONDS" -ge "$limit" ]; then
      echo "waited in vain for $what; the logs are in $out" >&2
      return 1
    fi
    sleep 0.1
  done
}

answers() { curl -fsS -m 2 "$1"; }

# Sets world, prometheus, launcher and java, and makes the start-up archive.
prepare() {
  world=$out/world
  (cd "$bench/go" && go build -o "$world" ./world)
  "$root/reeve" --version > /dev/null # builds where it has to
  launcher=$root/packaging/target/dist/bin/reeve
  export REEVE_CACHE=$out/cache
  prometheus
  # the launcher makes the archive behind a start
  "$launcher" --version > /dev/null
  await 120 "the start-up archive" archived
  floor
}

archived() { ! ls "$REEVE_CACHE"/*.lock && ls "$REEVE_CACHE"/*.jsa; }

# Sets prometheus to the peer's binary, which is built once; REEVE_PROMETHEUS names another.
prometheus() {
  prometheus=${REEVE_PROMETHEUS:-}
  if [ -z "$prometheus" ]; then
    [ -d "$peers" ] || { echo "no Prometheus: $peers is not there, and REEVE_PROMETHEUS names none" >&2; exit 1; }
    "$peers/prometheus-up" "$work/peer" "$("$world" port)" >&2
    "$peers/peer-down" "$work/peer" >&2
    prometheus=$(dirname "$(. "$work/peer/env" && echo "$PROMTOOL")")/prometheus
  fi
}

# Sets java and bare to how the daemon's Java is started, without the daemon.
floor() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -x "$home/bin/javac" ] && "$home/bin/javac" -version 2>&1 | grep -q '^javac 25' && break
  done
  java=$home/bin/java
  export REEVE_JAVA_HOME=$home
  "$home/bin/javac" -d "$out/floor" "$bench/daemon/Floor.java"
}

# Sets bare to the options of a running daemon, but for its own archive, class path and properties.
bare_of() {
  bare=()
  local option
  while IFS= read -r -d '' option; do
    case $option in
      -cp) break ;;
      -XX:SharedArchiveFile=*) ;;
      -X* | --*) bare+=("$option") ;;
    esac
  done < "/proc/$1/cmdline"
}

# reeve_config FOLDER PORT EXPORTER: one node, all at one second, what an operator writes besides is left out.
reeve_config() {
  mkdir -p "$1"
  cat > "$1/reeve.yaml" <<END
mode: observe
cycle: 1s
state_dir: $1/state
runtime_dir: $1/run
http: {listen: "127.0.0.1:$2"}
collectors:
  dcgm: {urls: ["http://127.0.0.1:$3/metrics"], interval: 1s, timeout: 1s}
END
}

agent_config() { # agent_config FOLDER EXPORTER
  mkdir -p "$1"
  cat > "$1/prometheus.yml" <<END
global: {scrape_interval: 1s, scrape_timeout: 1s}
scrape_configs: [{job_name: dcgm, static_configs: [{targets: ["127.0.0.1:$2"]}]}]
remote_write: [{url: "http://127.0.0.1:$2/api/v1/write"}]
END
}

# Sets agent to the command; agent FOLDER PORT.
agent_command() {
  agent=("$prometheus" --agent "--config.file=$1/prometheus.yml" "--storage.agent.path=$1/data"
    "--web.listen-address=127.0.0.1:$2")
}

# OTLP as the standard's variables switch it on; every ten seconds, where the standard says sixty.
otlp() {
  export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:$1 OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
  export OTEL_METRIC_EXPORT_INTERVAL=10000
}
