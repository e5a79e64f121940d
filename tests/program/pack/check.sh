#!/usr/bin/env bash
# Looks at a pack as its readers do: the page in a browser on a desktop and on a phone, light, dark and on paper, and the
# workbook in an office. Fails on a message on the console, a request to a network, or a page that scrolls sideways.
# usage: tests/program/pack/check.sh [FOLDER FOR THE PICTURES]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
shots=${1:-$work/shots}
mkdir -p "$shots"

fail() { echo "failed: $*" >&2; exit 1; }

cargo build --quiet
advocate=$PWD/target/debug/advocate
"$advocate" demo "$work/demo.db" --quiet
quarter=$(date +%Y)-Q$((($(date +%-m) + 2) / 3))
"$advocate" --db "$work/demo.db" report qbr --period "$quarter" --out "$work/qbr" --quiet
page=$work/qbr/qbr.html

browser=
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then browser=$name; break; fi
done

# Runs the browser in a profile of its own; what the page says on its console goes to standard error.
browse() {
  timeout 120 "$browser" --headless --disable-gpu --no-first-run --hide-scrollbars --enable-logging=stderr \
    --host-resolver-rules="MAP * ~NOTFOUND" --user-data-dir="$work/profile" \
    $([ "$(id -u)" = 0 ] && echo --no-sandbox) "$@" 2>"$work/log"
  if grep -E 'CONSOLE' "$work/log"; then fail "the page says something on the console"; fi
}

if [ -z "$browser" ]; then
  echo "skipped: no Chromium is installed, the page was not looked at"
else
  # The page itself has no script: a copy measures itself, in a frame as wide as the device.
  measured=$work/measured.html
  sed 's|</body>|<script>parent.postMessage([innerWidth, document.documentElement.scrollWidth], "*")</script></body>|' \
    "$page" >"$measured"
  for width in 1280 390; do
    cat >"$work/frame.html" <<HTML
<!doctype html><title>frame</title><script>
onmessage = said => document.documentElement.setAttribute("data-said", said.data.join(" "))
</script><iframe src="measured.html" style="width:${width}px;height:900px;border:0"></iframe>
HTML
    browse --window-size=1400,1000 --virtual-time-budget=5000 --dump-dom "file://$work/frame.html" >"$work/dom"
    said=$(grep -o 'data-said="[^"]*"' "$work/dom" | cut -d'"' -f2)
    [ -n "$said" ] || fail "the page did not say how wide it is"
    [ "${said% *}" = "$width" ] || fail "the page was measured at ${said% *}, not $width"
    [ "${said#* }" -le "$width" ] || fail "at $width the page is ${said#* } wide: it scrolls sideways"
    browse --window-size=$width,3000 --screenshot="$shots/page-$width.png" "file://$page"
    echo "the page fits $width"
  done
  browse --window-size=1280,3000 --blink-settings=preferredColorScheme=0 \
    --screenshot="$shots/page-dark.png" "file://$page"
  browse --no-pdf-header-footer --print-to-pdf="$shots/page.pdf" "file://$page"
  head -c 5 "$shots/page.pdf" | grep -q '%PDF-' || fail "the page does not print"
  echo "the page prints"
fi

if command -v soffice >/dev/null; then
  timeout 180 soffice --headless "-env:UserInstallation=file://$work/office" --convert-to pdf \
    --outdir "$shots" "$work/qbr/qbr.xlsx" >/dev/null 2>&1
  [ -s "$shots/qbr.pdf" ] || fail "LibreOffice does not open the workbook"
  echo "LibreOffice opens the workbook"
else
  echo "skipped: LibreOffice is not installed, the workbook was not opened in it"
fi
