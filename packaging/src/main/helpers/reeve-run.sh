#!/bin/sh
# Tells Reeve about this program's progress, or what this program is. Waits for the answer.
#
#   reeve-run.sh step=120 total_steps=900 loss=0.52 [run=NAME]   progress; loss may be nan, inf, -inf
#   reeve-run.sh end=true [run=NAME]                    this run is over
#   reeve-run.sh declare kind=training owner=ana protect=true group=vision single_node=true budget='50 USD/h'
#   reeve-run.sh '{"declare":{"checkpoint":{"signal":"USR1","ack":"/path","within":"5m"}}}'   any lines of the protocol
#
# Exit status: 0 accepted, 1 refused (the reason is on stderr), 2 wrong usage, 69 no daemon answers.
# Needs one of python3, perl, socat, nc (with -U). The socket is $REEVE_RUN_SOCKET or /run/reeve/run.sock.
set -u
socket=${REEVE_RUN_SOCKET:-/run/reeve/run.sock}
patience=15

fail() { echo "reeve-run: $2" >&2; exit "$1"; }

# member KEY=VALUE: one member of a JSON object; numbers and true as they are, all else as text
member() {
  key=${1%%=*} value=${1#*=}
  case $1 in *'"'* | *'\'* | *'
'*) fail 2 "quotes, backslashes and line ends cannot be sent in this form: use the JSON form" ;; esac
  case $key in '' | *[!a-z_]*) fail 2 "'$1' is not KEY=VALUE" ;; esac
  case $value in
    true | false) ;;
    *[0-9]*) case $value in
      *[!0-9.eE+-]* | [!0-9-]* | -[!0-9]* | *.) value=\"$value\" ;;
      [0-9]* | -[0-9]*) case ${value#-} in 0[0-9]*) value=\"$value\" ;; esac ;;
      esac ;;
    *) value=\"$value\" ;;
  esac
  printf '"%s":%s' "$key" "$value"
}

object() {
  out= sep=
  for pair in "$@"; do
    one=$(member "$pair") || exit $?
    out=$out$sep$one sep=,
  done
  printf '{%s}' "$out"
}

[ $# -gt 0 ] || { sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
lines='{"reeve":1}'
case $1 in
  '{'*) for line in "$@"; do lines="$lines
$line"; done ;;
  declare) shift
    [ $# -gt 0 ] || fail 2 "say what to declare, such as kind=training"
    body=$(object "$@") || exit $?
    lines="$lines
{\"declare\":$body}" ;;
  *=*) body=$(object "$@") || exit $?
    lines="$lines
$body" ;;
  *) fail 2 "'$1' is neither KEY=VALUE, nor declare, nor a JSON object" ;;
esac
[ -S "$socket" ] || fail 69 "no daemon answers: there is no socket $socket"

# Each sends stdin, closes its sending side and prints what comes until the daemon closes.
ask() {
  if command -v python3 >/dev/null 2>&1; then
    python3 -c '
import socket, sys
s = socket.socket(socket.AF_UNIX); s.settimeout(float(sys.argv[2])); s.connect(sys.argv[1])
s.sendall(sys.stdin.buffer.read()); s.shutdown(socket.SHUT_WR)
while True:
    b = s.recv(65536)
    if not b: break
    sys.stdout.buffer.write(b)
' "$socket" "$patience"
  elif command -v perl >/dev/null 2>&1; then
    perl -MSocket -e '
alarm $ARGV[1]; socket(S, PF_UNIX, SOCK_STREAM, 0) && connect(S, pack_sockaddr_un($ARGV[0])) or die "$!\n";
local $/; my $in = <STDIN>; while (length $in) { my $n = syswrite(S, $in); defined $n or die "$!\n"; substr($in, 0, $n) = "" }
shutdown(S, 1); while (sysread(S, my $b, 65536)) { print $b }
' "$socket" "$patience"
  elif command -v socat >/dev/null 2>&1; then
    socat -t "$patience" -T "$patience" - "UNIX-CONNECT:$socket"
  elif command -v nc >/dev/null 2>&1; then
    nc -N -w "$patience" -U "$socket"
  else
    fail 2 "none of python3, perl, socat and nc is installed"
  fi
}

answers=$(printf '%s\n' "$lines" | ask 2>/dev/null)
status=$?
[ "$status" != 2 ] || fail 2 "none of python3, perl, socat and nc is installed, or the one found does not work"
asked=$(printf '%s\n' "$lines" | wc -l)
answered=$(printf '%s\n' "$answers" | grep -c '^{"ok":' || true)
refused=$(printf '%s\n' "$answers" | grep '^{"ok":false' | head -n 1 || true)
[ -z "$refused" ] || fail 1 "refused: $(printf '%s' "$refused" | sed 's/^{"ok":false,"error":"\(.*\)"}$/\1/; s/\\"/"/g')"
[ "$answered" -eq "$asked" ] || fail 69 "the daemon at $socket gave no answer"
