$ hactl apply bad/good.yml -i bad/inventory.yml -f some
hactl apply: --forks wants a whole number of at least 1, not 'some'
exit 5
