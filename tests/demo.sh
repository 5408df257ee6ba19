# shellcheck shell=bash disable=SC2154
# Starts the demo of the program `$watershed` in the folder `$work`, for the scripts that source this file. Sets `daemon`, its process,
# and `address`, where it serves; ends the script if the demo does not serve within 30 s.
start_demo() {
    [ -x "$watershed" ] || { echo "$watershed is not there: run cargo build --release first" >&2; exit 1; }
    (cd "$work" && exec env NO_COLOR=1 "$watershed" demo) >"$work/demo.out" 2>"$work/demo.err" &
    daemon=$!
    address=
    for _ in $(seq 300); do
        address=$(sed -n 's/.*serving \(http:\/\/127\.0\.0\.1:[0-9]*\/\).*/\1/p' "$work/demo.out" | head -n 1)
        [ -z "$address" ] || break
        kill -0 "$daemon" 2>/dev/null || break
        sleep 0.1
    done
    if [ -z "$address" ]; then
        echo "demo did not say within 30 s where it serves:" >&2
        cat "$work/demo.out" "$work/demo.err" >&2
        exit 1
    fi
}
