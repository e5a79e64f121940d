#!/usr/bin/env bash
# Looks at a pack as its readers do: the page in a browser on a desktop and on a phone, light, dark and on paper, with
# axe-core for those who hear it, and the workbook in an office. Fails on a message on the console, a request to a
# network, a page that scrolls sideways, or one that axe-core objects to. AXE_CORE=axe.min.js says where that is;
# without it, npm is asked for it.
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
  for width in 1440 1024 390; do
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
  # Letter is wider and shorter than A4.
  sed 's|@page {[^}]*}|@page { size: Letter; margin: 15mm }|' "$page" >"$work/letter.html"
  browse --no-pdf-header-footer --print-to-pdf="$shots/page-letter.pdf" "file://$work/letter.html"
  browse --window-size=1280,3000 --blink-settings=preferredColorScheme=0 \
    --screenshot="$shots/page-dark.png" "file://$page"
  browse --no-pdf-header-footer --print-to-pdf="$shots/page.pdf" "file://$page"
  head -c 5 "$shots/page.pdf" | grep -q '%PDF-' || fail "the page does not print"
  echo "the page prints"
  axe=${AXE_CORE:-}
  if [ -z "$axe" ] && command -v npm >/dev/null &&
    timeout 120 npm install --silent --no-save --prefix "$work/axe" axe-core@4.14.1 >/dev/null 2>&1; then
    axe=$work/axe/node_modules/axe-core/axe.min.js
  fi
  if [ -z "$axe" ]; then
    echo "skipped: axe-core is not here and cannot be had, nobody listened to the page"
  else
    {
      sed 's|</body>.*||' "$page"
      echo '<script>'; cat "$axe"; echo '</script><script>axe.run().then(said => {
        const told = said.violations.map(one => one.id + " " + one.nodes[0].html.slice(0, 90)).join("; ")
        document.documentElement.setAttribute("data-axe", told || "clean")
      })</script></body></html>'
    } >"$work/heard.html"
    for scheme in 0 1; do
      browse --blink-settings=preferredColorScheme=$scheme --virtual-time-budget=60000 --dump-dom \
        "file://$work/heard.html" >"$work/dom"
      said=$(grep -o 'data-axe="[^"]*"' "$work/dom" | head -1 | cut -d'"' -f2)
      [ "$said" = clean ] || fail "axe-core says: ${said:-nothing}"
    done
    echo "axe-core has nothing to say, light and dark"
  fi
fi

if command -v soffice >/dev/null; then
  timeout 180 soffice --headless "-env:UserInstallation=file://$work/office" --convert-to pdf \
    --outdir "$shots" "$work/qbr/qbr.xlsx" >/dev/null 2>&1
  [ -s "$shots/qbr.pdf" ] || fail "LibreOffice does not open the workbook"
  echo "LibreOffice opens the workbook"
else
  echo "skipped: LibreOffice is not installed, the workbook was not opened in it"
fi
