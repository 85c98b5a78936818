#!/bin/sh
# Looks up known weaknesses of the dependencies. Fails on a finding; says so where
# a database cannot be reached.
set -u
cd "$(dirname "$0")/.." || exit
failed=0

# look NAME UNREACHABLE COMMAND …: runs a command whose output shows by a pattern
# that its database was out of reach.
look() {
	name=$1 unreachable=$2
	shift 2
	if out=$("$@" 2>&1); then
		echo "$name: nothing known"
	elif echo "$out" | grep -qE "$unreachable"; then
		echo "$name: not checked, its database cannot be reached: $(echo "$out" | grep -E "$unreachable" | head -1)"
	else
		echo "$out"
		echo "$name: see above"
		failed=1
	fi
}

look "npm audit" 'audit endpoint returned an error|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH' npm audit --omit=optional
look govulncheck 'dial tcp|no such host|HTTP GET .* returned|connection refused|timeout' bin/govulncheck ./...
exit $failed
