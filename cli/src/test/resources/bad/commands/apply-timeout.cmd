$ hactl apply bad/good.yml -i bad/inventory.yml --inventory-timeout 0
hactl apply: --inventory-timeout wants a whole number of at least 1, not '0'
exit 5
