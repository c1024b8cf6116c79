# What script/demo and script/test share: Python, the virtual environment, its packages and the
# machine's. Sourced, with the project's folder as current folder and STEPS set to how many steps there
# are. POSIX sh only, as a fresh Debian has nothing else.

# shellcheck disable=SC2034 # the scripts choose among these
PDF_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"
# shellcheck disable=SC2034
TEST_PACKAGES="chromium postgresql libatomic1"
WAIT_SECONDS=900

# Both are needed: some shells carry on with the next line when the command that was interrupted ended
# in an orderly way, and would then take a half-made environment for a whole one.
trap 'exit 130' INT
trap 'exit 143' TERM

step_number=0
step() {
    step_number=$((step_number + 1))
    printf '[%s/%s] %s\n' "$step_number" "$STEPS" "$*"
}

note() { printf '      %s\n' "$*"; }

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

# --- installing with apt-get -------------------------------------------------------------------------

# as_root COMMAND...: run it as root when that needs no password; otherwise fail without asking.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo -n "$@"
    else
        return 1
    fi
}

can_install() { command -v apt-get >/dev/null 2>&1 && as_root true 2>/dev/null; }

# Descriptor 9 is our lock: a server that a package starts must not inherit it and hold it for ever.
apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" \
        </dev/null >var/apt.log 2>&1 9>&-
}

refreshed=no
refresh_package_list() {
    [ "$refreshed" = no ] || return 0
    refreshed=yes
    note "Reading the system's list of packages (up to a minute) ..."
    apt_get update || note "Some of it could not be read; going on with what is there."
}

# Prints those of the packages that this system's list offers.
offered() {
    for package in "$@"; do
        apt-cache policy "$package" 2>/dev/null 9>&- | grep -q 'Candidate: [^(]' && printf '%s ' "$package"
    done
    return 0
}

# apt_install PACKAGE...: install what the system offers of these; fail unless all of them came.
apt_install() {
    refresh_package_list
    available=$(offered "$@")
    [ -n "$available" ] || return 1
    note "Installing $available(up to three minutes) ..."
    # shellcheck disable=SC2086 # a list of names
    if ! apt_get install -y --no-install-recommends $available; then
        tail -n 5 var/apt.log >&2
        return 1
    fi
    [ "$(printf '%s ' "$@")" = "$available" ]
}

# --- Python ------------------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# Sets PYTHON to the first Python that is new enough.
look_for_python() {
    for PYTHON in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$PYTHON" >/dev/null 2>&1 && new_enough "$PYTHON"; then return 0; fi
    done
    return 1
}

install_python() {
    can_install || return 1
    for name in python3 python3.13 python3.12 python3.11; do
        apt_install "$name" "$name-venv" || continue
        look_for_python && return 0
    done
    return 1
}

find_python() {
    step "Looking for Python 3.11 or newer"
    look_for_python || install_python || fail \
        "Python 3.11 or newer was not found." \
        "Install it (Debian 12, Ubuntu 24.04 or newer: sudo apt-get install python3 python3-venv) and run this again."
    note "$("$PYTHON" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3], sys.executable)')"
}

# --- one set-up at a time ----------------------------------------------------------------------------

# The lock belongs to descriptor 9 of this shell, so the system lets go of it however the shell ends.
lock_setup() {
    exec 9>var/setup.lock
    "$PYTHON" - "$WAIT_SECONDS" <<'PYTHON' || fail "Another set-up has been running for too long. End it, then run this again."
import fcntl, sys, time

end = time.monotonic() + int(sys.argv[1])
told = False
while True:
    try:
        fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
        break
    except OSError:
        if time.monotonic() > end:
            sys.exit(1)
        if not told:
            print("      Another set-up is running; waiting for it.", flush=True)
        told = True
        time.sleep(0.5)
PYTHON
}

unlock_setup() { exec 9>&-; }

# --- the virtual environment -------------------------------------------------------------------------

# .venv/unfinished stands from before a change until after it, so an aborted one is seen and made anew.
# .venv/installed.txt is a copy of the requirements that were installed.

