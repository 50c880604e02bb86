$ hactl check bad/good.yml -i bad/inventory.yml --step
hactl check: --step asks before each task is done, and check does none; it is for hactl apply
exit 5
