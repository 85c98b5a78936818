#!/usr/bin/env bash
# Makes the release of the last commit twice, in two folders with caches of their
# own, and compares the checksums.
#
#   release/reproduce.sh [VERSION]
set -euo pipefail
cd "$(dirname "$0")/.."
version=${1:-v0.0.0-check}
commit=$(git rev-parse HEAD)
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
for folder in "$work/a" "$work/b/with-a-longer/path"; do
  git clone --quiet --no-checkout . "$folder"
  git -C "$folder" checkout --quiet --detach "$commit"
  GOCACHE="$folder.cache" make -C "$folder" dist VERSION="$version" >"$work/log" 2>&1 || { tail -50 "$work/log"; exit 1; }
  rm -rf "$folder.cache" "$folder/node_modules"
done
diff "$work/a/dist/SHA256SUMS" "$work/b/with-a-longer/path/dist/SHA256SUMS"
cat "$work/a/dist/SHA256SUMS"
