$ hactl plan bad/good.yml -i bad/inventory.yml --step
hactl plan: --step asks before each task is done, and plan does none; it is for hactl apply
exit 5
