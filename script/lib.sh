# shellcheck shell=bash
# Shared by the scripts: where things are, and how to talk to the person at the terminal.
# Sourced, never run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV=$ROOT/.venv
PYTHON=$VENV/bin/python
LIAISON_VAR=$(cd "$ROOT" && realpath -m "${LIAISON_VAR:-var}")
export LIAISON_VAR
export LIAISON_FONTS=${LIAISON_FONTS:-$ROOT/var/fonts}
export PATH=$VENV/bin:$PATH
umask 022

step() { printf '· %s\n' "$*"; }
warn() { printf '! %s\n' "$*" >&2; }

# fail STATUS LINE… : say why and end.
fail() {
    local status=$1
    shift
    printf '! %s\n' "$@" >&2
    exit "$status"
}

# with_services COMMAND… : replace this shell by the command, with the database and the broker up.
with_services() {
    export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-liaison.settings.local}
    exec "$PYTHON" "$ROOT/script/embedded.py" run -- "$@"
}
