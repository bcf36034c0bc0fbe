#!/bin/bash
# Runs inside a throw-away systemd: the installed service from start to stop, as an operator would use it.
# Prints what it sees; ends with "scenario complete" when every step held.
set -euo pipefail

# A feed that grows, and a receiver of webhooks: perl-base is on every Debian system.
mkdir -p /tmp/feed
cat >/tmp/feed/serve.pl <<'PERL'
use strict; use IO::Socket::INET;
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 8099, Listen => 16, ReuseAddr => 1) or die $!;
while (my $client = $server->accept) {
    my $length = 0;
    while (my $line = <$client>) {
        last if $line =~ /^\r?\n$/;
        $length = $1 if $line =~ /^content-length: (\d+)/i;
        if ($line =~ /^webhook-signature: v1,/i) { open my $log, '>>', '/tmp/feed/signed'; print $log $line; close $log }
    }
    read $client, my $ignored, $length if $length;
    open my $file, '<', '/tmp/feed/feed.xml' or die $!; local $/; my $body = <$file>; close $file;
    print $client "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: " . length($body) . "\r\nConnection: close\r\n\r\n" . $body;
    close $client;
}
PERL
items() {
    printf '<rss version="2.0"><channel><title>Harbour Courier</title>%s</channel></rss>' "$1" >/tmp/feed/next
    mv /tmp/feed/next /tmp/feed/feed.xml
}
items ''
perl /tmp/feed/serve.pl &
trap 'kill %1' EXIT

cat >/etc/newswatch/newswatchd.toml <<'TOML'
[poll]
interval = "1s"
min_interval = "1s"
host_gap = "0s"
allow_networks = ["127.0.0.0/8"]
[topics]
profiles = ["topics/openai-leadership.toml"]
[[feed]]
url = "http://127.0.0.1:8099/feed.xml"
name = "Harbour Courier"
[[sink]]
name = "log"
type = "file"
path = "/var/log/newswatch/alerts.log"
[[sink]]
name = "journal"
type = "stdout"
[[sink]]
name = "pager"
type = "exec"
command = ["/usr/bin/tee", "-a", "/var/log/newswatch/pager.log"]
[[sink]]
name = "signed"
type = "webhook"
url = "http://127.0.0.1:8099/hook"
allow_private = true
secret_file = "hook.secret"
TOML
echo 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' >/etc/newswatch/hook.secret
chgrp newswatch /etc/newswatch/hook.secret
chmod 640 /etc/newswatch/hook.secret

wait_for() { # SECONDS COMMAND...
    local limit=$1; shift
    for _ in $(seq $((limit * 10))); do "$@" >/dev/null 2>&1 && return 0; sleep 0.1; done
    echo "waited $limit s for: $*" >&2
    journalctl -u newswatchd --no-pager | tail -30 >&2
    return 1
}

echo "== start"
systemctl start newswatchd
systemctl is-active newswatchd
systemctl show newswatchd -p StatusText -p Type -p WatchdogUSec -p User
stat -c '%a %U:%G %n' /run/newswatch/control.sock

echo "== control"
wait_for 20 sh -c 'newswatch ctl status --json | grep -q "\"healthy\" *: *1"'
newswatch ctl status
newswatch ctl feeds

echo "== doctor"
newswatch doctor
newswatch doctor | grep -q 'newswatch may read and write /var/lib/newswatch/newswatch.db'
for file in man/man1/newswatch.1 man/man8/newswatchd.8 bash-completion/completions/newswatch; do
    test -s "/usr/share/$file"
done

echo "== an alert arrives"
now=$(date -u +'%a, %d %b %Y %H:%M:%S GMT')
items "<item><guid>1</guid><title>OpenAI fires chief executive Sam Altman</title><link>https://harbour-courier.example/1</link><pubDate>$now</pubDate><description>The board of OpenAI dismissed Sam Altman as chief executive on Friday.</description></item>"
wait_for 20 grep -q 'Altman' /var/log/newswatch/alerts.log
tail -n 5 /var/log/newswatch/alerts.log
journalctl -u newswatchd --no-pager -o cat | grep -q Altman
wait_for 20 grep -q '"type":"development.new"' /var/log/newswatch/pager.log
wait_for 20 grep -q . /tmp/feed/signed
newswatch ctl alerts
newswatch ctl developments

echo "== reload"
printf '\n[[sink]]\nname = "second"\ntype = "file"\npath = "/var/log/newswatch/second.log"\n' >>/etc/newswatch/newswatchd.toml
systemctl reload newswatchd
wait_for 20 sh -c 'journalctl -u newswatchd --no-pager -o cat | grep -q "change=added name=second what=sink"'
systemctl is-active newswatchd
newswatch ctl test-alert
wait_for 20 grep -q test /var/log/newswatch/second.log
echo 'nonsense = 1' >>/etc/newswatch/newswatchd.toml
code=0; systemctl reload newswatchd || code=$?
[ "$code" -ne 0 ]
journalctl -u newswatchd --no-pager -o cat | grep -q 'unknown key "nonsense"'
newswatch ctl status | grep 'read .* from /etc/newswatch/newswatchd.toml'
sed -i '$d' /etc/newswatch/newswatchd.toml

echo "== stop"
begin=$(date +%s)
systemctl stop newswatchd
[ $(($(date +%s) - begin)) -le 10 ]
systemctl show newswatchd -p Result -p ExecMainStatus
code=0; newswatch ctl status || code=$?
[ "$code" = 69 ]
code=0; newswatch doctor || code=$?
[ "$code" = 1 ]

echo "== a restart tells nothing twice"
before=$(wc -l </var/log/newswatch/alerts.log)
systemctl start newswatchd
wait_for 20 sh -c 'newswatch ctl feeds --json | grep -q "\"last_status\" *: *200"'
sleep 2
[ "$(wc -l </var/log/newswatch/alerts.log)" = "$before" ]
systemctl stop newswatchd
echo "scenario complete"
