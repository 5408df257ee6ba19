#!/usr/bin/env bash
# Lets promtool, the checker of Prometheus, read /metrics of `watershed demo`, docs/alerts.yml and the expressions of docs/grafana.json,
# and compares the names in both files with those in /metrics. Without promtool only the names are compared.
#
#   tests/metrics.sh          starts `watershed demo` (WATERSHED=program)
set -euo pipefail
# shellcheck source=tests/demo.sh
. "$(dirname "$0")/demo.sh"

root=$(cd "$(dirname "$0")/.." && pwd)
watershed=${WATERSHED:-$root/target/release/watershed}
work=$(mktemp -d "${TMPDIR:-/tmp}/watershed-metrics.XXXXXX")
daemon=
export LC_ALL=C.UTF-8 no_proxy='*' NO_PROXY='*'

finish() {
    [ -z "$daemon" ] || { kill "$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true; }
    rm -rf "$work"
}
trap finish EXIT

start_demo

curl -fsS -o "$work/metrics" "${address}metrics"
curl -fsS -o "$work/openmetrics" -D "$work/head" -H 'Accept: application/openmetrics-text; version=1.0.0' "${address}metrics"
grep -qi '^content-type: application/openmetrics-text' "$work/head" || { cat "$work/head" >&2; exit 1; }
[ "$(tail -n 1 "$work/openmetrics")" = '# EOF' ] || { echo 'the text of OpenMetrics does not end with # EOF' >&2; exit 1; }

# The names of samples, without labels and values, beside names in the files of docs/.
sed -n 's/^\([a-z_]*\).*/\1/p' "$work/metrics" | sort -u >"$work/known"
for file in docs/alerts.yml docs/grafana.json; do
    grep -o '\(watershed\|process\)_[a-z_]*' "$root/$file" | sort -u >"$work/named"
    unknown=$(comm -13 "$work/known" "$work/named")
    [ -z "$unknown" ] || { printf '%s names what /metrics does not have:\n%s\n' "$file" "$unknown" >&2; exit 1; }
    echo "$file: $(wc -l <"$work/named") metrics, all known"
done

if ! command -v promtool >/dev/null; then
    echo 'SKIPPED: promtool is not installed (Debian: prometheus)' >&2
    exit 0
fi
promtool check metrics <"$work/metrics"
echo "/metrics: $(grep -c '^# TYPE' "$work/metrics") families, accepted by promtool"
promtool check rules "$root/docs/alerts.yml"
if command -v python3 >/dev/null; then
    # Each expression of the dashboard becomes a rule, with values in place of Grafana's variables.
    python3 - "$root/docs/grafana.json" >"$work/dashboard.yml" <<'PYTHON'
import json, sys
print("groups:\n- name: dashboard\n  rules:")
targets = [target for panel in json.load(open(sys.argv[1]))["panels"] for target in panel["targets"]]
for number, target in enumerate(targets):
    expression = target["expr"].replace("$__rate_interval", "5m").replace("$instance", ".*")
    print(f"  - record: dashboard:{number}\n    expr: {json.dumps(expression)}")
PYTHON
    promtool check rules "$work/dashboard.yml"
fi
