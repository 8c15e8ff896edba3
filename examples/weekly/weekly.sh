#!/bin/sh
# Report on all blogs of the portfolio beside this file; for cron, systemd, Docker, or by hand.
#
# BLOGLINT_REPORTS  where reports and their history lie (default: reports, beside this file)
# BLOGLINT_MAIL_TO  who gets a mail if something changed; the server is BLOGLINT_SMTP_HOST, _USER,
#                   _PASSWORD and so on, never written down here
set -eu
cd "$(dirname "$0")"
out="${BLOGLINT_REPORTS:-reports}"
# A report as of an earlier day (--as-of DATE) is named by that day.
day="$(date +%F)"
previous=""
for word in "$@"; do
  case "$word" in --as-of=*) day="${word#--as-of=}" ;; esac
  [ "$previous" = --as-of ] && day="$word"
  previous="$word"
done
mkdir -p "$out"
exec "${BLOGLINT:-bloglint}" report portfolio.yml \
  --db "$out/history.sqlite" \
  --format terminal \
  --format "html=$out/$day.html" \
  --format "csv=$out/latest.csv" \
  --format "ical=$out/deadlines.ics" \
  --max-runtime 2h \
  ${BLOGLINT_MAIL_TO:+--mail-to "$BLOGLINT_MAIL_TO" --only-changes} \
  "$@"
