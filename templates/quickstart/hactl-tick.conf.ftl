# Managed by hactl: changes made here do not last.
GREETING="${greeting}"
INTERVAL=${interval}
