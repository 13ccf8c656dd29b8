# Sourced: step NAME COMMAND... runs one step, prints one line for it, and the log's end when it fails.
# While a step takes long, a line every half minute says what it is at. STUDIO_VERBOSE=1 shows everything.

STEP_LOGS=${STEP_LOGS:-$STUDIO_ROOT/target/steps}

step() {
    local name=$1 log started pid status=0 beat
    shift
    mkdir -p "$STEP_LOGS"
    log="$STEP_LOGS/$(printf '%s' "$name" | tr -cs 'A-Za-z0-9' '-').log"
    started=$SECONDS
    if [ -n "${STUDIO_VERBOSE:-}" ]; then
        printf '── %s\n' "$name"
        "$@" 2>&1 | tee "$log" || status=${PIPESTATUS[0]}
    else
        # In a process group of its own: a job in the background does not hear Ctrl-C, and all of it must end.
        set -m
        "$@" >"$log" 2>&1 </dev/null &
        pid=$!
        set +m
        trap 'kill -- "-$pid" 2>/dev/null; exit 130' INT TERM
        beat=$((SECONDS + 30))
        while kill -0 "$pid" 2>/dev/null; do
            sleep 0.2
            if [ "$SECONDS" -ge "$beat" ]; then
                beat=$((SECONDS + 30))
                printf '   … %s, %d s: %s\n' "$name" $((SECONDS - started)) \
                    "$(tail -c 2000 "$log" | tr '\r' '\n' | grep -v '^[[:space:]]*$' | tail -n 1 | cut -c 1-100)"
            fi
        done
        wait "$pid" || status=$?
        trap - INT TERM
    fi
    if [ "$status" -eq 0 ]; then
        printf 'ok   %-34s %4d s\n' "$name" $((SECONDS - started))
    else
        printf 'FAIL %-34s %4d s\n' "$name" $((SECONDS - started))
        if [ -z "${STUDIO_VERBOSE:-}" ]; then
            tail -n "${STEP_TAIL:-60}" "$log" | sed 's/^/   | /'
        fi
        printf '   the whole log: %s\n' "${log#"$STUDIO_ROOT"/}"
    fi
    return "$status"
}
