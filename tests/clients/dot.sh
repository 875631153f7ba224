#!/usr/bin/env bash
# The diagram in Graphviz: a picture without a warning that is well-formed.
set -euo pipefail
folder=$1
warnings=$(dot -Tsvg "$folder/ties.dot" -o "$folder/ties.dot.svg" 2>&1)
if [ -n "$warnings" ]; then
    echo "dot warns: $(head -c 300 <<<"$warnings")"
    exit 1
fi
xmllint --noout --huge "$folder/ties.dot.svg"
