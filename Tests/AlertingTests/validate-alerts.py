"""Says on standard error of every line of its input whether it is an alert by the schema: `valid`, or what is wrong."""

import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for line in sys.stdin:
    fault = jsonschema.exceptions.best_match(validator.iter_errors(json.loads(line)))
    print("valid" if fault is None else f"{fault.json_path}: {fault.message}"[:500], file=sys.stderr)