venv_is_usable() { [ ! -e .venv/unfinished ] && [ -x .venv/bin/python ] && new_enough .venv/bin/python; }

needs_venv_package() { ! "$PYTHON" -c 'import ensurepip, venv' >/dev/null 2>&1; }

install_venv_package() {
    package=$("$PYTHON" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if can_install && apt_install "$package" && ! needs_venv_package; then return 0; fi
    fail "This Python cannot make virtual environments." \
        "Run: sudo apt-get install $package    and then this again."
}

make_venv() {
    step "Making the virtual environment .venv"
    if venv_is_usable; then
        note "It is there."
    else
        needs_venv_package && install_venv_package
        rm -rf .venv
        mkdir .venv
        : >.venv/unfinished
        "$PYTHON" -m venv .venv || fail "The virtual environment could not be made; the reason is above."
    fi
    # An environment that another tool made may be without pip.
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null ||
        fail "The virtual environment has no pip. Delete the folder .venv and run this again."
}

# installed FILE: requirements-dev.txt contains all of requirements.txt, so it serves for both.
installed() {
    [ ! -e .venv/unfinished ] || return 1
    cmp -s "$1" .venv/installed.txt || cmp -s requirements-dev.txt .venv/installed.txt
}

install_requirements() {
    step "Installing the Python packages of $1"
    if installed "$1"; then
        note "They are up to date."
        return 0
    fi
    note "Downloading and checking them (up to two minutes the first time) ..."
    : >.venv/unfinished
    rm -f .venv/installed.txt
    status=0
    .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check --root-user-action=ignore \
        --require-hashes -r "$1" </dev/null 9>&- || status=$?
    # pip undoes what it began before it reports a failure, so the environment is as it was.
    [ "$status" -eq 0 ] && cp "$1" .venv/installed.txt
    rm -f .venv/unfinished
    [ "$status" -eq 0 ] || fail \
        "The packages could not be installed; the reason is above." \
        "Check that this machine reaches its package index, then run this again."
}

# --- the system's packages ---------------------------------------------------------------------------

any_command() {
    for name in "$@"; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

has_library() { .venv/bin/python -c 'import sys, ctypes.util as u; sys.exit(not u.find_library(sys.argv[1]))' "$1"; }

# installed_package NAME: on other systems than Debian's family, whether the library it holds is found.
installed_package() {
    if command -v dpkg-query >/dev/null 2>&1; then
        dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
        return
    fi
    case $1 in
    fonts-*) true ;;
    libatomic1) [ "$(uname)" != Linux ] || has_library atomic ;;
    *) has_library "$(printf '%s' "$1" | sed -e 's/^lib//' -e 's/-[0-9.]*-0$/-1.0/' -e 's/-subset0$/-subset/')" ;;
    esac
}

# usable NAME: whether what the package is for is there, wherever it came from.
usable() {
    case $1 in
    chromium) any_command chromium chromium-browser google-chrome google-chrome-stable ;;
    postgresql) any_command initdb /usr/lib/postgresql/*/bin/initdb ;;
    *) installed_package "$1" ;;
    esac
}

missing_of() {
    for package in "$@"; do
        usable "$package" || printf '%s ' "$package"
    done
}

# install_system_packages WHAT-GOES-WITHOUT PACKAGE...: what cannot be installed is told, and we go on.
install_system_packages() {
    step "Looking for the system packages"
    without=$1
    shift
    missing=$(missing_of "$@")
    # shellcheck disable=SC2086 # a list of names
    if [ -n "$missing" ] && can_install; then
        apt_install $missing || true
        missing=$(missing_of $missing)
    fi
    if [ -z "$missing" ]; then
        note "They are there."
        return 0
    fi
    note "Not found: $missing"
    note "$without To have it all, run this line (other systems than Debian and Ubuntu have their own names):"
    note "sudo apt-get install --no-install-recommends $missing"
}

prepare_folder() { mkdir -p var || fail "The folder $(pwd) cannot be written to. Copy the project to one that can."; }
