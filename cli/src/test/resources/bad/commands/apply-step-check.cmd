$ hactl apply bad/good.yml -i bad/inventory.yml --check --step
hactl apply: --step asks before each task is done, and --check does none; leave one of them out
exit 5
