"""Verifies a request by the reference library of Standard Webhooks: `{"secret","headers","body"}` on standard input."""

import json
import sys

import standardwebhooks

given = json.load(sys.stdin)
try:
    standardwebhooks.Webhook(given["secret"]).verify(given["body"], given["headers"])
    print("verified", file=sys.stderr)
except standardwebhooks.WebhookVerificationError as error:
    print(error, file=sys.stderr)
